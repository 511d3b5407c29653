"""Every setting of the product, in the order of Django's documentation. Safe for production."""

from pathlib import Path

from mediane.settings import env
from mediane.settings.logging import LOGGING  # noqa: F401 — Django reads it by name
from mediane.settings.security import *

DEBUG = False
DEMONSTRATION = False

SECRET_KEY = env.secret("SECRET_KEY")
SEALING_KEYS = env.secret("MEDIANE_SEALING_KEYS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")

# Data and files
DATA = env.folder("MEDIANE_DATA", "~/.local/share/mediane")
SCRATCH = env.folder("MEDIANE_SCRATCH", "/dev/shm")
OCR_WITHOUT_WALLS = env.yes("MEDIANE_OCR_WITHOUT_WALLS")
DATABASES = {"default": env.database("DATABASE_URL")}
if env.secret("DATABASE_OWNER_URL"):
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
# What is drawn is kept for every worker and every start; the folder may be emptied at any time.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "drawings": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "drawings",
        "TIMEOUT": 30 * 86_400,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "mediane.kit",
    "mediane.accounts",
    "mediane.organisations",
    "mediane.journal",
    "mediane.catalogue",
    "mediane.documents",
    "mediane.people",
    "mediane.mandates",
    "mediane.complaints",
    "mediane.eligibility",
    "mediane.referrals",
    "mediane.casework",
    "mediane.appeals",
    "mediane.debts",
    "mediane.consultations",
    "mediane.correspondence",
    "mediane.entitlements",
    "mediane.findings",
    "mediane.events",
    "mediane.notifications",
    "mediane.search",
    "mediane.mailroom",
    "mediane.imports",
    "mediane.exports",
    "mediane.transfers",
    "mediane.unsent",
    "mediane.attendance",
    "mediane.callbacks",
    "mediane.precedents",
    "mediane.worklists",
    "mediane.statistics",
    "mediane.reports",
    "mediane.jobs",
    "mediane.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mediane.web.request.one_transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "mediane.web.gate.who_is_asking",
    "mediane.web.request.plain_text",
    "mediane.web.keeping.forget_sent",
]
ROOT_URLCONF = "mediane.urls"
WSGI_APPLICATION = "mediane.wsgi.application"
FORM_RENDERER = "mediane.web.forms.NoMarkup"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "mediane.web.design.environment.environment",
            "context_processors": ["mediane.web.design.environment.page_context"],
        },
    }
]

# Language and time: instants are stored in UTC, dates are those of the Caf.
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent.parent / "web" / "design" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

# Mail
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
for _name, _value in env.mail("EMAIL_URL", "smtp://localhost:25").items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Médiation de la Caf <ne-pas-repondre@mediane.invalid>")
MAILBOXES = env.mailboxes("MAILBOXES")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")

# Seams towards other people's systems: dotted paths.
SIGN_IN = "mediane.web.signin.closed"
CRM_URL = env.address("CRM_URL")
CRM_TOKEN = env.secret("CRM_TOKEN")
COMPLAINT_REGISTER = (
    "mediane.integrations.crm.adapter.CrmRegister" if CRM_URL else "mediane.complaints.rules.NoRegister"
)
SCANNER = ""
