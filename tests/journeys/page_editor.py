"""What an editor does on the page where a page is written."""

from http import HTTPStatus

from playwright.sync_api import Locator, Page, expect


def save(page: Page) -> None:
    # An older message may still stand there, and what the page does by itself is not answered like this.
    with page.expect_response(lambda answer: answer.status == HTTPStatus.FOUND):
        page.get_by_role("button", name="Save draft").first.click()
    page.wait_for_load_state()
    expect(page.locator(".messages .success").first).to_be_visible()


def choose_menu(page: Page, name: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).click()


def add_part(page: Page, label: str) -> None:
    """Press the last + of the stream and choose a part by its name."""
    page.get_by_role("button", name="Insert a block").last.click()
    page.locator(".w-combobox").get_by_role("option", name=label, exact=True).click()


def type_into(page: Page, name: str, words: str) -> None:
    """Into a field with formatting."""
    rich_text(page, name).click()
    page.keyboard.type(words)


def rich_text(page: Page, name: str) -> Locator:
    return page.locator(f"[name={name}]").locator("xpath=following::div[@contenteditable='true'][1]")
