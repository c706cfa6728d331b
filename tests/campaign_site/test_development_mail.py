"""Mail in development: one file a message, and a mailbox to read and click them in."""

import stat
import threading
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from campaign_site.mail.eml import EmlBackend


@pytest.fixture
def mail_folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "campaign_site.mail.eml.EmlBackend"
    settings.DEVELOPMENT_MAILBOX = True
    return tmp_path / "mail"


def send(subject: str = "Please confirm", text: str = "Press https://example.org/go/abc/ to confirm.") -> None:
    message = EmailMultiAlternatives(subject, text, "Updates <updates@example.org>", ["maria@example.org"])
    message.attach_alternative(f'<p>{text}</p><script>alert(1)</script><a href="/go/abc/">Confirm</a>', "text/html")
    assert message.send() == 1


def send_ten() -> None:
    for _ in range(10):
        send()


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_each_message_is_one_private_file_that_a_mail_program_can_open(mail_folder: Path) -> None:
    send("Ünïcode ✓")
    [file] = mail_folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    message: Any = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["Subject"] == "Ünïcode ✓"
    assert message["To"] == "maria@example.org"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_file_names_sort_by_time_and_say_nothing_of_the_recipient(mail_folder: Path) -> None:
    for number in range(3):
        send(f"Number {number}")
    files = sorted(mail_folder.iterdir())
    assert [f"Number {n}" in file.read_text() for n, file in enumerate(files)] == [True, True, True]
    assert not any("maria" in file.name or "example" in file.name for file in files)


def test_many_senders_at_once_lose_nothing_and_leave_no_half_file(mail_folder: Path) -> None:
    threads = [threading.Thread(target=send_ten) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(mail_folder)) == 80
    assert all(name.endswith(".eml") and not name.startswith(".") for name in names(mail_folder))


def test_a_disk_that_refuses_is_an_error_and_not_a_sent_message(tmp_path: Path) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.write_text("a file where the folder should be")
    message = EmailMultiAlternatives("Subject", "Text", "a@example.org", ["b@example.org"])
    with pytest.raises(OSError, match="mail"):
        EmlBackend(file_path=in_the_way).send_messages([message])
    assert EmlBackend(file_path=in_the_way, fail_silently=True).send_messages([message]) == 0


@pytest.mark.django_db
def test_the_mailbox_lists_the_newest_message_first(client: Client, mail_folder: Path) -> None:
    send("The older one")
    send("The newer one")
    page = client.get("/dev/mailbox/").content.decode()
    assert page.index("The newer one") < page.index("The older one")


@pytest.mark.django_db
def test_an_empty_mailbox_says_so(client: Client, mail_folder: Path) -> None:
    assert "No message yet" in client.get("/dev/mailbox/").content.decode()


@pytest.mark.django_db
def test_a_message_shows_its_head_and_its_links_can_be_followed(client: Client, mail_folder: Path) -> None:
    send()
    [file] = mail_folder.iterdir()
    response = client.get(f"/dev/mailbox/{file.stem}/")
    page = response.content.decode()
    assert "maria@example.org" in page
    assert 'href="https://example.org/go/abc/"' in page
    assert "<script>alert" not in page
    assert "frame-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_html_part_stands_alone_and_can_run_and_fetch_nothing(client: Client, mail_folder: Path) -> None:
    send()
    [file] = mail_folder.iterdir()
    response = client.get(f"/dev/mailbox/{file.stem}/html/")
    policy_text = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy_text
    assert "script-src" not in policy_text
    assert "sandbox allow-top-navigation-by-user-activation" in policy_text
    assert "frame-ancestors 'self'" in policy_text
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in response.content.decode()


@pytest.mark.django_db
def test_the_mailbox_is_never_stored_and_sets_no_cookie(client: Client, mail_folder: Path) -> None:
    send()
    [file] = mail_folder.iterdir()
    for path in ("/dev/mailbox/", f"/dev/mailbox/{file.stem}/", f"/dev/mailbox/{file.stem}/html/"):
        response = client.get(path)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["", "20260101T000000.000000Z-0123456789ab/", "20260101T000000.000000Z-0123456789ab/html/"]
)
def test_without_the_setting_there_is_no_mailbox(
    client: Client, mail_folder: Path, settings: LazySettings, name: str
) -> None:
    settings.DEVELOPMENT_MAILBOX = False
    assert client.get(f"/dev/mailbox/{name}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../../etc/passwd", "..%2f..%2fsettings", "20260101T000000.000000Z-0123456789ab"])
def test_only_messages_can_be_asked_for(client: Client, mail_folder: Path, name: str) -> None:
    assert client.get(f"/dev/mailbox/{name}/").status_code == 404
