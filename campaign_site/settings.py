"""Every setting, read once from the environment. `.env.example` explains each variable.

A variable that is missing where it must not be, or that does not parse, stops the start with its name.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, validate

from campaign_site import parts
from campaign_site.edge.public_policy import PUBLIC_POLICY
from campaign_site.log_scrubbing import logging_settings
from campaign_site.mail.providers import anymail_settings, provider_in

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# What the site writes by itself: keys it made, mail in files, uploads, its own PostgreSQL.
VAR_DIR = BASE_DIR / env.str("VAR_DIR", "var")

ENVIRONMENT: str = env.str("ENVIRONMENT", "development", validate=validate.OneOf(["development", "production"]))
IS_PRODUCTION = ENVIRONMENT == "production"
DEBUG: bool = env.bool("DEBUG", False)
PORT: int = env.int("PORT", 8000)

# Where people reach the site. Every link in a mail begins with it, whatever the request's Host says.
PUBLIC_ORIGIN: str = (
    env.str("PUBLIC_ORIGIN") if IS_PRODUCTION else env.str("PUBLIC_ORIGIN", f"http://127.0.0.1:{PORT}")
).rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_ORIGIN
IS_HTTPS = urlsplit(PUBLIC_ORIGIN).scheme == "https"
ALLOWED_HOSTS: list[str] = [
    urlsplit(PUBLIC_ORIGIN).hostname or "",
    *env.list("EXTRA_HOSTS", []),
    *([] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]),
]
TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", 0, validate=validate.Range(min=0, max=5))


def _secret(name: str, file: Path) -> str:
    """The variable ``name``; in development, what `make run` generated into ``file``."""
    if IS_PRODUCTION:
        return str(env.str(name, validate=validate.Length(min=1)))
    value: str = env.str(name, "")
    if value or file.exists():
        return value or file.read_text().strip()
    from campaign_site.development_keys import generate  # noqa: PLC0415  (only ever needed on the very first start)

    return generate(file)


def _keyring() -> str:
    path: str = env.str("KEYRING_FILE", "")
    if path:
        return Path(path).read_text().strip()
    return _secret("KEYRING", VAR_DIR / "keys" / "keyring.json")


SECRET_KEY = _secret("SECRET_KEY", VAR_DIR / "keys" / "secret_key")
KEYRING = _keyring()


def _database_url() -> str:
    url: str = env.str("DATABASE_URL") if IS_PRODUCTION else env.str("DATABASE_URL", "")
    if url:
        return url
    from campaign_site.embedded import embedded_database_url  # noqa: PLC0415

    return embedded_database_url(VAR_DIR / "postgres")


_database = dj_database_url.parse(_database_url(), engine="django.db.backends.postgresql")
DATABASES = {
    "default": {
        **_database,
        # Django switches prepared statements off altogether. With a threshold nobody reaches, exactly
        # those are prepared that ask for it: the few that every signature runs.
        "OPTIONS": {**_database.get("OPTIONS", {}), "prepare_threshold": 1_000_000_000},
        # Short, because a connection opened while a table is tiny keeps the plans made for it.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = parts.INSTALLED_APPS
MIDDLEWARE = parts.MIDDLEWARE
ROOT_URLCONF = "campaign_site.urls"
WSGI_APPLICATION = "campaign_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "home.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

# Languages: English at the root, the others under their code. Content languages follow in WAGTAIL_CONTENT_LANGUAGES.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("cy", "Cymraeg"),
    ("es", "Español"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# A translation begins as a draft: published at once, it would be in English under the name of another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE: str = env.str("TIME_ZONE", "Europe/London")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "supporters.crypto.uploads.LockedUploadHandler",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
# Exports and imports until they are fetched or done, each encrypted under a key of its own. Web and worker
# must see the same place.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "supporters.private_storage.PrivateFolder", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail. EMAIL_URL is `eml:` (one file a message in var/mail), smtp://, smtp+tls:// or
# smtp+ssl://user:password@host:port, or a provider as campaign_site.mail.providers names it.
EMAIL_URL: str = env.str("EMAIL_URL") if IS_PRODUCTION else env.str("EMAIL_URL", "eml:")
_mail = urlsplit(EMAIL_URL)
MAIL_PROVIDER = provider_in(_mail)
if MAIL_PROVIDER:
    EMAIL_BACKEND = MAIL_PROVIDER.backend
elif _mail.scheme == "eml":
    EMAIL_BACKEND = "campaign_site.mail.eml.EmlBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = _mail.username or ""
EMAIL_HOST_PASSWORD = _mail.password or ""
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtp+ssl"
EMAIL_TIMEOUT = 20  # seconds
MAIL_API_KEY: str = env.str("MAIL_API_KEY", "")
# What the provider reports afterwards: taken, bounced, marked as spam. Off, its reports are answered with 404.
MAIL_WEBHOOKS: bool = env.bool("MAIL_WEBHOOKS", False)
MAIL_WEBHOOK_KEY: str = env.str("MAIL_WEBHOOK_KEY", "")
MAIL_WEBHOOK_SECRET: str = env.str("MAIL_WEBHOOK_SECRET", "")
MAIL_WEBHOOK_VIEW = MAIL_PROVIDER.view if MAIL_PROVIDER and MAIL_WEBHOOKS else None
ANYMAIL = (
    anymail_settings(
        MAIL_PROVIDER,
        _mail,
        key=MAIL_API_KEY,
        webhook_key=MAIL_WEBHOOK_KEY,
        webhook_secret=MAIL_WEBHOOK_SECRET,
        timeout=EMAIL_TIMEOUT,
    )
    if MAIL_PROVIDER
    else {}
)
# Neutral on purpose: the name is what somebody looking over a shoulder sees.
DEFAULT_FROM_EMAIL: str = (
    env.str("MAIL_FROM") if IS_PRODUCTION else env.str("MAIL_FROM", "Updates <updates@example.org>")
)
# Where in the sender's DNS the key lies that mail is signed with; the provider says so.
MAIL_DKIM_SELECTOR: str = env.str("MAIL_DKIM_SELECTOR", "")
DNS_RESOLVER = "supporters.clients.resolver.DnsResolver"
DEVELOPMENT_MAILBOX = not IS_PRODUCTION and _mail.scheme == "eml"

# Sessions and tokens exist for organisers only; public pages set no cookie at all.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
SECURE_SSL_REDIRECT = IS_HTTPS and not TRUSTED_PROXY_COUNT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS and env.bool("HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is hard to take back: each operator's own decision
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = PUBLIC_POLICY

WAGTAIL_SITE_NAME: str = env.str("SITE_NAME", "Parasol")
WAGTAILIMAGES_IMAGE_MODEL = "home.ParasolImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic", "avif"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "heic": "jpeg"}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1

COUNTRIES_FIRST = ["GB", "IE"]
PROCRASTINATE_ON_APP_READY = None

# Letters to MPs. Only these very words, in production, let a letter go to a member; anything else, or nothing,
# sends every letter to the reflect address. See mp_contacts.delivery.reflecting and mp_contacts.checks.
LETTERS_TO_MEMBERS: str = env.str("LETTERS_TO_MEMBERS", "")
LETTERS_REFLECT_TO: str = env.str("LETTERS_REFLECT_TO", "reflected-letters@example.org")
LETTERS_PER_MEMBER_PER_HOUR: int = env.int("LETTERS_PER_MEMBER_PER_HOUR", 30, validate=validate.Range(min=1, max=600))
MEMBERS_API = "https://members-api.parliament.uk/api"
POSTCODES_IO = "https://api.postcodes.io"

# A BigBlueButton server for events, as `bbb-conf --secret` prints it.
BBB_URL: str = env.str("BBB_URL", "")
BBB_SECRET: str = env.str("BBB_SECRET", "")

# A Jitsi server that takes tokens, and the two words that it and this site know.
JITSI_URL: str = env.str("JITSI_URL", "")
JITSI_APP_ID: str = env.str("JITSI_APP_ID", "")
JITSI_APP_SECRET: str = env.str("JITSI_APP_SECRET", "")

# A "server-to-server OAuth" app of a Zoom account, and what Zoom signs its calls to this site with.
ZOOM_ACCOUNT_ID: str = env.str("ZOOM_ACCOUNT_ID", "")
ZOOM_CLIENT_ID: str = env.str("ZOOM_CLIENT_ID", "")
ZOOM_CLIENT_SECRET: str = env.str("ZOOM_CLIENT_SECRET", "")
ZOOM_WEBHOOK_SECRET: str = env.str("ZOOM_WEBHOOK_SECRET", "")
ZOOM_TOKENS = "https://zoom.us/oauth/token"
ZOOM_API = "https://api.zoom.us"

# How many signatures a page, and a network, may send before people are asked to wait.
LIMIT_NETWORK_BURST: int = env.int("LIMIT_NETWORK_BURST", 60, validate=validate.Range(min=1))
LIMIT_NETWORK_PER_MINUTE: int = env.int("LIMIT_NETWORK_PER_MINUTE", 30, validate=validate.Range(min=1))
LIMIT_PAGE_PER_MINUTE: int = env.int("LIMIT_PAGE_PER_MINUTE", 20_000, validate=validate.Range(min=1))

# How long people who agreed to hear from us are kept after their own last act. Shorter is allowed, longer is not.
KEEP_SUPPORTERS_DAYS: int = env.int("KEEP_SUPPORTERS_DAYS", 365, validate=validate.Range(min=60, max=365))

# Waiting signatures are committed together; tests, which roll each test back, commit them in place.
GROUP_COMMIT = True

LOGGING = logging_settings(root=env.str("LOG_LEVEL", "WARNING"), ours=env.str("LOG_LEVEL", "INFO"))

env.seal()
