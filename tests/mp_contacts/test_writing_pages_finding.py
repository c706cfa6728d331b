"""From a postcode, or a list, to the page people write on."""

import pytest

from mp_contacts.models import LetterPageState, LetterSettings, LetterTotals, LetterVariant, PostcodeQuestion, Stance
from mp_contacts.models import Position as MemberPosition
from tests.factories.mp_contacts import DRAFT, ConstituencyFactory, MemberFactory
from tests.mp_contacts.writing import OWN, POSTCODE, Writer, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    return Writer(client)


def test_page_is_the_same_for_everybody_and_sets_no_cookie(writer, django_user_model):
    response = writer.client.get(writer.page.url)

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    page = text_of(response)
    assert f'action="{writer.page.write_url}"' in page
    assert f'href="/letters/{writer.page.pk}/choose/"' in page
    assert "csrf" not in page


def test_page_says_how_it_works_before_it_asks_for_anything(writer):
    page = text_of(writer.client.get(writer.page.url))

    assert page.index("How it works") < page.index('name="postcode"')
    assert "Your letter is yours" in page


def test_page_shows_how_many_wrote(writer):
    assert "letters written" not in text_of(writer.client.get(writer.page.url))
    LetterTotals.objects.create(page=writer.page, confirmed=1200, self_sent=34, counted_at="2026-11-01T00:00Z")

    assert "1,234" in text_of(writer.client.get(writer.page.url))


@pytest.mark.parametrize("typed", [{"postcode": "ze1 1aa"}, {"constituency": "X00000901"}])
def test_postcode_or_a_chosen_seat_leads_to_the_member(writer, typed):
    response = writer.post("find", **typed)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    page = text_of(response)
    for shown in ("Jo Lantern", "Garden Party, MP for Harrowmere", "Dear Jo Lantern,", DRAFT, "This is not my MP"):
        assert shown in page
    assert '<input type="hidden" name="constituency" value="X00000901"' in page


def test_office_sees_what_is_said_before_the_first_field(writer):
    page = text_of(writer.post("find", postcode=POSTCODE))

    warning, first_field = page.index("You need not say anything about yourself"), page.index('name="own_subject"')
    assert warning < first_field
    assert page.index("your name, your e-mail address, your postal address") < first_field


def test_own_mail_comes_first_and_carries_the_draft(writer):
    page = text_of(writer.post("find", postcode=POSTCODE))

    own, ours = page.index("Send it from your own mail"), page.index("Or let us send it for you")
    assert own < ours
    assert f'href="mailto:{writer.member.email}?subject=Safety%20for%20people' in page
    assert "Dear%20Jo%20Lantern" in page
    for address in ("print", "pdf", "count-me"):
        assert f'action="/letters/{writer.page.pk}/{address}/"' in page


def test_letter_too_long_for_a_link_is_left_to_be_pasted(writer):
    LetterVariant.objects.filter(page=writer.page).update(text="A sentence that goes on. " * 120)

    page = text_of(writer.post("find", postcode=POSTCODE))

    assert "A%20sentence" not in page
    assert '<p class="route__note" data-letter-long>' in page


def test_page_that_does_not_send_asks_for_no_name(writer):
    writer.page.offers_sending = False
    writer.page.save()

    page = text_of(writer.post("find", postcode=POSTCODE))

    assert 'name="name"' not in page
    assert "Open it in my mail" in page
    assert writer.send("send").status_code == 409


def test_known_position_stands_there_with_its_source(writer):
    MemberPosition.objects.create(
        member=writer.member,
        campaign=writer.page.get_parent().specific,
        stance=Stance.UNDECIDED,
        quote="I will listen.",
        source="Hansard, 3 March 2026",
        source_url="https://hansard.example/1",
        said_on="2026-03-03",
    )

    page = text_of(writer.post("find", postcode=POSTCODE))

    for shown in ("Undecided", "I will listen.", "Hansard, 3 March 2026", "https://hansard.example/1"):
        assert shown in page


@pytest.mark.parametrize(
    ("postcode", "words"),
    [
        ("", "Enter your postcode, or choose"),
        ("hello", "Enter a full UK postcode"),
        ("BT1 1AA", "no list of the postcodes of Northern Ireland"),
        ("JE2 4WD", "parliaments of their own"),
        ("ZE9 9ZZ", "We do not know this postcode"),
        ("SW1A 1AA SW1A 1AA", "16 characters or fewer"),
        ("\0\ud83d<b>", "Enter a full UK postcode"),
    ],
)
def test_postcode_without_a_seat_is_explained_and_kept(writer, postcode, words):
    response = writer.post("find", postcode=postcode.encode("utf-8", "replace").decode())

    assert response.status_code == 422
    page = text_of(response)
    assert words in page
    assert "<title>Error: " in page
    assert f'href="/letters/{writer.page.pk}/choose/"' in page
    if postcode.isprintable():
        assert f'value="{postcode}"' in page or not postcode


