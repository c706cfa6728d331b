"""The settings for `make lint`: with the applications that only check migrations."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]

# Milestones, talking points, speakers: a few rows that editors alone write, so that a lock of a moment stops nobody.
MIGRATION_LINTER_OPTIONS = {"ignore_name": ["0065_speak_other_languages"]}
