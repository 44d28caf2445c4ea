"""The partners: their names and buildings are real, everything else is invented."""

from dataclasses import dataclass
from datetime import date, time

from partners.models import Partner, Site

# The partnership was formed in 2001; the trusts came later.
FORMED = date(2001, 4, 1)
NUMBERS_EACH = 80


@dataclass(frozen=True, slots=True)
class Organisation:
    """A partner of the demonstration, and where its people sit."""

    slug: str
    name: str
    short_name: str
    kind: str
    sponsor: str
    sites: tuple[tuple[str, str, str], ...]
    joined_on: date = FORMED
    desk: tuple[time, time] = (time(8), time(17, 30))


ORGANISATIONS = (
    Organisation(
        "north-kesteven",
        "North Kesteven District Council",
        "North Kesteven",
        "district",
        "Philippa Garrowby, Director of Resources",
        (("Council Offices", "Kesteven Street, Sleaford", "NG34 7EF"),),
    ),
    Organisation(
        "south-kesteven",
        "South Kesteven District Council",
        "South Kesteven",
        "district",
        "Howard Thistlewood, Deputy Chief Executive",
        (
            ("The Picture House", "St Catherine’s Road, Grantham", "NG31 6TT"),
            ("Stamford Area Office", "Stamford", ""),
        ),
    ),
    Organisation(
        "east-lindsey",
        "East Lindsey District Council",
        "East Lindsey",
        "district",
        "Josephine Maltravers, Director of Corporate Services",
        (
            ("The Hub", "Mareham Road, Horncastle", "LN9 6PH"),
            ("Skegness Town Office", "Skegness", ""),
        ),
    ),
    Organisation(
        "west-lindsey",
        "West Lindsey District Council",
        "West Lindsey",
        "district",
        "Alistair Penhaligon, Director of Change",
        (("Guildhall", "Marshall’s Yard, Gainsborough", "DN21 2NA"),),
        desk=(time(8, 30), time(17)),
    ),
    Organisation(
        "south-holland",
        "South Holland District Council",
        "South Holland",
        "district",
        "Geraldine Vanderplank, Director of Finance",
        (("Council Offices", "Priory Road, Spalding", "PE11 2XE"),),
    ),
    Organisation(
        "boston",
        "Boston Borough Council",
        "Boston",
        "borough",
        "Fergus Allenby, Deputy Chief Executive",
        (("Municipal Buildings", "West Street, Boston", "PE21 8QR"),),
        desk=(time(8, 30), time(17)),
    ),
    Organisation(
        "lincoln",
        "City of Lincoln Council",
        "City of Lincoln",
        "city",
        "Yasmin Chowdhury-Bell, Director of Transformation",
        (
            ("City Hall", "Beaumont Fee, Lincoln", "LN1 1DD"),
            ("Hamilton House", "Lincoln", ""),
        ),
    ),
    Organisation(
        "lincolnshire",
        "Lincolnshire County Council",
        "Lincolnshire County",
        "county",
        "Desmond Wetherall, Executive Director of Resources",
        (
            ("County Offices", "Newland, Lincoln", "LN1 1YL"),
            ("Orchard House", "Lincoln", ""),
            ("Thomas Parker House", "Lincoln", ""),
        ),
        desk=(time(7, 30), time(18)),
    ),
    Organisation(
        "lincolnshire-police",
        "Lincolnshire Police",
        "Lincolnshire Police",
        "police",
        "Rosalind Achterberg, Assistant Chief Officer",
        (
            ("Police Headquarters", "Deepdale Lane, Nettleham", "LN2 2LT"),
            ("Grantham Police Station", "Grantham", ""),
        ),
        desk=(time(7), time(22)),
    ),
    Organisation(
        "ulth",
        "United Lincolnshire Teaching Hospitals NHS Trust",
        "ULTH",
        "nhs",
        "Cordelia Ravenscar, Chief Digital Officer",
        (
            ("Lincoln County Hospital", "Greetwell Road, Lincoln", "LN2 5QY"),
            ("Pilgrim Hospital", "Sibsey Road, Boston", "PE21 9QS"),
            ("Grantham and District Hospital", "Manthorpe Road", "NG31 8DG"),
        ),
        joined_on=date(2012, 10, 1),
        desk=(time(7), time(20)),
    ),
    Organisation(
        "lpft",
        "Lincolnshire Partnership NHS Foundation Trust",
        "LPFT",
        "nhs",
        "Everard Swinburne, Director of Finance and Information",
        (("St George’s", "Long Leys Road, Lincoln", "LN1 1FS"),),
        joined_on=date(2013, 4, 1),
    ),
    Organisation(
        "lchs",
        "Lincolnshire Community Health Services NHS Trust",
        "LCHS",
        "nhs",
        "Marguerite Holtby, Director of Operations",
        (("Beech House", "Waterside South, Lincoln", "LN5 7JH"),),
        joined_on=date(2013, 4, 1),
    ),
)


def telephone(slug: str, number: int) -> str:
    """The number-th telephone number of a partner, from those kept for fiction."""
    place = [organisation.slug for organisation in ORGANISATIONS].index(slug)
    return f"01632 960{place * NUMBERS_EACH + number:03}"


def make_partners() -> dict[str, Partner]:
    """The partners and their sites, by slug."""
    partners = Partner.objects.bulk_create(map(_partner, ORGANISATIONS))
    by_slug = {partner.slug: partner for partner in partners}
    Site.objects.bulk_create(
        Site(partner=by_slug[o.slug], name=name, address=address, postcode=postcode)
        for o in ORGANISATIONS
        for name, address, postcode in o.sites
    )
    return by_slug


def _partner(organisation: Organisation) -> Partner:
    slug = organisation.slug
    opens_at, closes_at = organisation.desk
    return Partner(
        name=organisation.name,
        short_name=organisation.short_name,
        slug=slug,
        kind=organisation.kind,
        service_desk_telephone=telephone(slug, 0),
        service_desk_email=f"service.desk@{slug}.example",
        desk_opens_at=opens_at,
        desk_closes_at=closes_at,
        out_of_hours_telephone=telephone(slug, 1),
        out_of_hours_email=f"out.of.hours@{slug}.example",
        senior_sponsor=organisation.sponsor,
        joined_on=organisation.joined_on,
    )