@pytest.mark.parametrize("code", ["X99999999", "E14001063", "' OR 1=1", "\0", "X" * 10_000])
def test_seat_that_is_none_is_asked_for_again(writer, code):
    assert writer.post("find", constituency=code).status_code == 422
    # With a postcode beside it, only what can be seen counts.
    assert writer.send("preview", constituency=code).status_code == (200 if code == "\0" else 422)


def test_unknown_postcode_is_asked_about_where_that_is_allowed(writer):
    LetterSettings.objects.create(asks_postcodes_io=True)

    response = writer.post("find", postcode="ZE9 9ZZ")

    question = PostcodeQuestion.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/letters/{writer.page.pk}/looking/{question.pk}/"
    assert writer.post("find", postcode="JE2 4WD").status_code == 422, "nobody need be asked about Jersey"


def test_letter_that_lost_its_seat_comes_back_once_there_is_one(writer):
    lost = writer.send("preview", constituency="", postcode="ZE9 9ZZ")
    assert lost.status_code == 422
    assert OWN in text_of(lost)

    found = writer.send("find", constituency="", postcode=POSTCODE)

    for typed in (OWN, "Ada Example", "ada@example.org", "1 Lantern Street"):
        assert typed in text_of(found)


class TestObstacles:
    """Nothing is sent, the reason is said, and there is another way or an end in sight."""

    ROUTES = ("Jo Lantern MP, House of Commons, London SW1A 0AA", "020 7219 3000")

    def answer(self, writer):
        response = writer.post("find", postcode=POSTCODE)
        assert response.status_code == 200
        page = text_of(response)
        assert "Or let us send it for you" not in page
        return page

    def test_opted_out(self, writer):
        writer.member.is_opted_out, writer.member.opt_out_reason = True, "Told us in May."
        writer.member.save()
        page = self.answer(writer)
        for shown in (*self.ROUTES, "has asked not to be sent letters", f"mailto:{writer.member.email}"):
            assert shown in page
        assert "Told us in May." not in page

    def test_no_address(self, writer):
        writer.member.email = ""
        writer.member.save()
        page = self.answer(writer)
        for shown in (*self.ROUTES, "publishes no e-mail address", "Send it by post"):
            assert shown in page
        assert "mailto:?subject" not in page
        assert "Open it in my mail" not in page

    def test_failing(self, writer):
        writer.member.failing_since = "2026-11-01T00:00Z"
        writer.member.save()
        page = self.answer(writer)
        for shown in (*self.ROUTES, "refusing mail from us", f"mailto:{writer.member.email}"):
            assert shown in page

    def test_vacant(self, writer):
        ConstituencyFactory(code="X00000902", name="Empty Vale")
        page = text_of(writer.post("find", constituency="X00000902"))
        assert "Empty Vale has no MP until its by-election" in page
        assert 'name="body"' not in page

    def test_dissolved(self, writer):
        LetterSettings.objects.create(is_dissolved=True, dissolution_note="Polling day is 2 May.")
        page = self.answer(writer)
        assert "Polling day is 2 May." in page
        assert "mailto:member" not in page
        assert 'name="body"' not in page

    def test_members_whom_not_to_write_to(self, writer):
        LetterVariant.objects.filter(page=writer.page).update(
            kind=LetterVariant.Kind.DO_NOT_WRITE, text="She is for it already. Thank her in spring."
        )
        page = self.answer(writer)
        assert "Thank her in spring." in page
        assert 'name="body"' not in page
        assert "mailto:member" not in page


def test_closed_page_says_so_and_gives_back_what_was_written(writer):
    writer.page.state = LetterPageState.CLOSED
    writer.page.save()

    response = writer.send("send")

    assert response.status_code == 409
    assert OWN in text_of(response)
    assert 'name="postcode"' not in text_of(writer.client.get(writer.page.url))


def test_won_page_says_so(writer):
    writer.page.state = LetterPageState.WON
    writer.page.save()

    assert "We won" in text_of(writer.client.get(writer.page.url))


def test_member_of_another_seat_is_never_shown(client):
    here = Writer(client)
    MemberFactory(name="Somebody Else")

    assert "Somebody Else" not in text_of(here.post("find", postcode=POSTCODE))
