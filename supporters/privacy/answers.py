"""What somebody agreed to: the answers that stand, and the ledger they come from."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Merge, Purpose, Supporter
from supporters.privacy.held import Act
from supporters.privacy.shape import Entry, Section, facts

LANGUAGE_NAMES = dict(settings.LANGUAGES)


def standing_section(own: Supporter | None) -> Section:
    """One entry for each purpose, whether or not it was ever asked about."""
    title = _("What you have agreed to")
    if own is None:
        return Section("consents", title, _("Nothing: no record stands under this address."))
    standing = standing_answers(own)
    entries = tuple(_standing(purpose, standing.get(purpose.value)) for purpose in Purpose)
    return Section("consents", title, _("You can change each answer at any time, as often as you like."), entries)


def standing_answers(own: Supporter) -> dict[str, CurrentConsent]:
    """The standing answer to each purpose that was ever asked about."""
    answers = CurrentConsent.objects.filter(supporter=own).select_related("record__text")
    return {answer.purpose: answer for answer in answers}


def _standing(purpose: Purpose, answer: CurrentConsent | None) -> Entry:
    label = str(purpose.label)
    if answer is None:
        never = facts(("purpose", _("What for"), label), ("answer", _("Your answer"), _("None: you never ticked this")))
        return Entry(never, title=label, reference=purpose.value, in_title=frozenset({"purpose"}))
    return Entry(
        title=label,
        reference=purpose.value,
        in_title=frozenset({"purpose"}),
        facts=facts(
            ("purpose", _("What for"), label),
            ("answer", _("Your answer"), _choice(answer.choice)),
            ("since", _("Since"), answer.asked_at),
            ("wording", _("The words you answered"), answer.record.text.wording),
            ("controller", _("To whom"), answer.record.text.controller),
        ),
    )


def ledger_section(own: Supporter | None, acts: Iterable[Act]) -> Section:
    """Every answer ever given, with the exact wording, language, method and time."""
    title = _("Every answer you gave")
    if own is None:
        return Section("ledger", title, _("There are none under this address."))
    records = list(ConsentRecord.objects.filter(supporter=own).select_related("text").order_by("-asked_at", "-pk"))
    titles = _titles(own, records, acts)
    entries = tuple(_ledger_entry(record, titles.get(record.page_id or 0, "")) for record in records)
    text = (
        _("Kept as proof of what you were asked and what you answered. Nothing in it can be changed, only added to.")
        if records
        else _("There are none.")
    )
    return Section("ledger", title, text, entries)


def _titles(own: Supporter, records: list[ConsentRecord], acts: Iterable[Act]) -> dict[int, str]:
    """The pages that answers were given on, by id.

    In a record that was joined with another, only the pages that this address did something on: where else
    an answer was given is the other address's to know.
    """
    page_ids = {record.page_id for record in records if record.page_id}
    if Merge.objects.filter(kept=own, undone_at__isnull=True).exists():
        page_ids &= {act.page_id for act in acts}
    return {page.pk: page.title for page in Page.objects.filter(pk__in=page_ids).only("title")}


def _ledger_entry(record: ConsentRecord, page_title: str) -> Entry:
    text = record.text
    return Entry(
        title=f"{_choice(record.choice)}: {Purpose(text.purpose).label}",
        in_title=frozenset({"purpose", "answer"}),
        facts=facts(
            ("purpose", _("What for"), str(Purpose(text.purpose).label)),
            ("answer", _("Your answer"), _choice(record.choice)),
            ("asked_at", _("When"), record.asked_at),
            ("method", _("How"), _(record.method)),
            ("page", _("Where"), page_title),
            ("wording", _("The words you answered"), text.wording),
            ("wording_language", _("Language of the words"), _(LANGUAGE_NAMES.get(text.language, text.language))),
            ("wording_version", _("Version of the words"), str(text.version)),
            ("controller", _("To whom"), text.controller),
            ("recorded_by", _("Written down by"), _("an organiser") if record.actor_id else _("you")),
            ("proof", _("Where the proof is"), record.note),
        ),
    )


def _choice(choice: str) -> str:
    return _("Yes") if choice == ConsentRecord.Choice.GIVEN else _("No")


def current_wording(*, purpose: str, language: str, own: Supporter) -> ConsentText | None:
    """The words in which ``purpose`` is asked about now; None when nobody asks.

    Of an organisation this person has answered before where there is one, in their language where there is
    one, and the newest of those.
    """
    known = set(ConsentRecord.objects.filter(supporter=own).values_list("text__controller", flat=True))
    published = ConsentText.objects.filter(purpose=purpose, published_at__isnull=False)
    ranked = sorted(
        published,
        key=lambda text: (text.controller in known, text.language == language, text.version, text.pk),
    )
    return ranked[-1] if ranked else None


def controllers(own: Supporter | None) -> list[str]:
    """Who is responsible: whom this person answered, else whoever asks people here."""
    mine = ConsentText.objects.filter(pk__in=ConsentRecord.objects.filter(supporter=own).values("text_id"))
    texts = mine if own is not None and mine.exists() else ConsentText.objects.filter(published_at__isnull=False)
    return list(texts.order_by("controller").values_list("controller", flat=True).distinct())
