"""An organiser sees what people did, decides on a comment, and looks at a page before publishing it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Welcome, signed_in
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import COUNTED_WITHIN_S, Visitor, new_address

SLUG = "carry-out-the-2016-report"
TITLE = "Let sex workers work together"


@pytest.fixture
def organiser(welcome: Welcome, running_site: RunningSite) -> Visitor:
    """Somebody who has signed in to the workspace."""
    return signed_in(welcome(viewport={"width": 1280, "height": 900}), running_site, "Organiser")


def test_an_organiser_sees_a_new_signature_counted(
    visitor: Visitor, organiser: Visitor, running_site: RunningSite
) -> None:
    before = listed_total(organiser)
    confirm_a_signature(visitor, running_site)
    visitor.open(running_site.path_of(SLUG))
    visitor.sees_count(before + 1)
    assert listed_total(organiser) == before + 1
    organiser.open("/admin/signatures/")
    expect(organiser.heading()).to_contain_text("Signatures")
    expect(organiser.page.locator("table.listing tbody tr").first).to_contain_text("Confirmed")


def test_an_approved_comment_is_public_within_seconds(
    visitor: Visitor, organiser: Visitor, running_site: RunningSite
) -> None:
    comment = f"My neighbour was afraid to call. {new_address().partition('@')[0]}"
    confirm_a_signature(visitor, running_site, comment=comment, shown_as="first_name")
    visitor.open(running_site.path_of(SLUG))
    expect(visitor.page.get_by_text(comment)).to_have_count(0)

    organiser.open("/admin/comments/")
    row = organiser.page.get_by_role("row").filter(has_text=comment)
    row.get_by_role("button", name="Approve").click()
    expect(organiser.page.get_by_text("1 comment approved.")).to_be_visible()

    visitor.page.wait_for_timeout(1000)
    for _ in range(COUNTED_WITHIN_S):
        visitor.page.reload()
        if visitor.page.get_by_text(comment).count():
            break
        visitor.page.wait_for_timeout(1000)
    shown = visitor.page.locator(".comment").filter(has_text=comment)
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("Ada")
    expect(shown).not_to_contain_text("Example")
    assert visitor.has_no_cookie()


def test_an_editor_sees_a_draft_in_the_preview_and_publishes_it(
    welcome: Welcome, visitor: Visitor, running_site: RunningSite
) -> None:
    editor = signed_in(welcome(viewport={"width": 1500, "height": 900}), running_site, "Editor")
    page = editor.page
    petition = running_site.petition("safety-is-not-violence")
    summary = f"A line of the editor's own, {new_address().partition('@')[0]}."
    editor.open(f"/admin/pages/{petition}/edit/")
    page.get_by_label("Ask", exact=False).first.wait_for()
    page.locator("[name=ask]").fill(summary)
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("[data-w-preview-target=iframe], iframe[title=Preview]").first
    expect(preview.get_by_text(summary)).to_be_visible()

    visitor.open(running_site.path_of("safety-is-not-violence"))
    expect(visitor.page.get_by_text(summary)).to_have_count(0)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("has been published").first).to_be_visible()
    visitor.page.wait_for_timeout(1500)
    visitor.page.reload()
    expect(visitor.page.get_by_text(summary)).to_be_visible()


def test_nobody_gets_into_the_workspace_without_signing_in(visitor: Visitor) -> None:
    visitor.open("/admin/signatures/")
    assert visitor.page.url.startswith(f"{visitor.origin}/admin/login/")


def listed_total(organiser: Visitor) -> int:
    """What the list of petitions says that the petition stands at."""
    organiser.open("/admin/petitions/")
    heads = organiser.page.locator("table.listing thead th").all_inner_texts()
    column = [head.strip().lower() for head in heads].index("signatures")
    row = organiser.page.locator("table.listing tbody tr").filter(has_text=TITLE)
    return int(row.locator("td").nth(column).inner_text().replace(",", ""))


def confirm_a_signature(
    visitor: Visitor, running_site: RunningSite, *, comment: str = "", shown_as: str = "not_shown"
) -> None:
    address = new_address()
    visitor.open(running_site.path_of(SLUG))
    visitor.fill_in(address, comment=comment)
    visitor.page.get_by_label("How to show you beside your comment").select_option(shown_as)
    visitor.press("Sign")
    visitor.open_mail(address)
    visitor.follow_mail_link()
    visitor.press("Confirm my signature")
    expect(visitor.page.locator("[data-count]")).to_be_visible()
