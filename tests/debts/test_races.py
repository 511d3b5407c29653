"""Two people at the same moment: one table, two calculations, one scale."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from mediane.casework.models import Case
from mediane.debts import actions
from mediane.debts.models import Calculation, DeductionScale, Explanation
from mediane.debts.rules.kept import Typed
from mediane.debts.rules.typed import Row
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.correspondence.test_races import together
from tests.debts.test_actions import ASKED, TEXT
from tests.stories import a_studied_case


def test_of_two_first_tables_one_is_kept_and_the_other_is_told(
    committed: str, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)

    def saving(by, due: str):
        def save() -> None:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                mine = Case.objects.get(pk=case.pk)
                typed = Typed((Row("mars 2026", due, "500"),))
                actions.save_explanation(case=mine, typed=typed, seen_version=0, by=by, at=at)

        return save

    (refused,) = together(saving(cast.claire, "1"), saving(cast.nadia, "2"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        saved = Explanation.objects.get()
    assert refused.startswith(f"{saved.saved_by} a enregistré un autre tableau")
    assert saved.version == 1


def test_two_calculations_take_two_ranks(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)

    def calculating(income: int):
        def calculate() -> None:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                mine = Case.objects.get(pk=case.pk)
                asked = replace(ASKED, income=Decimal(income))
                actions.calculate_deduction(case=mine, asked=asked, by=cast.nadia, at=at)

        return calculate

    assert together(calculating(500), calculating(700)) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert sorted(Calculation.objects.values_list("rank", flat=True)) == [1, 2]


def test_of_two_scales_for_the_same_days_one_is_entered(committed: str, cast: Cast, at: datetime) -> None:
    def entering(source: str):
        def enter() -> None:
            with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
                actions.enter_scale(text=replace(TEXT, source=source), by=cast.helene, at=at)

        return enter

    (refused,) = together(entering("Arrêté lu par l’une"), entering("Arrêté lu par l’autre"))
    assert "vaut déjà du 1er\u00a0janvier\u00a02027" in refused
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        assert DeductionScale.objects.filter(number__gt=2).count() == 1
