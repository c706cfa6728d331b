"""The settings under test: the real ones, only faster and stricter."""

import os
from pathlib import Path

from campaign_site.embedded import embedded_database_url

os.environ.setdefault("ENVIRONMENT", "development")
os.environ.setdefault("EMAIL_URL", "eml:")
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = embedded_database_url(
        Path(__file__).parent.parent / "var" / "postgres-test", durable=False
    )

from campaign_site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DNS_RESOLVER = "supporters.clients.resolver.FakeResolver"
# The committing thread has a connection of its own, which does not see a test's open transaction.
# Tests of group commit itself, and every test through the real server, switch it on.
GROUP_COMMIT = False
# Static files straight from where they are written; nothing is collected for a test.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
