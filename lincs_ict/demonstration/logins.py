"""The demo logins: a person for each role, and the password."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A login anybody may use where the demonstration is on."""

    role: str
    who: str
    email: str
    password: str


LOGINS: tuple[DemoLogin, ...] = (
    DemoLogin(
        "Partnership coordinator",
        "Margaret Ellershaw, Lincolnshire County Council",
        "margaret.ellershaw@lincolnshire.example",
        "seven geese over the Wash",
    ),
    DemoLogin(
        "Coordinator of Boston",
        "Dinesh Rathnayake, Boston Borough Council",
        "dinesh.rathnayake@boston.example",
        "stump tower at low tide",
    ),
    DemoLogin(
        "Coordinator of City of Lincoln",
        "Bernadette O’Hanlon, City of Lincoln Council",
        "bernadette.ohanlon@lincoln.example",
        "steep hill and cobbles",
    ),
    DemoLogin(
        "Member of staff",
        "Callum Stubbings, East Lindsey District Council",
        "callum.stubbings@east-lindsey.example",
        "deck chairs at Skegness",
    ),
    DemoLogin(
        "Reader (senior sponsor)",
        "Rosalind Achterberg, senior sponsor at Lincolnshire Police",
        "rosalind.achterberg@lincolnshire-police.example",
        "reports by Friday noon",
    ),
)

# Somebody who has left: this login must not get in.
LEAVER = DemoLogin(
    "Leaver",
    "Terence Waddingham, South Kesteven District Council",
    "terence.waddingham@south-kesteven.example",
    "gone fishing at Rutland",
)
