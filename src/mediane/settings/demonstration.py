"""The demonstration on one's own machine: invented people, one-click sign-in, loopback only."""

from mediane.settings.base import *

DEMONSTRATION = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
SIGN_IN = "mediane.web.demonstration.sign_in"
# Nobody’s papers are here, and not every machine of a developer has bubblewrap.
OCR_WITHOUT_WALLS = True

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_NAME = "mediane"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrf"
CSRF_COOKIE_SECURE = False
