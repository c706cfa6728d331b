"""How many requests a limit grants, alone, in batches, and from many threads at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from supporters import limits
from supporters.limits import Ask, Limit, consume, forget_old_limits, network_key, page_key
from supporters.models import LimitBucket, LimitKey
from tests.at_once import at_once

HOUR = timedelta(hours=1)
THREE = Limit("three", burst=3, every=HOUR)
FIVE = Limit("five", burst=5, every=HOUR)


def ask(limit: Limit, name: str = "a") -> Ask:
    return Ask(limit, page_key(limit, sum(name.encode())))


def let_time_pass(time: timedelta) -> None:
    LimitBucket.objects.update(full_until=F("full_until") - time)


@pytest.mark.django_db
class TestOneBucket:
    def test_grants_the_burst_and_then_no_more(self):
        assert [consume([[ask(THREE)]])[0] for _ in range(5)] == [True, True, True, False, False]

    def test_grants_one_more_each_interval(self):
        consume([[ask(THREE)]] * 3)

        let_time_pass(HOUR)

        assert consume([[ask(THREE)]] * 2) == [True, False]

    def test_a_little_less_than_an_interval_is_not_enough(self):
        consume([[ask(THREE)]] * 3)

        let_time_pass(HOUR - timedelta(minutes=1))

        assert consume([[ask(THREE)]]) == [False]

    def test_never_saves_up_more_than_the_burst(self):
        consume([[ask(THREE)]])

        let_time_pass(100 * HOUR)

        assert consume([[ask(THREE)]] * 5) == [True, True, True, False, False]

    def test_a_refused_request_costs_nothing(self):
        consume([[ask(THREE)]] * 3)
        for _ in range(20):
            consume([[ask(THREE)]])

        let_time_pass(HOUR)

        assert consume([[ask(THREE)]]) == [True]

    def test_a_batch_is_granted_in_its_order(self):
        assert consume([[ask(THREE)]] * 5) == [True, True, True, False, False]

    def test_buckets_of_other_names_are_not_touched(self):
        consume([[ask(THREE, "a")]] * 3)

        assert consume([[ask(THREE, "b")]]) == [True]

    def test_nothing_asked_is_nothing_done(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert consume([]) == []
            assert consume([[]]) == [True]

    def test_a_refusal_is_rolled_back_with_its_transaction(self):
        with transaction.atomic():
            consume([[ask(THREE)]] * 3)
            transaction.set_rollback(True)

        assert consume([[ask(THREE)]]) == [True]


@pytest.mark.django_db
class TestSeveralLimits:
    def test_a_request_is_granted_only_by_all_of_its_limits(self):
        asks = [[ask(THREE, name), ask(FIVE)] for name in "aaaabbbb"]

        assert consume(asks) == [True, True, True, False, True, True, False, False]

    def test_what_a_network_was_refused_does_not_use_up_the_page(self):
        flood = [[ask(THREE, "flood"), ask(FIVE)]] * 100
        consume(flood)

        assert consume([[ask(THREE, "honest"), ask(FIVE)]] * 3) == [True, True, False]

    def test_requests_may_name_different_numbers_of_limits(self):
        assert consume([[ask(THREE)], [], [ask(THREE), ask(FIVE)]]) == [True, True, True]

    def test_a_batch_touches_each_bucket_once(self):
        consume([[ask(THREE, name), ask(FIVE)] for name in "abcabc"])

        rows = dict(LimitBucket.objects.values_list("key", "granted"))
        assert {bytes(key): granted for key, granted in rows.items()} == {
            **{ask(THREE, name).key: 2 for name in "abc"},
            ask(FIVE).key: 5,
        }

    def test_a_batch_is_one_statement_for_each_place(self):
        consume([[ask(THREE, "warm"), ask(FIVE, "warm")]])
        before = times_charged()

        consume([[ask(THREE, name), ask(FIVE)] for name in "abcdefgh"])

        assert times_charged() - before == 2, "one for all the networks, one for the page"


def times_charged() -> int:
    """How often this connection ran the statement; the server counts, for Django does not see it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(generic_plans + custom_plans) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%INSERT INTO supporters_limitbucket%"],
        )
        return int(cursor.fetchone()[0])


