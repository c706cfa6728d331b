"""Everything held about an address, section by section, in the language that is active."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_countries import countries

from supporters.mails import in_words
from supporters.models import Action, ActionState, ConsentText, Message, PrivacyVisit, Supporter, Suppression
from supporters.privacy.answers import ledger_section, standing_section
from supporters.privacy.held import Act, acts_of, record_of, settled_mails, suppression_of, waiting_mails
from supporters.privacy.past import past_section
from supporters.privacy.shape import Entry, Section, facts
from supporters.retention import RetentionRule, retention_rules
from supporters.seats import seat_name

LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Held:
    """What the page of one visit is made of."""

    visit: PrivacyVisit
    record: Supporter | None
    acts: list[Act]
    suppression: Suppression | None
    sections: list[Section]

    @property
    def own_record(self) -> Supporter | None:
        """The record, if the address may see and change it; a signpost holds nothing."""
        return self.record if self.record and self.record.merged_into_id is None else None


def held_for(visit: PrivacyVisit) -> Held:
    """Everything held about the address of ``visit``; changes nothing."""
    record, acts = record_of(visit.email), acts_of(visit.email)
    own = record if record and record.merged_into_id is None else None
    suppression = suppression_of(visit.email)
    mails = [*waiting_mails(visit.email), *settled_mails(record=record, acts=acts, visit_id=visit.pk)]
    sections = [
        _details(own, visit),
        _acts(acts),
        standing_section(own),
        ledger_section(own, acts),
        _suppression(suppression),
        _mails(mails),
        past_section(record),
        _until(retention_rules()),
    ]
    return Held(visit=visit, record=record, acts=acts, suppression=suppression, sections=sections)


def _details(own: Supporter | None, visit: PrivacyVisit) -> Section:
    if own is None:
        text = _("There is no record with your details under this address.")
        return Section("details", _("Your details"), text, (Entry(facts(("email", _("E-mail"), visit.email))),))
    known = facts(
        ("name", _("Name"), own.name),
        ("email", _("E-mail"), own.email),
        ("phone", _("Telephone"), own.phone),
        ("postcode", _("Postcode"), own.postcode),
        ("country", _("Country"), countries.name(own.country) if own.country else ""),
        ("constituency", _("Constituency, found by your postcode"), seat_name(own.constituency_code)),
        ("language", _("Language we write in"), _(LANGUAGE_NAMES.get(own.language, own.language))),
        ("source", _("Where you first came from"), own.source),
        ("known_since", _("In our records since"), own.created_at),
        ("last_act_at", _("You last did something here"), own.last_act_at),
        ("last_contacted_at", _("We last wrote to you about the campaign"), own.last_contacted_at),
        ("changed_at", _("Last changed"), own.updated_at),
    )
    text = _("We find your record by marks made from these details with a secret key. The details are encrypted.")
    return Section("details", _("Your details"), text, (Entry(known),))


def _acts(acts: list[Act]) -> Section:
    pages = [(act.kind.name, act.page_id) for act in acts]
    if not acts:
        text = _("We can trace nothing done here to this address.")
    elif len(pages) > len(set(pages)):
        text = _("Two people have used this address on one page: what both did is here, and can be taken back here.")
    else:
        text = _("Everything that was done here with this address, and that we can still trace to it.")
    return Section("acts", _("What you did here"), text, tuple(_act(act) for act in acts))


def _act(act: Act) -> Entry:
    action = act.action
    typed = ((slugify(label).replace("-", "_"), _(label), value) for label, value in act.kind.details(action).items())
    return Entry(
        title=f"{_(act.kind.label)}: {act.page_title}",
        reference=act.reference,
        in_title=frozenset({"what", "page"}),
        facts=facts(
            ("what", _("What you did"), _(act.kind.label)),
            ("page", _("Where"), act.page_title),
            ("state", _("Where it stands"), str(ActionState(action.state).label)),
            ("sent_at", _("Sent"), action.created_at),
            ("confirmed_at", _("Confirmed"), action.confirmed_at),
            *typed,
            ("email", _("E-mail"), action.email),
            ("agreed_to", _("Boxes you ticked"), "\n".join(_ticked(action))),
            ("language", _("Language"), _(LANGUAGE_NAMES.get(action.language, action.language))),
            ("constituency", _("Constituency"), seat_name(action.constituency_code)),
            ("source", _("Where you came from"), action.source),
        ),
    )


def _ticked(action: Action) -> list[str]:
    """The words beside each box that was ticked."""
    ids = list(action.ticked_texts)
    if action.wants_updates and action.consent_text_id is not None:
        ids.append(action.consent_text_id)
    return list(ConsentText.objects.filter(pk__in=ids).order_by("pk").values_list("wording", flat=True))


def _suppression(suppression: Suppression | None) -> Section:
    title = _("Whether we may write to you")
    if suppression is None:
        return Section("suppression", title, _("This address is not on the list of those we must not write to."))
    entry = Entry(
        facts(
            ("reason", _("Why"), str(Suppression.Reason(suppression.reason).label)),
            ("since", _("Since"), suppression.created_at),
        )
    )
    text = _(
        "This address is on the list of those we must not write to. We keep a mark made from it with a secret "
        "key, not the address itself, and keep that for good: without it we would forget that we must not."
    )
    return Section("suppression", title, text, (entry,))


def _mails(mails: list[Message]) -> Section:
    text = (
        _("Mails that wait, and those of the last seven days. Once a mail has left, we keep no address with it.")
        if mails
        else _("No mail is waiting, and none left for you in the last seven days.")
    )
    return Section("mails", _("Mails to you"), text, tuple(_mail(message) for message in mails))


def _mail(message: Message) -> Entry:
    return Entry(
        title=in_words(message.kind),
        in_title=frozenset({"mail"}),
        facts=facts(
            ("mail", _("Which mail"), in_words(message.kind)),
            ("state", _("Where it stands"), _(message.get_state_display())),
            ("asked_for_at", _("Asked for"), message.created_at),
            ("settled_at", _("Settled"), message.settled_at),
            ("report", _("What the mail provider reported"), message.delivery and _(message.get_delivery_display())),
        ),
    )


def _until(rules: list[RetentionRule]) -> Section:
    entries = tuple(
        Entry(facts(("what", _("What"), _(rule.what)), ("until", _("Until"), _(rule.until))))
        for rule in rules
        if rule.fields
    )
    text = _("A clock runs for everything. What its time is over is deleted by itself, within the hour.")
    return Section("until", _("Until when we keep things"), text, entries)
