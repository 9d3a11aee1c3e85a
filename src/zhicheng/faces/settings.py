"""Settings of the site (设置), every value from the environment with a default that works on one machine.

Not here: anything of a city (that is its plan folder) or of a law (that is library/).
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zhicheng.base.errors import UnreadableInput

VAR = Path(
    os.environ.get("ZHICHENG_VAR", "var")
).resolve()  # database, attachments, anchors, secret: all that a city is
PACKAGE = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """The site's secret: from the environment, else made once and kept beside the database, readable by its owner only."""
    if key := os.environ.get("ZHICHENG_SECRET_KEY"):
        return key
    file = VAR / "secret_key"
    if not file.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(os.urandom(48).hex())
    return file.read_text()


def _database(url: str) -> dict[str, object]:
    """sqlite:///path or postgresql://user:password@host:port/name as Django wants it."""
    parts = urlparse(url)
    if parts.scheme not in ("sqlite", "postgresql"):
        raise UnreadableInput(
            f"数据库地址读不懂：{parts.scheme or url}",
            where="--db 或 ZHICHENG_DB",
            todo="写 sqlite:////路径 或 postgresql://用户:口令@主机/库名",
        )
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path if parts.path.startswith("//") is False else parts.path[1:],
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # recursive_triggers: INSERT OR REPLACE must meet the guards of immutable rows as well.
                # FULL: what was confirmed to a person survives a power cut (DESIGN 2.2).
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("ZHICHENG_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ZHICHENG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASE_URL = os.environ.get("ZHICHENG_DB", f"sqlite:///{VAR / 'city.sqlite3'}")
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "zhicheng.store",
    "zhicheng.faces.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhicheng.faces.web.errors.PeopleErrors",
]
ROOT_URLCONF = "zhicheng.faces.urls"
WSGI_APPLICATION = "zhicheng.faces.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhicheng.faces.web.context.site",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "faces" / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zhicheng.faces.web.assets.MarkedFiles"},
}
WHITENOISE_MAX_AGE = 31536000  # every address carries a mark of its content
WHITENOISE_USE_FINDERS = True  # served from the package itself: no collecting step, nothing fetched
MEDIA_ROOT = VAR / "attachments"  # never under a served path: files leave through a view that asks the policy

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "zhicheng.faces.web.errors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = os.environ.get("ZHICHENG_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Letters (daily digests): written to files beside the database until a mail server is named.
EMAIL_HOST = os.environ.get("ZHICHENG_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("ZHICHENG_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ZHICHENG_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZHICHENG_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ZHICHENG_MAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("ZHICHENG_MAIL_FROM", "zhicheng@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"

# A fault of the program is written to the standard error with its trace: the page tells people to report address and time.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"dated": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "dated"},
        "none": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {
            "handlers": ["none"],
            "propagate": False,
        },  # anybody can fill a disk with these
    },
}

AUTH_USER_MODEL = "store.Account"
SESSION_ENGINE = "zhicheng.store.sessions"
SESSION_COOKIE_AGE = int(os.environ.get("ZHICHENG_SESSION_IDLE_MINUTES", "30")) * 60  # idle: renewed by use
SESSION_ABSOLUTE_AGE = int(os.environ.get("ZHICHENG_SESSION_HOURS", "10")) * 3600  # whatever the use
SESSIONS_PER_ACCOUNT = int(os.environ.get("ZHICHENG_SESSIONS_PER_ACCOUNT", "3"))  # the oldest gives way
LOCKOUT_ATTEMPTS = int(os.environ.get("ZHICHENG_LOCKOUT_ATTEMPTS", "5"))
LOCKOUT_MINUTES = int(os.environ.get("ZHICHENG_LOCKOUT_MINUTES", "15"))
CHAIN_ALGORITHM = os.environ.get("ZHICHENG_CHAIN", "sha256")  # or sm3
ATTACHMENT_MAX_BYTES = int(os.environ.get("ZHICHENG_ATTACHMENT_MEGABYTES", "50")) * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "zhicheng.faces.web.uploads.Ceiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Folders of fonts beside the system's own, e.g. the office's licensed 仿宋_GB2312.
PAPER_FONTS = [folder for folder in os.environ.get("ZHICHENG_FONTS", "").split(os.pathsep) if folder]
ANCHORS = Path(os.environ.get("ZHICHENG_ANCHORS", VAR / "anchors"))  # best on another disk, or printed

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
