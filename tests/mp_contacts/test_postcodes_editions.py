"""Editions replace one another in every process, and what is wrong with a new one leaves the old one serving."""

import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import transaction

from mp_contacts.models import PostcodeDirectory
from mp_contacts.postcodes import DamagedDirectory, ShrunkenDirectory, seat_for, serving, store_content, store_directory
from mp_contacts.postcodes.files import DirectoryBuilder
from tests.at_once import at_once

OLD, NEW = "E14000001", "E14000002"


def store(seat, *postcodes, edition="May"):
    return store_directory(edition=edition, pairs=[(postcode, seat) for postcode in postcodes or ("ZA1 1AA",)])


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A machine that has kept no copy yet; returns where it would keep one."""
    folder = tmp_path / "copies"
    monkeypatch.setattr(serving, "copies_folder", lambda: folder)
    return folder


@pytest.fixture
def process():
    """Another process: it looks when it is told to, not by the clock."""
    return serving.CurrentEdition()


@pytest.mark.django_db
def test_without_a_directory_no_postcode_has_a_seat(process):
    assert process.seat_of("ZA1 1AA") == ""


@pytest.mark.django_db
def test_whoever_stores_an_edition_is_answered_from_it_at_once():
    store(OLD)
    assert seat_for("za1 1aa") == OLD
    store(NEW)
    assert seat_for("za1 1aa") == NEW


@pytest.mark.django_db
def test_another_process_goes_on_with_the_old_edition_until_it_looks(process):
    store(OLD)
    assert process.seat_of("ZA1 1AA") == OLD
    store(NEW)
    assert process.seat_of("ZA1 1AA") == OLD
    process.look_soon()
    assert process.seat_of("ZA1 1AA") == NEW


@pytest.mark.django_db
def test_the_database_is_asked_once_for_many_postcodes(process, django_assert_num_queries):
    store(OLD)
    process.seat_of("ZA1 1AA")
    process.look_soon()
    with django_assert_num_queries(1):  # which edition is current
        for _ in range(1000):
            process.seat_of("ZA1 1AA")


@pytest.mark.django_db
def test_a_process_looks_by_itself_after_a_few_seconds(process, monkeypatch):
    store(OLD)
    process.seat_of("ZA1 1AA")
    store(NEW)
    now = serving.time.monotonic()
    monkeypatch.setattr(serving.time, "monotonic", lambda: now + serving.LOOK_EVERY_S + 1)

    assert process.seat_of("ZA1 1AA") == NEW


@pytest.mark.django_db
def test_an_edition_that_is_rolled_back_is_never_served_elsewhere(process):
    def store_and_give_up():
        with transaction.atomic():
            store(NEW)
            raise KeyboardInterrupt

    store(OLD)
    with pytest.raises(KeyboardInterrupt):
        store_and_give_up()
    assert process.seat_of("ZA1 1AA") == OLD
    serving.look_soon()
    assert seat_for("ZA1 1AA") == OLD


@pytest.mark.django_db
def test_an_interrupted_reading_changes_nothing():
    def half():
        yield "ZA1 1AA", NEW
        raise KeyboardInterrupt

    store(OLD)
    with pytest.raises(KeyboardInterrupt):
        store_directory(edition="June", pairs=half())
    assert seat_for("ZA1 1AA") == OLD
    assert PostcodeDirectory.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("damage", [{"content": b"PARASOLP"}, {"content": b""}, {"sha256": "0" * 64}])
def test_damaged_in_the_database_the_old_edition_goes_on_serving(process, damage, caplog):
    store(OLD)
    assert process.seat_of("ZA1 1AA") == OLD
    store(NEW)
    PostcodeDirectory.objects.filter(is_current=True).update(**damage)
    process.look_soon()

    assert process.seat_of("ZA1 1AA") == OLD
    assert "cannot be used" in caplog.text
    if "content" in damage:
        assert process.seat_of("ZA1 1AA") == OLD, "and is not fetched again for every postcode"
        assert caplog.text.count("cannot be used") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [lambda data: data[:-3], lambda data: b"", lambda data: data[:70] + b"x" + data[71:]])
def test_a_damaged_copy_on_disk_is_fetched_anew(machine, process, spoil):
    stored = store(OLD)
    process.seat_of("ZA1 1AA")
    copy = machine / f"{stored.sha256}.bin"
    copy.write_bytes(spoil(copy.read_bytes()))

    assert serving.CurrentEdition().seat_of("ZA1 1AA") == OLD
    assert copy.read_bytes() == bytes(stored.content)


@pytest.mark.django_db
def test_one_copy_is_kept_and_whoever_maps_an_older_one_is_not_disturbed(machine, process):
    store(OLD)
    process.seat_of("ZA1 1AA")
    stored = store(NEW)
    assert seat_for("ZA1 1AA") == NEW

    assert [path.name for path in machine.iterdir()] == [f"{stored.sha256}.bin"]
    assert process.seat_of("ZA1 1AA") == OLD


@pytest.mark.django_db
def test_a_disk_that_cannot_be_written_to_costs_memory_only(tmp_path, monkeypatch, process):
    (tmp_path / "in the way").write_text("a file where a folder should be")
    monkeypatch.setattr(serving, "copies_folder", lambda: tmp_path / "in the way" / "copies")
    store(OLD)

    assert process.seat_of("ZA1 1AA") == OLD


@pytest.mark.django_db
def test_the_last_two_editions_are_kept():
    for number, seat in enumerate([OLD, NEW, "E14000003"]):
        store(seat, edition=f"Edition {number}")

    assert list(PostcodeDirectory.objects.order_by("pk").values_list("edition", "is_current")) == [
        ("Edition 1", False),
        ("Edition 2", True),
    ]


@pytest.mark.django_db
def test_the_same_edition_again_is_not_stored_twice():
    assert store(OLD).pk == store(OLD).pk


@pytest.mark.django_db
def test_an_edition_with_less_than_half_is_refused_unless_somebody_insists():
    store(OLD, "ZA1 1AA", "ZA1 1AB", "ZA1 1AD")
    builder = DirectoryBuilder()
    builder.add("ZA1 1AA", NEW)
    content, postcodes = builder.content()

    with pytest.raises(ShrunkenDirectory, match="1 postcodes, and the current one 3"):
        store_content(edition="June", content=content, postcodes=postcodes)
    assert seat_for("ZA1 1AA") == OLD
    store_content(edition="June", content=content, postcodes=postcodes, is_forced=True)
    assert seat_for("ZA1 1AA") == NEW


@pytest.mark.django_db
def test_bytes_that_are_no_directory_are_not_stored():
    with pytest.raises(DamagedDirectory):
        store_content(edition="June", content=b"no directory", postcodes=1)
    assert not PostcodeDirectory.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_while_editions_change_get_one_edition_or_the_other(process):
    postcodes = ["ZA1 1AA", "ZA2 2BB"]
    store(OLD, *postcodes)
    assert process.seat_of("ZA1 1AA") == OLD
    is_over = threading.Event()

    def act(which):
        if which == 0:
            for number in range(10):
                store(OLD if number % 2 else NEW, *postcodes)
                process.look_soon()
            is_over.set()
            return set()
        seen = set()
        while not is_over.is_set():
            seen |= {process.seat_of(postcode) for postcode in postcodes}
        return seen

    assert set().union(*at_once(4, act)) == {OLD, NEW}


@pytest.mark.django_db(transaction=True)
def test_imports_at_the_same_time_leave_one_current_edition():
    at_once(4, lambda which: store(f"E1400000{which}", edition=str(which)))

    assert PostcodeDirectory.objects.filter(is_current=True).count() == 1
    assert PostcodeDirectory.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_storing_leaves_the_old_edition(process):
    store(OLD)
    program = (
        "import django, os; django.setup()\n"
        "from django.conf import settings; from django.db import connection, transaction\n"
        f"settings.DATABASES['default']['NAME'] = {settings.DATABASES['default']['NAME']!r}\n"
        f"connection.settings_dict['NAME'] = {settings.DATABASES['default']['NAME']!r}\n"
        "from mp_contacts.postcodes import store_directory\n"
        "with transaction.atomic():\n"
        f"    store_directory(edition='June', pairs=[('ZA1 1AA', {NEW!r})])\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False, cwd=settings.BASE_DIR)

    assert killed.returncode == -9
    assert process.seat_of("ZA1 1AA") == OLD
    assert PostcodeDirectory.objects.get().edition == "May"
