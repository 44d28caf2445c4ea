"""The people with a part to play: what a search, a filter or a page is shown with."""

from dataclasses import dataclass
from datetime import timedelta

from lincs_ict.demonstration.logins import LEAVER, LOGINS

AWARENESS, WORKING, PRACTITIONER, EXPERT = 1, 2, 3, 4
FOR_GOOD = None


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody whose record is written, not drawn by lot."""

    slug: str
    name: str
    post: str
    knows: tuple[tuple[str, int], ...] = ()
    hours: str = ""
    email: str = ""
    away: tuple[int, int | None] | None = None
    covered_by: str = ""
    wishes: tuple[str, ...] = ()
    confirmed: timedelta | None = None
    left: timedelta | None = None
    is_willing: bool | None = None
    has_skills: bool = True
    rings_on: str = "both"


_MARGARET, _DINESH, _BERNADETTE, _CALLUM, _SPONSOR = (login.email for login in LOGINS)
READER = _SPONSOR
PARTNERSHIP_COORDINATOR = _MARGARET
COVETED = "Kubernetes"
BACKUP = "Offsite and immutable backup"
RARE = "Civica Xpress elections"

CAST = (
    Part(
        "lincolnshire",
        "Margaret Ellershaw",
        "service",
        email=_MARGARET,
        hours="office",
        is_willing=True,
    ),
    Part(
        "boston",
        "Dinesh Rathnayake",
        "infrastructure",
        (("Microsoft Hyper-V", EXPERT), ("PowerShell", PRACTITIONER)),
        email=_DINESH,
        hours="office",
        is_willing=True,
    ),
    Part(
        "lincoln",
        "Bernadette O’Hanlon",
        "desk lead",
        email=_BERNADETTE,
        hours="office",
        is_willing=True,
    ),
    Part(
        "east-lindsey",
        "Callum Stubbings",
        "desk",
        email=_CALLUM,
        hours="office",
        wishes=("Virtual private networking", "PowerShell"),
    ),
    # "vpn boston"
    Part(
        "boston",
        "Zoë Brückner",
        "network officer",
        (
            ("Virtual private networking", EXPERT),
            ("IPsec", PRACTITIONER),
            ("Fortinet FortiGate", EXPERT),
        ),
        hours="office",
        is_willing=True,
    ),
    Part(
        "boston",
        "Ruby Thackeray",
        "desk",
        (("Virtual private networking", WORKING), ("Service desk", PRACTITIONER)),
        hours="four days",
    ),
    # "vmware, backup": one person with both, and each alone elsewhere
    Part(
        "lincoln",
        "Anne-Marie Fitzgerald-Hume",
        "infrastructure",
        (
            ("VMware vSphere", EXPERT),
            ("Veeam Backup and Replication", PRACTITIONER),
            (BACKUP, PRACTITIONER),
        ),
        hours="compressed",
        is_willing=True,
    ),
    Part(
        "south-kesteven",
        "Siobhán O’Dowd",
        "infrastructure",
        (("VMware vSphere", EXPERT), ("Commvault", WORKING)),
        hours="three days",
    ),
    Part(
        "north-kesteven",
        "Łukasz Wójcik",
        "infrastructure",
        (
            ("Veeam Backup and Replication", EXPERT),
            (BACKUP, EXPERT),
            ("Microsoft Exchange Server", EXPERT),
            ("Microsoft Exchange Online", PRACTITIONER),
        ),
        hours="office",
        is_willing=True,
    ),
    # "exchnge": experts at three partners
    Part(
        "lincolnshire",
        "José Ignacio Peña",
        "m365",
        (("Microsoft Exchange Online", EXPERT), ("Microsoft Exchange Server", EXPERT)),
        hours="office",
        is_willing=True,
        rings_on="mobile",
    ),
    Part(
        "ulth",
        "Nguyễn Thị Hạnh",
        "servers",
        (("Microsoft Exchange Server", EXPERT), ("NHSmail", PRACTITIONER)),
        hours="weekend shifts",
        is_willing=True,
    ),
    # the one person who knows it is away, and somebody covers
    Part(
        "south-holland",
        "Winifred Ogbonna",
        "applications",
        ((RARE, EXPERT), ("Electoral registration systems", PRACTITIONER)),
        away=(-3, 6),
        covered_by="Gethin ap Rhys",
        hours="office",
        is_willing=True,
    ),
    Part(
        "south-holland",
        "Gethin ap Rhys",
        "infrastructure",
        (("VMware vSphere", PRACTITIONER), ("Arcserve", EXPERT)),
        hours="office",
    ),
    # away, and so is the cover: the service desk is left to ring
    Part(
        "north-kesteven",
        "Ottoline Brackenbury",
        "network officer",
        (("Wireless networking (Wi-Fi)", EXPERT), ("HPE Aruba networking", EXPERT)),
        away=(-1, 9),
        covered_by="Percival Dyer",
        hours="office",
    ),
    Part("north-kesteven", "Percival Dyer", "desk lead", away=(0, 4), hours="mornings"),
    # away until further notice, nobody covers
    Part("ulth", "Hyacinth Loveday", "databases", away=(-40, FOR_GOOD)),
    Part("lincolnshire-police", "Suryani", "police applications", hours="late shifts"),
    Part(
        "lincolnshire-police",
        "Jean-Baptiste N’Diaye",
        "servers",
        (("VMware vSphere", EXPERT), ("Veritas NetBackup", PRACTITIONER)),
        hours="weekend shifts",
        is_willing=True,
    ),
    Part(
        "lincolnshire-police",
        "Ffion D’Arcy",
        "networks",
        (("Check Point firewalls", EXPERT), ("Virtual private networking", EXPERT)),
        hours="weekend shifts",
    ),
    # one skill nobody has and two would like to
    Part(
        "lincolnshire",
        "Ptolemy Featherstonehaugh",
        "cloud",
        (("Microsoft Azure", EXPERT), ("Docker", WORKING)),
        wishes=(COVETED, "Terraform"),
    ),
    Part("west-lindsey", "Mireille Castellanos", "m365", wishes=(COVETED,)),
    # records in every state
    Part("east-lindsey", "Tobias Quill", "apprentice", has_skills=False),
    Part(
        "west-lindsey",
        "Augustine Pell",
        "infrastructure",
        confirmed=timedelta(days=1190),
        hours="unknown",
    ),
    Part("lchs", "Constance Abernathy-Wu", "desk", hours="unknown", rings_on="nothing"),
    Part(
        "south-kesteven",
        "Terence Waddingham",
        "network officer",
        (("Fortinet FortiGate", EXPERT), ("Virtual private networking", EXPERT)),
        email=LEAVER.email,
        left=timedelta(days=25),
    ),
    Part("lpft", "Clementine Osei", "desk", left=timedelta(days=70)),
    Part("lincolnshire", "Barnaby Tull", "developer", left=timedelta(days=-21)),
)
