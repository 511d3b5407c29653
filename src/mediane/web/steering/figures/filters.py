"""What may be chosen on a page of figures, and what is chosen."""

from datetime import date

from mediane.catalogue.models import Benefit, Channel
from mediane.catalogue.queries import in_force
from mediane.kit.text import fold
from mediane.organisations.queries import all_cafs
from mediane.web.steering.figures.asked import LAST_TWELVE, OF_A_REGION, THE_NETWORK, WITHOUT, Asked
from mediane.web.steering.figures.read import Read

Options = list[tuple[str, str]]
Filter = tuple[str, str, Options, str]  # its words, its name, what it offers, what is chosen


def filters(found: Read, today: date, *, is_national: bool) -> list[Filter]:
    here = found.asked
    years = _years(found, today)
    channels = [("", "Tous"), *((one.code, one.label) for one in in_force(Channel, today))]
    benefits = [("", "Toutes"), *((one.code, one.short) for one in in_force(Benefit, today))]
    periods = [(LAST_TWELVE, "12 derniers mois"), *((year, f"Année {year}") for year in years)]
    kept = [
        ("Période", "periode", periods, here.period.code),
        ("Comparer à", "comparer", *_compared(here, years)),
        ("Canal", "canal", channels, here.by.channel),
        ("Prestation", "prestation", benefits, here.by.benefit),
    ]
    return [("Lieu", "lieu", _places(), here.place_code), *kept] if is_national else kept


def _years(found: Read, today: date) -> list[str]:
    """Since anything was counted, and the one shown whatever it is."""
    first = found.first.year if found.first else today.year
    code = found.asked.period.code
    shown = [int(code)] if code.isdecimal() else []
    return [str(year) for year in sorted({*range(first, today.year + 1), *shown}, reverse=True)]


def _compared(here: Asked, years: list[str]) -> tuple[Options, str]:
    options = [("", "Période d’avant"), (WITHOUT, "Rien")]
    if here.before is None:
        return options, WITHOUT
    is_before = here.before.since.year == here.period.since.year - 1
    if here.period.code.isdecimal():
        others = [year for year in years if year != here.period.code]
        options[1:1] = [(year, f"Année {year}") for year in others]
    return options, "" if is_before else here.before.code


def _places() -> Options:
    cafs = all_cafs()
    regions = sorted({caf.network_region for caf in cafs}, key=fold)
    return [
        (THE_NETWORK, "Réseau des Caf"),
        *((f"{OF_A_REGION}{region}", f"Région {region}") for region in regions),
        *((caf.code, f"{caf.code} {caf.name}") for caf in cafs),
    ]
