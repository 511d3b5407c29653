from dataclasses import dataclass
from datetime import date

from mediane.casework.models import Case
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.debts.models import Calculation, DeductionScale, Explanation
from mediane.debts.rules import kept
from mediane.debts.rules.overpayment import Explained, explained
from mediane.debts.rules.typed import Fault, read
from mediane.documents.queries import opened
from mediane.kit import sealing

# Its deductions follow a decree of their own, that no scale here says.
MAYOTTE = "976"


@dataclass(frozen=True)
class Written:
    """The table of a case as it is, and what it says once nothing is wrong in it."""

    explanation: Explanation | None
    typed: kept.Typed
    faults: tuple[Fault, ...]
    explained: Explained | None

    @property
    def version(self) -> int:
        return self.explanation.version if self.explanation else 0


def written_for(case: Case, today: date) -> Written:
    explanation = Explanation.objects.filter(case=case).first()
    typed = opened_table(explanation, case) if explanation else kept.Typed(benefit=_only_benefit(case))
    return as_read(explanation, typed, today)


def as_read(explanation: Explanation | None, typed: kept.Typed, today: date) -> Written:
    """What rows say, saved or only typed."""
    reading = read(typed.rows, today=today)
    about = every(Benefit)[typed.benefit].short if typed.benefit else ""
    said = explained(reading.table, about) if reading.table else None
    return Written(explanation, typed, reading.faults, said)


def opened_table(explanation: Explanation, case: Case) -> kept.Typed:
    return kept.typed_of(
        sealing.unseal(bytes(explanation.sealed), opened(case.key), context=kept.EXPLANATION)
    )


def _only_benefit(case: Case) -> str:
    return case.benefits[0] if len(case.benefits) == 1 else ""


def scales() -> list[DeductionScale]:
    """Every scale, the latest first; those that another corrects too."""
    return list(DeductionScale.objects.select_related("correction").order_by("-valid_from", "-number"))


def standing_scales() -> list[DeductionScale]:
    """Those in force on some day, in the order of their days."""
    return list(DeductionScale.objects.standing().order_by("valid_from"))


def scale_numbered(number: int) -> DeductionScale | None:
    return DeductionScale.objects.filter(number=number).first()


def scale_on(day: date, caf_code: str = "") -> DeductionScale | None:
    """The scale in force on a day, if it is known."""
    if caf_code == MAYOTTE:
        return None
    # Two that stand never overlap.
    return DeductionScale.objects.standing().filter(valid_from__lte=day, valid_until__gte=day).first()


def calculations_of(case: Case) -> list[Calculation]:
    """The last one first."""
    return list(Calculation.objects.select_related("scale").filter(case=case).order_by("-rank"))


def calculation_of(case: Case, rank: int) -> Calculation | None:
    return Calculation.objects.select_related("scale").filter(case=case, rank=rank).first()


def opened_calculation(calculation: Calculation, case: Case) -> kept.Worked:
    return kept.worked_of(
        sealing.unseal(bytes(calculation.sealed), opened(case.key), context=kept.CALCULATION)
    )
