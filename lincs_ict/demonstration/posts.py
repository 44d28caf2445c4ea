"""The posts of the demonstration, and what people in them tend to know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grade:
    """How much somebody in a post knows: chances of levels 1 to 4, and of how many."""

    levels: tuple[int, int, int, int]
    skills: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is employed as, and the clusters their skills come from."""

    title: str
    grade: Grade
    clusters: tuple[str, ...]
    works_shifts: bool = False


APPRENTICE = Grade((60, 38, 2, 0), (8, 9))
OFFICER = Grade((14, 46, 32, 8), (9, 14))
SENIOR = Grade((6, 26, 45, 23), (12, 18))
LEAD = Grade((10, 30, 40, 20), (12, 20))
MANAGER = Grade((18, 46, 28, 8), (10, 16))

POSTS = {
    "manager": Post("ICT Manager", MANAGER, ("leadership", "servers")),
    "head": Post("Head of Digital Services", MANAGER, ("leadership", "projects")),
    "infrastructure": Post(
        "Senior Infrastructure Engineer", SENIOR, ("servers", "storage", "desktop")
    ),
    "servers": Post(
        "Server Engineer", OFFICER, ("servers", "microsoft 365"), works_shifts=True
    ),
    "storage": Post("Storage and Backup Engineer", SENIOR, ("storage", "servers")),
    "network officer": Post(
        "Network and Security Officer", SENIOR, ("networks", "security")
    ),
    "networks": Post(
        "Network Engineer", OFFICER, ("networks", "telephony"), works_shifts=True
    ),
    "network lead": Post(
        "Network Architect", LEAD, ("core networks", "networks", "security")
    ),
    "telephony": Post("Telephony Engineer", OFFICER, ("telephony", "networks")),
    "security": Post("Cyber Security Analyst", OFFICER, ("security", "networks")),
    "security lead": Post(
        "Cyber Security Manager", LEAD, ("security", "information", "leadership")
    ),
    "desk lead": Post(
        "Service Desk Team Leader", LEAD, ("desk", "service management", "desktop")
    ),
    "desk": Post(
        "ICT Support Analyst", OFFICER, ("desk", "desktop"), works_shifts=True
    ),
    "apprentice": Post("ICT Apprentice", APPRENTICE, ("desk", "desktop")),
    "desktop": Post("Desktop Engineer", OFFICER, ("desktop", "desk")),
    "desktop lead": Post("End User Computing Lead", LEAD, ("desktop", "microsoft 365")),
    "m365": Post("Microsoft 365 Administrator", OFFICER, ("microsoft 365", "desktop")),
    "cloud": Post("Cloud Engineer", SENIOR, ("cloud", "microsoft 365", "servers")),
    "databases": Post("Database Administrator", SENIOR, ("databases", "servers")),
    "data": Post("Data and Reporting Analyst", OFFICER, ("data", "databases")),
    "developer": Post("Software Developer", OFFICER, ("development", "databases")),
    "developer lead": Post(
        "Lead Developer", LEAD, ("development", "cloud", "databases")
    ),
    "web": Post("Web and Digital Officer", OFFICER, ("web", "development")),
    "linux": Post("Linux Systems Engineer", SENIOR, ("linux", "storage")),
    "applications": Post(
        "Applications Support Officer", OFFICER, ("council systems", "databases")
    ),
    "county applications": Post(
        "Business Systems Analyst", OFFICER, ("county systems", "databases")
    ),
    "police applications": Post(
        "Operational Systems Analyst",
        OFFICER,
        ("police systems", "databases"),
        works_shifts=True,
    ),
    "health applications": Post(
        "Clinical Systems Analyst",
        OFFICER,
        ("health systems", "databases"),
        works_shifts=True,
    ),
    "maps": Post("GIS and Land Data Officer", OFFICER, ("maps", "databases")),
    "service": Post(
        "Service Delivery Manager", LEAD, ("service management", "leadership")
    ),
    "projects": Post("ICT Project Manager", OFFICER, ("projects", "leadership")),
    "information": Post(
        "Information Governance Officer", OFFICER, ("information", "data")
    ),
    "sites": Post(
        "Site Support Engineer",
        OFFICER,
        ("desk", "desktop", "networks"),
        works_shifts=True,
    ),
}
