"""Somebody who has never seen the workspace builds a campaign in it, and readers meet it."""

import re
import secrets
from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.home.pictures import drawing
from tests.journeys.fixtures import Welcome, signed_in, signed_in_as
from tests.journeys.page_editor import add_part, choose_menu, save, type_into
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor, new_address

SCREEN = {"width": 1400, "height": 1000}
PASSWORD = secrets.token_urlsafe(16)
MARK = secrets.token_hex(4)
"""Tells these pages from those of the demo and of another run."""

CAMPAIGN = f"Work together {MARK}"
PETITION = f"Let us share a flat {MARK}"
LETTER = f"Ask your MP {MARK}"
EVENT = f"Meet us online {MARK}"
DEMAND = "Change the law so that people who sell sex may work together."
PUBLISHED_WITHIN_S = 75
"""The clock of scheduled pages goes round once a minute."""


def test_a_new_editor_builds_a_campaign_that_readers_can_act_on(
    welcome: Welcome, visitor: Visitor, running_site: RunningSite
) -> None:
    organiser = signed_in(welcome(viewport=SCREEN), running_site, "Organiser")
    editor = let_in(organiser, welcome(viewport=SCREEN))

    below_home(editor)
    campaign = write_campaign(editor.page)
    upload_picture(editor.page)
    save(editor.page)
    write_petition(editor.page, campaign)
    looks_at_every_state(editor.page)
    hands_in(editor.page)
    write_letter(editor.page, campaign)
    hands_in(editor.page)
    write_event(editor.page, campaign)
    hands_in(editor.page)
    editor.open(f"/admin/pages/{campaign}/edit/")
    hands_in(editor.page)
    visitor.expected_failures.add(404)
    visitor.open(f"/work-together-{MARK}/")
    expect(visitor.heading()).to_have_text("We cannot find this page")

    schedule(organiser, LETTER, running_site)
    for title in (CAMPAIGN, PETITION, EVENT):
        approve(organiser, title)

    sees_the_campaign(visitor)
    signs(visitor)
    sees_what_was_scheduled(visitor)


def let_in(organiser: Visitor, newcomer: Visitor) -> Visitor:
    """The organiser makes an account among the editors, and its owner signs in."""
    address = new_address()
    organiser.open("/admin/users/")
    organiser.follow("Add a user")
    page = organiser.page
    page.locator("[name=email]").fill(address)
    page.locator("[name=name]").fill("Jo")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("tab", name="Roles").first.click()
    page.get_by_label("Editors", exact=True).check()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("created.").first).to_be_visible()
    return signed_in_as(newcomer, address, PASSWORD)


