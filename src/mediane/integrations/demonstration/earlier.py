"""What the Caf counted before the first year told case by case: a year of its list, two of its report."""

from datetime import timedelta
from random import Random

from mediane.imports import actions
from mediane.imports.rules import CASES_MODEL, TOTALS_MODEL
from mediane.integrations.demonstration.story import Service
from mediane.integrations.demonstration.years import FIRST
from mediane.kit import rowsecurity, spreadsheet

CHANNELS = ("Courrier", "Courrier", "Courriel", "Téléphone")
BENEFITS = ("RSA", "RSA", "APL", "AAH", "Prime d’activité", "Allocations familiales")
GROUNDS = ("Trop-perçu incompris", "Absence de paiement", "Décision incomprise", "Délai de traitement")
CAUSES = ("Erreur de liquidation", "Justificatif manquant", "Renouvellement tardif")
OUTCOMES = ("Révisée", "Révisée en partie", "Maintenue")
NUMBER = 240


def bring_in(service: Service) -> None:
    """By the mediator, as anybody would: two files, read then taken."""
    chance = Random("années passées")  # noqa: S311 — nothing secret is drawn
    cases = [_case(chance, FIRST - 1, number) for number in range(1, NUMBER + 1)]
    totals = [
        [str(before), measure, value, str(number)]
        for before, numbers in (
            (FIRST - 3, (1187, 402, 655, 311, 221)),
            (FIRST - 2, (1236, 437, 671, 342, 223)),
        )
        for (measure, value), number in zip(
            (
                ("demandes reçues", ""),
                ("hors médiation", ""),
                ("canal", "Courrier"),
                ("canal", "Courriel"),
                ("canal", "Téléphone"),
            ),
            numbers,
            strict=True,
        )
    ]
    # Not just now: figures would be caught up with all of these years again.
    by, at = service.mediator, service.now - timedelta(hours=2)
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        for name, rows in (
            (f"saisines {FIRST - 1}.csv", [CASES_MODEL[0], *cases]),
            ("rapports d’activité.csv", [TOTALS_MODEL[0], *totals]),
        ):
            read = actions.read_file(name=name, data=spreadsheet.as_csv(rows), by=by, at=at)
            actions.take(read=read, by=by, at=at)


def _case(chance: Random, year: int, number: int) -> list[str]:
    """Received and answered in the same year: the next one has its own cases."""
    month, day = (number - 1) * 11 // NUMBER + 1, chance.randint(1, 28)
    is_out = chance.random() < 0.3
    received = f"{day:02}/{month:02}/{year}"
    told = [f"{year}-{number:04}", received, chance.choice(CHANNELS), "Allocataire"]
    if is_out:
        return [*told, chance.choice(BENEFITS), "", "oui", "", "", ""]
    answered = f"{chance.randint(1, 28):02}/{month + 1:02}/{year}"
    answer = (answered, chance.choice(CAUSES), chance.choice(OUTCOMES))
    return [*told, chance.choice(BENEFITS), chance.choice(GROUNDS), "non", *answer]
