"""Settings of the web application: one file, changed from outside by environment variables named CAITIEN_*.

CAITIEN_DATA            folder of the database, the files and the secret key (default: "var" of the checkout, else the user's own data)
CAITIEN_SECRET_KEY      the key that signs sessions, instead of the one made into the data folder at the first start
CAITIEN_DATABASE_URL    "postgresql://…" to use PostgreSQL instead of the embedded SQLite
CAITIEN_HOSTS           names under which it is reached, separated by commas (default: this machine only)
CAITIEN_URL             the address that people type ("https://caitien.example.edu.vn"), for links in e-mails
CAITIEN_HTTPS           "1" when a reverse proxy serves it over HTTPS: secure cookies, HSTS
CAITIEN_FRAMEWORKS      folders of a province's own frameworks (docs/frameworks.md)
CAITIEN_TABLES          folders of own files of school data (docs/school-data.md); "tables" of the data folder is one of them
CAITIEN_JOB_RUNNERS     how many processes do slow work in the background (default: 1; docs/jobs.md)
CAITIEN_DEBUG           "1" shows tracebacks in the browser; never for real use
CAITIEN_PROXIES         how many reverse proxies stand before it (default: 1 with CAITIEN_HTTPS, else 0)
CAITIEN_OIDC_URL, _CLIENT_ID, _SECRET, _NAME, _ORIGINS   sign-in with accounts of an OpenID Connect provider (docs/people.md)
CAITIEN_S3_BUCKET, _KEY, _SECRET, _ENDPOINT, _REGION   to keep uploaded files in an S3 bucket instead of the data folder (docs/evidence.md)
CAITIEN_CLAMD           "host:port" or the path of the socket of clamd, to have uploaded files scanned (docs/evidence.md)
CAITIEN_TESSERACT       the program that reads scans, when it is not found by itself (docs/evidence.md)
CAITIEN_SMTP_HOST, _PORT, _USER, _PASSWORD, CAITIEN_MAIL_FROM   to send mail; without them mail is written to a folder
CAITIEN_LOG_LEVEL       what is written to standard error: DEBUG, INFO, WARNING (default), ERROR
CAITIEN_FRAMEWORKS and CAITIEN_TABLES take several folders, separated as in PATH (":", on Windows ";").
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from caitien.web.accounts.oidc import single_sign_on
from caitien.web.data_folder import data_folder, secret_key
from caitien.web.databases import database
from caitien.web.file_storage import default_storage

WEB = Path(__file__).resolve().parent
DATA = data_folder()


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


DEBUG = os.environ.get("CAITIEN_DEBUG") == "1"
HTTPS = os.environ.get("CAITIEN_HTTPS") == "1"
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = _list("CAITIEN_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = os.environ.get("CAITIEN_URL", "").strip().rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _list("CAITIEN_HOSTS") if host != "*"]

ROOT_URLCONF = "caitien.web.urls"
WSGI_APPLICATION = "caitien.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # of the libraries' tables; ours have UUIDv7 keys

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "simple_history",
    "caitien.web.accounts",
    "caitien.web.schools",
    "caitien.web.plans",
    "caitien.web.evidence",
    "caitien.web.assessments",
    "caitien.web.documents",
    "caitien.web.frameworks",
    "caitien.web.reminders",
    "caitien.web.jobs",
    "caitien.web.ui",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "caitien.web.compression.CompressTexts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "caitien.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "caitien.web.shell.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "caitien.web.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("CAITIEN_DATABASE_URL", ""), DATA)}
CACHES = {  # a folder, so that the workers of one machine count sign-in attempts together
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        # Beyond this many, entries are thrown away at random; of the usual 300, who tries many names empties his own count.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
# The tasks API is a library here, not an installed app: the app would import Django's admin into every worker.
TASKS = {"default": {"BACKEND": "caitien.web.jobs.backend.RunnerBackend"}}  # docs/jobs.md
JOBS_AT_ONCE = False  # tests: a job is done where it is asked for

# --- frameworks of this installation: those that an administrator uploads stand beside those of CAITIEN_FRAMEWORKS ----
OWN_FRAMEWORKS = DATA / "frameworks"
_folders = [folder for folder in os.environ.get("CAITIEN_FRAMEWORKS", "").split(os.pathsep) if folder]
if str(OWN_FRAMEWORKS) not in _folders:
    os.environ["CAITIEN_FRAMEWORKS"] = os.pathsep.join([*_folders, str(OWN_FRAMEWORKS)])

OWN_TABLES = DATA / "tables"  # files of school data, put there by an administrator
_folders = [folder for folder in os.environ.get("CAITIEN_TABLES", "").split(os.pathsep) if folder]
if str(OWN_TABLES) not in _folders:
    os.environ["CAITIEN_TABLES"] = os.pathsep.join([*_folders, str(OWN_TABLES)])

# --- files -----------------------------------------------------------------------------------------------------------
MEDIA_ROOT = DATA / "files"  # never served by address: a view checks who asks
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [WEB / "static"]
STATIC_COLLECTED = (
    os.environ.get("CAITIEN_STATIC_COLLECTED") == "1"
)  # `caitien serve` collects; tests and tools need not
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": default_storage(os.environ),
    "staticfiles": {
        "BACKEND": "caitien.web.static_storage.StaticFiles"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a block of 200 rows pasted into a plan sends its corrections cell by cell
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = DATA / "uploads" / "forms"  # beside what they become, and not in a small /tmp that is memory
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
CLAMD = os.environ.get("CAITIEN_CLAMD", "").strip()  # scans what comes in; "": nothing is scanned

# --- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"  # the strings in code and templates are Vietnamese; locale/en translates them
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "caitien.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"  # many teachers have no e-mail
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USER_DISPLAY = "caitien.web.accounts.adapter.display_name"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cải Tiến"
# How many reverse proxies stand before it: attempts are counted by the address of who asks, not by that of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CAITIEN_PROXIES", "1" if HTTPS else "0"))

# --- sign-in with the account of a province or a ministry (OpenID Connect): nothing of it is loaded without these ----
OIDC = single_sign_on(os.environ)
if OIDC:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC.app], "OAUTH_PKCE_ENABLED": True}}
    SOCIALACCOUNT_ADAPTER = "caitien.web.accounts.single_sign_on.SocialAdapter"
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address alone opens nobody's account
    SOCIALACCOUNT_STORE_TOKENS = False

# --- safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *(OIDC.origins if OIDC else [])],  # the sign-in form leads on to the provider
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "caitien.web.errors.csrf_failure"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

# --- history ---------------------------------------------------------------------------------------------------------
SIMPLE_HISTORY_ENABLED = True

# --- mail ------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("CAITIEN_MAIL_FROM", "caitien@localhost")
EMAIL_SUBJECT_PREFIX = "[Cải Tiến] "
ACCOUNT_EMAIL_SUBJECT_PREFIX = EMAIL_SUBJECT_PREFIX
if host := os.environ.get("CAITIEN_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = host
    EMAIL_PORT = int(os.environ.get("CAITIEN_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("CAITIEN_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("CAITIEN_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 15
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

# --- logging: one line an event on standard error --------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("CAITIEN_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": os.environ.get("CAITIEN_LOG_LEVEL", "WARNING"), "propagate": False},
        "caitien": {"level": "INFO"},
    },
}
