"""The demonstration’s settings on a test database of one’s own, with mail kept in memory."""

from mediane.settings import env

env.furnish_tests()

from mediane.settings.demonstration import *  # noqa: E402 — the bench must stand before the settings

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