def below_home(editor: Visitor) -> None:
    """From the dashboard to the kinds of page, each with a line on what it is for."""
    page = editor.page
    editor.open("/admin/pages/")
    # There is a front page in each language.
    page.locator("tr", has_text="English").locator("td.title a").first.click()
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Add child page").first.click()
    expect(page.get_by_text("One demand: why it is right")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Campaign")).click()


def write_campaign(page: Page) -> int:
    """Every part of a campaign, saved as a draft; its number."""
    page.locator("[name=title]").fill(CAMPAIGN)
    page.locator("[name=demand]").fill(DEMAND)
    page.locator("[name=summary]").fill("Two in one flat are safer than one. The law calls it a brothel.")
    add_part(page, "Paragraph")
    type_into(page, "body-0-value", "Two women who share a flat can be charged with keeping a brothel. [1]")
    add_part(page, "Demands or steps")
    page.locator("[name=body-1-value-steps-0-value-title]").fill("Let people work together")
    add_part(page, "Voice: somebody's own words")
    page.locator("[name=body-2-value-text]").fill("I counted the stairs.")
    page.locator("[name=body-2-value-is_invented]").check()
    add_part(page, "What has been won")
    page.locator("[name=body-3-value-wins-0-value-won_on]").fill("2016-07")
    page.locator("[name=body-3-value-wins-0-value-title]").fill("A committee of MPs agrees")
    add_part(page, "Questions and answers")
    page.locator("[name=body-4-value-questions-0-value-question]").fill("Is selling sex legal?")
    type_into(page, "body-4-value-questions-0-value-answer", "In England and Wales, yes.")
    add_part(page, "Organisations behind it")
    page.locator("[name=body-5-value-organisations-0-value-name]").fill("Lantern Street Tenants (invented)")
    page.get_by_role("button", name="Add Footnote").click()
    page.locator("[name=footnotes-0-text]").fill("Sexual Offences Act 1956, section 33A.")
    save(page)
    return int(page.url.split("/pages/")[1].split("/")[0])


def upload_picture(page: Page) -> None:
    """A picture, uploaded where it is needed and described for people who cannot see it."""
    add_part(page, "Picture")
    expect(page.locator("[name=body-6-value-image-alt_text]")).to_be_visible()
    page.get_by_role("button", name="Choose an image").last.click()
    upload = page.get_by_role("dialog")
    upload.get_by_role("tab", name="Upload").click()
    file = BytesIO()
    drawing((160 + secrets.randbelow(400), 120)).save(file, "PNG")
    upload.locator("[type=file]").set_input_files(
        {"name": "street.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    expect(upload.locator("[name$=title]")).to_have_value("street")
    upload.locator("[name$=description]").fill("A red triangle on white")
    upload.get_by_role("button", name="Upload").click()
    expect(upload).to_have_count(0)
    expect(page.locator("[name=body-6-value-image-alt_text]")).to_have_value("A red triangle on white")


def write_petition(page: Page, campaign: int) -> None:
    """Begun from the campaign's own page; refused once for what is missing, with nothing lost."""
    page.goto(f"/admin/pages/{campaign}/edit/")
    page.get_by_role("link", name="Add a petition, a letter or an event").click()
    page.get_by_role("link", name=re.compile("^Petition")).click()
    page.locator("[name=title]").fill(PETITION)
    page.locator("[name=addressed_to]").fill("the Home Secretary")
    page.locator("[name=ask]").fill("Let people who sell sex work together.")
    add_part(page, "Button to an action")
    page.locator("[name=story-0-value-text]").fill("Two are safer than one.")
    page.locator("[name=story-0-value-label]").fill("Write too")
    save(page)
    choose_menu(page, "Submit to Moderators approval")
    expect(page.get_by_text("Choose the words that ask whether you may write again.")).to_be_visible()
    expect(page.locator("[name=ask]")).to_have_value("Let people who sell sex work together.")
    page.get_by_role("button", name=re.compile("Delete")).first.click()
    answer_for_the_data(page)


def answer_for_the_data(page: Page) -> None:
    """Whom people trust with their data: filled in from the newest wording; the wording is chosen."""
    expect(page.locator("[name=controller]")).not_to_have_value("")
    page.locator("[name=consent_text]").select_option(index=1)
    save(page)


def looks_at_every_state(page: Page) -> None:
    """The preview shows what only comes later: after signing, with mistakes, once it is closed."""
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[title=Preview]").first
    expect(preview.get_by_role("heading", name=PETITION)).to_be_visible()
    for state, words in (
        ("The form with mistakes in it", "Please check what you typed"),
        ("Check your inbox", "Check your inbox"),
        ("Thank you", "Thank you"),
        ("Once it is closed", "Closed"),
    ):
        page.get_by_label("Preview mode").select_option(label=state)
        expect(preview.get_by_text(words).first).to_be_visible()
    page.get_by_role("button", name="Toggle preview").click()


def write_letter(page: Page, campaign: int) -> None:
    page.goto(f"/admin/pages/add/mp_contacts/letterpage/{campaign}/")
    page.locator("[name=title]").fill(LETTER)
    page.locator("[name=ask]").fill("Ask your MP to speak for safety in Parliament.")
    page.locator("[name=subjects-0-text]").fill("Safety in your constituency")
    page.locator("[name=variants-0-name]").fill("Everybody")
    page.locator("[name=variants-0-text]").fill("I live in your constituency, and I am worried about safety.")
    answer_for_the_data(page)


def write_event(page: Page, campaign: int) -> None:
    page.goto(f"/admin/pages/add/events/eventpage/{campaign}/")
    page.locator("[name=title]").fill(EVENT)
    page.locator("[name=summary]").fill("An hour of questions, for everybody.")
    begins = timezone.localtime().replace(minute=0) + timedelta(days=30)
    page.locator("[name=starts_at]").fill(begins.strftime("%Y-%m-%d %H:%M"))
    page.locator("[name=ends_at]").fill((begins + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M"))
    answer_for_the_data(page)


def hands_in(page: Page) -> None:
    choose_menu(page, "Submit to Moderators approval")
    expect(page.get_by_text(re.compile("submitted for moderation|has been submitted")).first).to_be_visible()


def approve(organiser: Visitor, title: str) -> None:
    """From the dashboard's list of what waits."""
    organiser.open("/admin/")
    page = organiser.page
    page.get_by_role("link", name=title).first.click()
    choose_menu(page, "Approve and Publish")
    expect(page.get_by_role("row").filter(has_text=title)).to_contain_text("status: live")


def schedule(organiser: Visitor, title: str, running_site: RunningSite) -> None:
    """The letter is to go live tomorrow; then tomorrow comes, and the worker has to see to the rest."""
    organiser.open("/admin/")
    page = organiser.page
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.get_by_role("dialog")
    tomorrow = timezone.localtime() + timedelta(days=1)
    dialog.locator("[name=go_live_at]").fill(tomorrow.strftime("%Y-%m-%d %H:%M"))
    # By keyboard, since the calendar lies over the button.
    dialog.get_by_role("button", name="Save schedule").press("Enter")
    choose_menu(page, "Approve and Publish")
    expect(page.get_by_text(re.compile("scheduled")).first).to_be_visible()
    running_site.query(
        """
        UPDATE wagtailcore_revision
        SET approved_go_live_at = now() - interval '1 minute',
            content = jsonb_set(content, '{go_live_at}', to_jsonb(now() - interval '1 minute'))
        WHERE approved_go_live_at IS NOT NULL AND content ->> 'title' = %s
        """,
        title,
    )


def sees_the_campaign(visitor: Visitor) -> None:
    visitor.open(f"/work-together-{MARK}/")
    expect(visitor.heading()).to_have_text(DEMAND)
    main = visitor.page.get_by_role("main")
    for words in (
        "Two women who share a flat can be charged",
        "Sexual Offences Act 1956, section 33A.",
        "Let people work together",
        "I counted the stairs.",
        "A committee of MPs agrees",
        "Is selling sex legal?",
        "Lantern Street Tenants (invented)",
        PETITION,
        EVENT,
    ):
        expect(main).to_contain_text(words)
    expect(visitor.page.get_by_alt_text("A red triangle on white")).to_be_visible()


def signs(visitor: Visitor) -> None:
    """From the campaign's card to a confirmed signature."""
    address = new_address()
    visitor.follow(PETITION)
    visitor.fill_in(address)
    visitor.press("Sign")
    visitor.open_mail(address)
    visitor.follow_mail_link()
    visitor.press("Confirm my signature")
    visitor.sees_count(1)


def sees_what_was_scheduled(visitor: Visitor) -> None:
    """All three actions stand on the campaign as cards, the scheduled one by the worker's doing."""
    card = visitor.page.locator(".actions").get_by_role("link", name=LETTER)
    visitor.open(f"/work-together-{MARK}/")
    for _ in range(PUBLISHED_WITHIN_S):
        if card.count():
            break
        visitor.page.wait_for_timeout(1000)
        visitor.page.reload()
    for title in (PETITION, LETTER, EVENT):
        expect(visitor.page.locator(".actions").get_by_role("link", name=title)).to_be_visible()
    card.click()
    expect(visitor.heading()).to_contain_text(LETTER)
