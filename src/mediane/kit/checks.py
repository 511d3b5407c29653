"""Settings verified at boot, each with what to do."""

import shutil
from typing import Any

from django.conf import settings
from django.core.checks import WARNING, CheckMessage, Error, register

from mediane.kit import confined
from mediane.kit.sealing import Keyring

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@register
def demonstration_stays_at_home(**_: Any) -> list[CheckMessage]:
    """The page of invented people opens every door: it may exist on loopback only."""
    if settings.DEMONSTRATION and not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return [
            Error(
                "The demonstration is switched on for a public host.",
                hint="Use mediane.settings.base, or leave ALLOWED_HOSTS to the demonstration.",
                id="mediane.E001",
            )
        ]
    if not settings.DEMONSTRATION and "demonstration" in settings.SIGN_IN:
        return [
            Error(
                "The demonstration’s sign-in is chosen outside the demonstration.",
                hint="Set SIGN_IN to the organisation’s own sign-in.",
                id="mediane.E002",
            )
        ]
    return []


@register
def the_register_has_a_token(**_: Any) -> list[CheckMessage]:
    if settings.CRM_URL and len(settings.CRM_TOKEN) < 16:
        return [
            Error(
                "CRM_TOKEN is missing or short.",
                hint="Give the token of the register, or leave CRM_URL empty.",
                id="mediane.E005",
            )
        ]
    return []


@register
def keys_are_given(**_: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < 32:
        problems.append(
            Error("SECRET_KEY is missing or short.", hint="Give 50 random characters.", id="mediane.E003")
        )
    try:
        Keyring.from_setting(settings.SEALING_KEYS)
    except ValueError as error:
        problems.append(
            Error(
                f"MEDIANE_SEALING_KEYS: {error}",
                hint="Keys of 32 bytes in base64, the current one first: openssl rand -base64 32",
                id="mediane.E004",
            )
        )
    return problems


@register
def recognition_is_walled(**_: Any) -> list[CheckMessage]:
    """Installed, and yet nothing would be recognised: nobody would know why."""
    is_here = shutil.which("ocrmypdf", path=confined.PATH) is not None
    if not is_here or settings.OCR_WITHOUT_WALLS or confined.can_wall():
        return []
    return [
        CheckMessage(
            WARNING,
            "Scanned letters are not recognised: nothing here shuts these programs in.",
            hint="Install bubblewrap, let the kernel and the unit open user namespaces "
            "(docs/operating/install.md), or set MEDIANE_OCR_WITHOUT_WALLS=yes.",
            id="mediane.W001",
        )
    ]
