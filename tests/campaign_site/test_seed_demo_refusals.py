"""Where the demo campaign does not belong, and what a failed start leaves behind."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import Page

from home.models import HomePage, ParasolImage, User
from tests.factories.petitions import HomePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_production_is_refused(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        call_command("seed_demo")
    assert not HomePage.objects.exists()


def test_a_site_with_a_home_page_of_its_own_is_left_alone(capsys, tmp_path):
    HomePageFactory(title="Our own campaign")
    call_command("seed_demo")
    assert "nothing was changed" in capsys.readouterr().out
    assert HomePage.objects.get().get_descendants().count() == 0
    assert not User.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_fails_leaves_nothing_and_the_next_one_finishes(capsys):
    root = Page.objects.get(depth=1)
    in_the_way = root.add_child(instance=Page(title="In the way", slug="safe-to-report"))
    with pytest.raises(ValidationError):
        call_command("seed_demo")
    assert not User.objects.exists()
    assert not ParasolImage.objects.exists()
    in_the_way.delete()
    call_command("seed_demo")
    assert "Loaded the demo campaign" in capsys.readouterr().out
    assert HomePage.objects.get(locale__language_code="en").get_descendants().count() > 8


def test_sign_ins_of_organisers_who_are_there_already_are_not_touched(tmp_path):
    User.objects.create_superuser("ada@example.org", "her own password")
    call_command("seed_demo")
    assert [user.email for user in User.objects.all()] == ["ada@example.org"]
    assert list(tmp_path.glob("organiser.txt")) == []
