"""An invented House of Commons: sixty seats that lie nowhere, and the people who hold all but one of them.

Real members of Parliament never appear on the demo site, and nothing can be sent to one from it: codes begin with
X, postcodes with ZA, which the Royal Mail has never used, and addresses end in ``.example``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mp_contacts.models import Country, Region

PARTIES: Final = ("Harbour Party", "Meadow Party", "Lantern Party", "Independent")
VACANT: Final = "Lower Sallow"
TAKES_NO_LETTERS: Final = "Thistledown"
WRITE_HERE: Final = "ZA1 1AA"
"""The postcode that README and the first letter page offer to newcomers."""

SEATS: Final = {
    Region.LONDON: ("Lantern Hill", "Dockgate and Ropewalk", "Marrow Bridge", "Saffron Fields", "Old Weir"),
    Region.SOUTH_EAST: ("Gullhaven", "Chalkdown", "Beacon and Brede", "Hopfield", "Saltings"),
    Region.SOUTH_WEST: ("Tidewell", "Moorcombe", "Quarry Bay", "Appledown", "Three Harbours"),
    Region.EAST: ("Fenwater", "Reedmarsh", "Lower Sallow", "Barley Cross", "Windle and Wold"),
    Region.EAST_MIDLANDS: ("Framework", "Larkstone", "Ashby Vale", "Lace Market", "Thornbeck"),
    Region.WEST_MIDLANDS: ("Anvil and Wharf", "Kilnhurst", "Severn Meadow", "Buttonmakers", "Clentwood"),
    Region.YORKSHIRE: ("Millrace", "Heatherdale", "Ironworks", "Wolds Coast", "Spinners Row"),
    Region.NORTH_WEST: ("Harrowmere", "Cotton Quay", "Peelbank", "Mersea Sands", "Fellside"),
    Region.NORTH_EAST: ("Coalstaithe", "Pitgrove", "Holyrock", "Causey", "Seaburn Head"),
    Region.WALES: ("Glyn Derwen", "Porth y Graig", "Llanfelin", "Cwm Arian", "Traeth Mawr"),
    Region.SCOTLAND: ("Thistledown", "Loch Varran", "Kirkbrae", "Clydeside Yards", "Inverlarch"),
    Region.NORTHERN_IRELAND: ("Loughanmore", "Glenbracken", "Foyle Meadow", "Linen Hall", "Strandtown"),
}
COUNTRIES: Final = {
    Region.WALES: Country.WALES,
    Region.SCOTLAND: Country.SCOTLAND,
    Region.NORTHERN_IRELAND: Country.NORTHERN_IRELAND,
}

_PEOPLE: Final = """
Adwoa Lightbody; Bram Kettering; Celia Oakhanger; Dafydd Hartley; Edie Marchbanks; Faisal Underhill; Greta Summerscale;
Hamish Larkin; Imani Waterhouse; Jude Pennyfeather; Kamal Birdsong; Lowri Chandler; Milo Fairweather; Nadira Stonebridge;
Otis Greenhalgh; Pia Hollowell; Quentin Ashdown; Rukmini Vale; Saul Merriweather; Tess Yarborough; Umar Lindqvist;
Verity Nightingale; Wilf Sandiford; Xanthe Goodacre; Yinka Rosewarne; Zelda Thackeray; Amos Brightwell; Bella Quince;
Corin Halloran; Delphine Marsh; Ezra Winterbourne; Flora Abernathy; Gideon Pryce; Hester Loveday; Idris Cornfield;
Jemima Starling; Kit Featherstone; Leonie Bramwell; Mungo Ferrier; Nell Applegarth; Oona Tremayne; Percy Hathersage;
Queenie Foxley; Rafe Dunmore; Sable Whitlock; Tobias Ingleby; Una Carrick; Vikram Southwell; Winnie Haddock;
Alasdair Yew; Bronte Kilburn; Cosmo Penhale; Dilwen Harker; Emrys Coldwater; Fern Mallory; Gwilym Tate; Hattie Orme;
Ivo Larchmont; Juno Peacock; Kester Vane
"""
PEOPLE: Final = tuple(" ".join(name.split()) for name in _PEOPLE.split(";"))


@dataclass(frozen=True)
class InventedSeat:
    """A seat, the postcodes in it, and who holds it: ``member`` is empty where nobody does."""

    code: str
    name: str
    region: Region
    postcodes: tuple[str, ...]
    member: str
    party: str

    @property
    def country(self) -> Country:
        return COUNTRIES.get(self.region, Country.ENGLAND)

    @property
    def email(self) -> str:
        return f"{self.member.lower().replace(' ', '.')}.mp@commons.example"


def invented_seats() -> Iterator[InventedSeat]:
    """All seats, numbered in the order they stand above. The first is where WRITE_HERE lies."""
    places = [(region, name) for region, names in SEATS.items() for name in names]
    for number, ((region, name), member) in enumerate(zip(places, PEOPLE, strict=True), start=1):
        yield InventedSeat(
            code=f"X{number:08}",
            name=name,
            region=region,
            postcodes=tuple(f"ZA{number} {sector}{unit}" for sector in (1, 2) for unit in ("AA", "AB", "BD")),
            member="" if name == VACANT else member,
            # Every seventh seat is held by the third party, and two in all by nobody's.
            party=PARTIES[3] if number in {23, 47} else PARTIES[2] if number % 7 == 0 else PARTIES[number % 2],
        )


@dataclass(frozen=True)
class Said:
    """What an invented member said, how many days ago, and what that makes them: a value of Stance."""

    member: str
    stance: str
    days_ago: int
    source: str
    quote: str = ""
    drawn_from: str = "words"


STANDS: Final = (
    Said("Adwoa Lightbody", "supportive", 40, "Her reply to a letter, shown to us by its writer",
         "Nobody should weigh a call to the police against a charge of their own.", "reply"),
    Said("Celia Oakhanger", "champion", 12, "Debate on access to justice, invented Hansard, column 212",
         "A crime that cannot be reported is a crime that has been permitted.", "words"),
    Said("Dafydd Hartley", "opposed", 90, "Interview with the Ropewalk Courier, an invented paper",
         "The law as it stands sends the right signal."),
    Said("Imani Waterhouse", "champion", 30, "Division 88, an invented vote", drawn_from="vote"),
    Said("Jude Pennyfeather", "undecided", 55, "His reply to a letter, shown to us by its writer",
         "I want to hear from the chief constable before I take a view.", "reply"),
    Said("Lowri Chandler", "supportive", 20, "Her speech at a public meeting in Moorcombe"),
    Said("Otis Greenhalgh", "opposed", 70, "Division 88, an invented vote", drawn_from="vote"),
    Said("Umar Lindqvist", "undecided", 15, "His reply to a letter, shown to us by its writer", drawn_from="reply"),
    Said("Verity Nightingale", "supportive", 33, "Question 4471, an invented written question"),
    Said("Xanthe Goodacre", "champion", 8, "Debate on access to justice, invented Hansard, column 219",
         "We ask people for evidence and then we prosecute them for having it."),
    Said("Amos Brightwell", "supportive", 26, "Division 88, an invented vote", drawn_from="vote"),
    Said("Flora Abernathy", "opposed", 44, "Division 88, an invented vote", drawn_from="vote"),
    Said("Hester Loveday", "supportive", 61, "Her column in the Wolds Coast Mercury, an invented paper"),
    Said("Jemima Starling", "champion", 19, "Division 88, an invented vote", drawn_from="vote"),
    Said("Kit Featherstone", "undecided", 37, "Their reply to a letter, shown to us by its writer", drawn_from="reply"),
    Said("Percy Hathersage", "opposed", 52, "Division 88, an invented vote", drawn_from="vote"),
    Said("Tobias Ingleby", "supportive", 11, "His statement of support, sent to us"),
    Said("Bronte Kilburn", "supportive", 29, "Division 88, an invented vote", drawn_from="vote"),
    Said("Emrys Coldwater", "undecided", 24, "His speech at a public meeting in Kirkbrae"),
    Said("Juno Peacock", "champion", 14, "Early day motion 1032, an invented motion"),
)  # fmt: skip
