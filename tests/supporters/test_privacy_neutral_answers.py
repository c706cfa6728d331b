"""The answer to whoever asks for the link is the same for every address, down to its time."""

import itertools
import random
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.models import Signature
from supporters.identity import email_key
from tests.supporters.privacy_visits import ask, meet_everybody

pytestmark = pytest.mark.django_db

TRIES = 200


@pytest.fixture
def addresses():
    return meet_everybody()


def answer(response):
    return response.status_code, sorted(response.items()), response.content, dict(response.cookies)


def test_every_address_gets_the_same_bytes_and_headers(client, addresses):
    answers = [answer(ask(client, address, network)) for network, address in enumerate(addresses)]
    followed = [
        answer(client.post("/privacy/", {"email": address}, REMOTE_ADDR="192.0.2.1", follow=True))
        for address in addresses
    ]

    assert all(each == answers[0] for each in answers)
    assert answers[0][0] == 303
    assert all(each == followed[0] for each in followed)
    assert followed[0][0] == 200


def test_every_address_runs_the_same_statements(client, addresses):
    """Whatever a clock can measure: nothing is looked up, so nothing can differ."""
    ask(client, "warm@example.org", 99)
    ran = []
    for network, address in enumerate(addresses):
        with CaptureQueriesContext(connection) as queries:
            ask(client, address, network)
        ran.append([shape_of(query["sql"]) for query in queries.captured_queries])

    assert all(each == ran[0] for each in ran)
    # The day's secret for limits is read anew where no test before this one has committed it.
    looked = [statement for statement in ran[0] if "supporters_" in statement]
    assert [statement for statement in looked if statement != "SELECT supporters_limitkey"] == [
        "INSERT supporters_message"
    ]


def shape_of(sql):
    """A statement without its values: what it does, and to which table."""
    words = sql.replace('"', "").split()
    tables = [table for word, table in itertools.pairwise(words) if word in {"FROM", "INTO", "JOIN", "UPDATE"}]
    return " ".join([words[0], *tables])


def test_server_times_do_not_tell_a_known_address_from_an_unknown_one(client, addresses):
    """Interleaved and in random order, so that a busy moment hits both; once more before a verdict."""
    effects = []
    for attempt in range(2):
        effects.append(effect_of_knowing(client, first_network=attempt * 2 * TRIES))
        if abs(effects[-1]) < 0.2:
            return
    pytest.fail(f"Times differ: effect sizes {effects}.")


def effect_of_knowing(client, *, first_network):
    """How much oftener a known address takes longer than an unknown one, as Cliff's delta: 0 is not at all.

    By ranks and not by means: one stall of the machine moves a mean by more than any lookup would.
    """
    tries = [("known@example.org", 0), ("unknown@example.org", 1)] * TRIES
    random.Random(7).shuffle(tries)
    times = [[], []]
    for network, (address, which) in enumerate(tries, start=first_network):
        began = time.perf_counter()
        response = ask(client, address, network)
        times[which].append(time.perf_counter() - began)
        assert response.status_code == 303
    known, unknown = times
    wins = sum((a > b) - (a < b) for a in known for b in unknown)
    return wins / (len(known) * len(unknown))


def test_effect_is_found_where_there_is_one(client, addresses, monkeypatch):
    """The control: with one lookup for known addresses alone, the same measure tells them apart."""
    from supporters.privacy import asking

    queue = asking.queue_message

    def looking(**message):
        if message["recipient"].startswith("known"):
            for _ in range(3):
                list(Signature.objects.filter(supporter__email_key=email_key(message["recipient"])))
        return queue(**message)

    monkeypatch.setattr(asking, "queue_message", looking)

    assert abs(effect_of_knowing(client, first_network=5000)) > 0.2