class TestAgainstAModel(HypothesisTestCase):
    """The statement against the plainest way to write the rule down."""

    @hypothesis_settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 90)), min_size=1, max_size=12))
    def test_grants_as_many_as_a_leaky_bucket_holds(self, moments):
        limit = Limit("model", burst=4, every=timedelta(minutes=30))
        LimitBucket.objects.all().delete()
        level_minutes = 0.0
        for asked, minutes in moments:
            let_time_pass(timedelta(minutes=minutes))
            level_minutes = max(0.0, level_minutes - minutes)
            expected = 0
            while expected < asked and level_minutes + 30 <= 4 * 30:
                level_minutes += 30
                expected += 1
            granted = consume([[ask(limit)]] * asked)
            # Real time passes between two moments; only a whole interval could change the answer.
            assert granted == [True] * expected + [False] * (asked - expected)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_forty_threads_get_exactly_the_burst(self):
        results = at_once(40, lambda _: consume([[ask(FIVE)]])[0])

        assert results.count(True) == 5

    def test_reading_first_and_writing_then_would_grant_too_many(self):
        """The control: the same rule without the one statement."""
        everybody_has_read = threading.Barrier(10)

        def careless(_number: int) -> bool:
            granted = LimitBucket.objects.filter(key=ask(FIVE).key).values_list("granted", flat=True).first() or 0
            everybody_has_read.wait(timeout=30)
            return granted < 5

        assert at_once(10, careless).count(True) > 5

    def test_batches_over_the_same_buckets_in_any_order_do_not_wait_in_a_ring(self):
        names = [chr(97 + number) for number in range(12)]
        many = Limit("many", burst=10_000, every=HOUR)

        def batch(number: int) -> list[bool]:
            ordered = names[number % 12 :] + names[: number % 12]
            granted: list[bool] = []
            for _ in range(10):
                with transaction.atomic():
                    granted += consume([[ask(many, name), ask(many, "page!")] for name in ordered])
                    granted += [True] * forget_old_limits()
            return granted

        results = at_once(8, batch)

        assert all(all(granted) for granted in results)
        assert LimitBucket.objects.get(key=ask(many, "page!").key).granted == 12

    def test_threads_that_start_the_day_together_share_one_secret(self):
        # A process of its own: an earlier test may have left a secret behind in this one.
        limits._secrets.clear()

        keys = at_once(10, lambda _: network_key(THREE, "192.0.2.0/24"))

        assert len(set(keys)) == 1
        assert LimitKey.objects.count() == 1


@pytest.mark.django_db
class TestKeys:
    def test_a_key_says_nothing_of_its_network_and_differs_by_limit(self):
        keys = {network_key(limit, network) for limit in (THREE, FIVE) for network in ("192.0.2.0/24", "192.0.3.0/24")}

        assert len(keys) == 4
        assert all(len(key) == 32 and b"192" not in key for key in keys)

    def test_a_network_has_another_key_the_next_day(self, time_machine):
        time_machine.move_to("2026-05-01T23:59:00Z")
        today = network_key(THREE, "192.0.2.0/24")
        assert network_key(THREE, "192.0.2.0/24") == today

        time_machine.move_to("2026-05-02T00:01:00Z")

        assert network_key(THREE, "192.0.2.0/24") != today

    def test_the_stored_secret_alone_does_not_make_the_key(self, settings):
        from supporters.crypto.keyring import new_keyring

        before = network_key(THREE, "192.0.2.0/24")
        settings.KEYRING = new_keyring().dump()

        assert network_key(THREE, "192.0.2.0/24") != before

    def test_a_secret_that_was_rolled_back_is_not_used_again(self):
        limits._secrets.clear()  # of a test before this one in the same process
        with transaction.atomic():
            rolled_back = network_key(THREE, "192.0.2.0/24")
            transaction.set_rollback(True)

        assert network_key(THREE, "192.0.2.0/24") != rolled_back


@pytest.mark.django_db
class TestForgetting:
    def test_empty_buckets_are_deleted_and_full_ones_kept(self):
        consume([[ask(THREE, "old")]])
        let_time_pass(2 * HOUR)
        consume([[ask(THREE, "new")]])

        assert forget_old_limits() == 1
        assert [bytes(key) for key in LimitBucket.objects.values_list("key", flat=True)] == [ask(THREE, "new").key]

    def test_the_secret_of_yesterday_is_deleted(self, time_machine):
        time_machine.move_to("2026-05-01T12:00:00Z")
        network_key(THREE, "192.0.2.0/24")
        time_machine.move_to("2026-05-02T00:30:00Z")
        network_key(THREE, "192.0.2.0/24")

        forget_old_limits()

        assert [str(day) for day in LimitKey.objects.values_list("day", flat=True)] == ["2026-05-02"]

    def test_limits_are_never_written_to_the_log_of_the_database(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class "
                "WHERE relpersistence = 'u' AND relkind = 'r' AND relname LIKE 'supporters%'"
            )
            assert {name for (name,) in cursor.fetchall()} == {"supporters_limitbucket", "supporters_limitkey"}
