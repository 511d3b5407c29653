"""OpenFisca-France, a program of its own, where it is installed (extra `rights`)."""

import json
import sys
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings

from mediane.entitlements.rules import Household, Unbelievable, amounts
from mediane.entitlements.states import Right
from mediane.integrations.openfisca.situation import situation
from mediane.kit import confined
from mediane.kit.confined import Limits

PACKAGE = "openfisca-france"
ARGUMENTS = ("-m", "mediane.integrations.openfisca.program")
# Loading the law takes five to twelve seconds, the rest one or two.
LIMITS = Limits(seconds=120, memory=4 * 1024**3)


class NotComputed(Exception):
    """With a sentence for whoever asked."""


def installed() -> str | None:
    """« OpenFisca-France 176.1.8 », or nothing."""
    try:
        return f"OpenFisca-France {version(PACKAGE)}"
    except PackageNotFoundError:
        return None


def compute(household: Household) -> tuple[dict[Right, Decimal], str]:
    """Amounts of the month, and what computed them.

    :raises NotComputed: without the program, after its time, or if what it says cannot be believed.
    """
    computed_with = installed()
    if computed_with is None:
        raise NotComputed("Le calculateur n’est plus installé sur ce serveur.")
    try:
        return amounts(_asked(situation(household))), computed_with
    except confined.TooLong as error:
        raise NotComputed("Le calculateur a mis trop de temps. Recommencez plus tard.") from error
    except (confined.Absent, confined.Failed, ValueError, Unbelievable) as error:
        raise NotComputed("Le calculateur n’a pas pu traiter ce foyer.") from error


def _asked(told: dict[str, Any]) -> Any:
    with confined.workplace(Path(settings.SCRATCH), "rights") as folder:
        (folder / "situation.json").write_text(json.dumps(told))
        command = (sys.executable, "-I", *ARGUMENTS, "situation.json")
        return json.loads(confined.run(command, folder=folder, limits=LIMITS))
