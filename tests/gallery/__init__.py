"""Every page and state of the demo campaign, looked at and judged. Not a test: it takes minutes. See `make gallery`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
