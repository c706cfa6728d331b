"""The chain is checked on record, its head goes to data officers, and the shell tells what does not hold."""

import io
import json

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from home.models import User
from supporters.audit import check_chain, record_audit
from supporters.audit_checks import data_officers, last_check, mail_audit_head
from supporters.emails import audit_head_mail
from supporters.mails import render
from supporters.models import AuditEntry, Message
from tests.petitions.organisers import boss, colleague

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def chain():
    return [record_audit(actor=None, action="exported", subject=f"Export {number}") for number in range(3)]


def spoil(statement: str) -> None:
    with pgtrigger.ignore("supporters.AuditEntry:append_only"), connection.cursor() as cursor:
        cursor.execute(statement)


def verify(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue().strip()


def test_command_prints_the_newest_head(chain):
    head = check_chain().head

    assert verify() == f"The audit trail holds. Its newest head: {head}"
    assert verify("--head", str(head)) == f"The audit trail holds. Its newest head: {head}"
    assert AuditEntry.objects.count() == 3, "it changes nothing"


def test_command_names_the_first_broken_place(chain):
    spoil("UPDATE supporters_auditentry SET count = 7 WHERE sequence = 2")

    with pytest.raises(CommandError, match=r"^The audit trail does not hold\. Entry 2 was changed\.$"):
        verify()


def test_command_finds_a_cut_tail_by_the_head(chain):
    head = str(check_chain().head)
    spoil("DELETE FROM supporters_auditentry WHERE sequence = 3")

    assert verify().startswith("The audit trail holds.")
    with pytest.raises(CommandError, match="Entries from 3 to 3 were cut off"):
        verify("--head", head)


def test_command_refuses_what_is_no_head():
    with pytest.raises(CommandError, match="A head is a number"):
        verify("--head", "7")


def test_data_officers_are_all_active_users_with_the_permission_however_they_got_it():
    by_hand, by_birth = colleague("view_auditentry", email="hand@example.org"), boss()
    colleague(email="editor@example.org")
    gone = colleague("view_auditentry", email="gone@example.org")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    in_group = User.objects.create_user("group@example.org", "a long password for tests")
    from django.contrib.auth.models import Group, Permission

    for name in ("One", "Two"):
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="view_auditentry"))
        in_group.groups.add(group)

    assert set(data_officers()) == {by_hand, in_group, by_birth}
    assert data_officers().count() == 3


def test_daily_mail_carries_a_head_that_verifies(chain):
    colleague("view_auditentry")

    assert mail_audit_head() == 1

    message = Message.objects.get()
    head = json.loads(message.body)["head"]
    assert head == str(check_chain().head)
    assert verify("--head", head).startswith("The audit trail holds.")
    mail = render(message)
    assert mail is not None
    assert mail.subject == "A number to keep"
    assert head in mail.body
    assert head in str(mail.alternatives[0].content)


def test_daily_mail_says_so_when_the_chain_is_broken(chain):
    colleague("view_auditentry")
    spoil("UPDATE supporters_auditentry SET purpose = 'x' WHERE sequence = 2")

    mail_audit_head()

    mail = audit_head_mail(Message.objects.get())
    assert mail.context["broken"] == "Entry 2 was changed."
    assert mail.context["head"].startswith("1:")
    rendered = render(Message.objects.get())
    assert rendered is not None
    assert rendered.subject == "Please look into this today"
    assert "Entry 2 was changed." in rendered.body


def test_nobody_to_tell_still_checks(chain):
    assert mail_audit_head() == 0
    assert last_check() is not None


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_page_lists_entries_and_says_what_the_last_check_found(chain):
    client = signed_in(colleague("view_auditentry"))

    page = client.get(reverse("audit:index")).content.decode()
    assert "Export 2" in page
    assert "has not been checked yet" in page

    page = client.post(reverse("audit:verify"), follow=True).content.decode()
    assert "The audit trail holds up to entry 3." in page
    assert "Holds up to entry 3" in page
    assert "Robin" in page
    check = last_check()
    assert check is not None
    assert check.actor_label == "Robin"


def test_button_says_where_the_chain_is_broken(chain):
    spoil("UPDATE supporters_auditentry SET subject = 'x' WHERE sequence = 1")

    page = signed_in(colleague("view_auditentry")).post(reverse("audit:verify"), follow=True).content.decode()

    assert "Entry 1 was changed." in page
    assert "Broken at entry 1" in page


def test_page_filters_by_action_person_and_day(chain):
    grace = colleague("view_auditentry", email="grace@example.org")
    record_audit(actor=grace, action="erase_supporter", subject="A person")
    client = signed_in(grace)

    def subjects(**asked: str) -> list[str]:
        return [entry.subject for entry in client.get(reverse("audit:index"), asked).context["object_list"]]

    assert subjects(action="erase_supporter") == ["A person"]
    assert subjects(actor=str(grace.pk)) == ["A person"]
    assert len(subjects(at_from="2020-01-01")) == 4
    assert subjects(at_to="2020-01-01") == []


def test_looking_changes_nothing_and_a_get_does_not_check(chain):
    client = signed_in(colleague("view_auditentry"))

    client.get(reverse("audit:index"))

    assert client.get(reverse("audit:verify")).status_code == 405
    assert AuditEntry.objects.count() == 3


@pytest.mark.parametrize("url", ["audit:index", "audit:index_results", "audit:verify"])
def test_nobody_else_reaches_the_audit_trail(url):
    client = signed_in(colleague("view_supporter", "export_supporters", "add_segment"))

    assert client.get(reverse(url)).status_code == 302
    assert client.post(reverse(url)).status_code == 302
    assert not AuditEntry.objects.exists()
