"""A mailing of an organiser."""

import pytest
from django.contrib.auth.models import Permission

from home.models import User
from supporters.mailings.running import go_on_with_mailings
from supporters.models import (
    Mailing,
)
from supporters.services.mailing import (
    save_mailing,
    start_mailing,
)

BODY = "Dear all,\n\nthe vote is on Monday: https://campaign.example/vote?a=1&b=2 <b>Come!</b>"


@pytest.fixture
def organiser():
    user = User.objects.create_user("organiser@example.org", "a long password for tests")
    user.user_permissions.add(Permission.objects.get(codename="send_mailings"))
    return user


@pytest.fixture
def mailing(organiser):
    return save_mailing(mailing=Mailing(subject="This week", body=BODY), by=organiser)


def start(mailing):
    start_mailing(mailing=mailing, by=mailing.written_by, count=1)


def send_out(mailing, sender):
    """All of it, the sender taking what there is whenever the outbox is full."""
    start(mailing)
    go_on_with_mailings(sleep=lambda _: sender.send_due())
    while sender.send_due():
        pass
    mailing.refresh_from_db()


def got(sink):
    return sorted(received.recipient for received in sink.received)
