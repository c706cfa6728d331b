"""What the page "Where Parliament stands" shows: counts, a map, and the list that a visitor can filter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext, gettext_lazy

from mp_contacts.models import Letter, LetterPage, Member, ParliamentPage, Region, SelfSentLetter, Stance
from mp_contacts.positions import VACANT, SeatStanding, count_stances, seat_standings
from mp_contacts.seat_map import Block, SeatMap, Tile, lay_out, names_on_the_map
from supporters.models import ActionState
from supporters.models.one_action import original_of
from supporters.small_numbers import safe_breakdown

FILTERS: Final = ("party", "region", "stance")
STANCE_WORDS: Final = {
    Stance.CHAMPION: gettext_lazy("Champion"),
    Stance.SUPPORTIVE: gettext_lazy("Supportive"),
    Stance.UNDECIDED: gettext_lazy("Undecided"),
    Stance.OPPOSED: gettext_lazy("Opposed"),
    Stance.UNKNOWN: gettext_lazy("Not known"),
    VACANT: gettext_lazy("Vacant seat"),
}


@dataclass(frozen=True)
class Option:
    """One choice of a filter, or one stance with its number of seats."""

    value: str
    label: str
    number: int = 0
    is_chosen: bool = False


@dataclass(frozen=True)
class SeatRow:
    """One seat in the list. ``letters`` is as it may be printed; None where it is too small, or none."""

    standing: SeatStanding
    stance_label: str
    letters: int | None


@dataclass(frozen=True)
class SeatTile:
    """One tile of the map, in units of the drawing, with the words for it."""

    tile: Tile
    stance: str
    title: str


@dataclass(frozen=True)
class WhereParliamentStands:
    """Everything the page shows. Lists keep their order; ``sections`` are the filtered seats by region."""

    stances: list[Option]
    parties: list[Option]
    regions: list[Option]
    total: int
    shown: int
    is_filtered: bool
    sections: list[tuple[str, list[SeatRow]]]
    table: list[tuple[str, list[int], int]]
    map: SeatMap
    map_tiles: list[SeatTile]
    map_names: list[tuple[Block, str]]
    write_url: str
    shows_letters: bool


def where_parliament_stands(page: ParliamentPage, query: Mapping[str, str]) -> WhereParliamentStands:
    """What ``page`` shows to whoever asks for ``query``. As many queries for 650 seats as for one."""
    # What is known of members is kept with the campaign, whichever language it is read in.
    campaign = original_of(page).get_parent()
    standings = seat_standings(campaign.pk)
    chosen = chosen_filters(query, parties={standing.party for standing in standings})
    fitting = [standing for standing in standings if _fits(standing, chosen)]
    counts = count_stances(standings)
    letter_pages = list(LetterPage.objects.child_of(campaign).live().public())
    letters = letters_by_seat(letter_pages)
    drawn = lay_out(standing.seat for standing in standings)
    by_code = {standing.seat.pk: standing for standing in standings}
    return WhereParliamentStands(
        stances=_options(STANCE_WORDS, counts.by_stance, chosen["stance"]),
        parties=_options(
            {party: party for party in sorted(counts.by_party)}, _totals(counts.by_party), chosen["party"]
        ),
        regions=_options(
            {region: str(region.label) for region in Region if region in counts.by_region},
            _totals(counts.by_region),
            chosen["region"],
        ),
        total=len(standings),
        shown=len(fitting),
        is_filtered=any(chosen.values()),
        sections=_sections(fitting, letters),
        table=_table(counts.by_party),
        map=drawn,
        map_tiles=[_tile(tile, by_code[tile.code]) for tile in drawn.tiles],
        map_names=[(block, gettext(name)) for block, name in names_on_the_map(drawn.blocks)],
        write_url=next((letter_page.localized.url or "" for letter_page in letter_pages if letter_page.is_open), ""),
        shows_letters=any(standing.seat.pk in letters for standing in fitting),
    )


def chosen_filters(query: Mapping[str, str], *, parties: Iterable[str]) -> dict[str, str]:
    """The filters that ``query`` asks for, each of FILTERS; empty where it names nothing that there is."""
    known = {"party": set(parties), "region": set(Region.values), "stance": {str(stance) for stance in STANCE_WORDS}}
    return {name: value if (value := query.get(name, "")) in known[name] else "" for name in FILTERS}


def canonical_query(query: Mapping[str, str]) -> str:
    """The one way to ask for what ``query`` asks for: what is not known is left out, the rest in one order.

    Caches between us and the visitor keep a copy for each way of asking; so there are only as many as there are
    parties × regions × stances, whatever anybody adds to the address.
    """
    parties = set(Member.objects.sitting().values_list("party", flat=True)) if query.get("party") else set()
    chosen = chosen_filters(query, parties=parties)
    return urlencode({name: value for name, value in chosen.items() if value})


def letters_by_seat(pages: list[LetterPage]) -> dict[str, int]:
    """Letters on ``pages`` by the seat they went to, as printed. Seats where few wrote are not in it.

    All seats are looked at together, whatever is shown of them: or the difference of two lists would tell.
    """
    sent = Letter.objects.filter(page__in=pages, state=ActionState.CONFIRMED)
    told = SelfSentLetter.objects.filter(page__in=pages)
    numbers: Counter[str] = Counter()
    for letters in (sent, told):
        by_seat = letters.exclude(constituency_code="").values_list("constituency_code").annotate(n=Count("pk"))
        for code, number in by_seat.order_by():
            numbers[code] += number
    return {row.label: row.number for row in safe_breakdown(numbers) if row.label}


def _fits(standing: SeatStanding, chosen: dict[str, str]) -> bool:
    has = {"party": standing.party, "region": standing.seat.region, "stance": standing.stance}
    return all(not value or has[name] == value for name, value in chosen.items())


def _options(labels: Mapping[str, object], numbers: Mapping[str, int], chosen: str) -> list[Option]:
    return [
        Option(str(value), str(label), numbers.get(value, 0), value == chosen)
        for value, label in labels.items()
        if numbers.get(value) or value in Stance.values
    ]


def _totals(counts: dict[str, Counter[str]]) -> dict[str, int]:
    return {name: counter.total() for name, counter in counts.items()}


def _table(by_party: dict[str, Counter[str]]) -> list[tuple[str, list[int], int]]:
    """Each party with its numbers in the order of Stance and their sum, the largest first."""
    rows = [(party, [counter[stance] for stance in Stance], counter.total()) for party, counter in by_party.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _sections(standings: list[SeatStanding], letters: dict[str, int]) -> list[tuple[str, list[SeatRow]]]:
    order = {str(region): place for place, region in enumerate(Region)}

    def by_region(standing: SeatStanding) -> int:
        return order.get(standing.seat.region, len(order))

    ordered = sorted(standings, key=lambda standing: (by_region(standing), standing.party, standing.seat.name))
    return [
        (gettext(group[0].seat.get_region_display()), [_row(standing, letters) for standing in group])
        for _place, members in groupby(ordered, key=by_region)
        for group in [list(members)]
    ]


def _row(standing: SeatStanding, letters: dict[str, int]) -> SeatRow:
    return SeatRow(standing, str(STANCE_WORDS[standing.stance]), letters.get(standing.seat.pk))


def _tile(tile: Tile, standing: SeatStanding) -> SeatTile:
    label = str(STANCE_WORDS[standing.stance])
    who = f", {standing.member.name}, {standing.party}" if standing.member else ""
    return SeatTile(tile, standing.stance, f"{standing.seat.name}{who}: {label}")
