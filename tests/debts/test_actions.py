"""A table is kept as it is typed, a deduction with its reasoning; a scale is entered once for all."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from mediane.casework import actions as casework
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import Case
from mediane.debts import actions, queries
from mediane.debts.actions.scales import Text
from mediane.debts.models import Calculation, DeductionScale, Explanation
from mediane.debts.rules.kept import Asked, Resources, Typed
from mediane.debts.rules.scale import Scale, Slice
from mediane.debts.rules.schedule import Debt
from mediane.debts.rules.typed import Row
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.kit.once import AlreadySent
from tests.cast import Cast
from tests.stories import a_studied_case

ROWS = (Row("mars 2026", "300", "500", "Salaire de février"), Row("avril 2026", "30x", ""))
TYPED = Typed(ROWS, "APL")
DEBTS = (Debt("Trop-perçu d’APL", date(2019, 10, 2), Decimal("1842.60")),)
ASKED = Asked(first=date(2020, 3, 1), resources=Resources.YEAR, income=Decimal(593), debts=DEBTS)
SLICES = (
    Slice(Decimal(300), Decimal(600), Decimal(25)),
    Slice(Decimal(600), None, Decimal("62.5")),
)
OF_2027 = Scale(date(2027, 1, 1), date(2027, 12, 31), Decimal(50), SLICES, Decimal(1200))
TEXT = Text(scale=OF_2027, source="Arrêté du 18 décembre 2026, article 5")


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def in_paris(cast: Cast, case: Case):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


@pytest.fixture
def at_the_cnaf(cast: Cast):
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        yield


def test_a_table_is_kept_as_typed_what_is_wrong_too(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    saved = actions.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.nadia, at=at)
    written = queries.written_for(case, at.date())
    assert (saved.version, saved.saved_by) == (1, "Nadia Pruvost")
    assert written.typed == TYPED
    assert str(written.faults[0]).startswith("Ligne\u00a02, dû")
    assert written.explained is None
    assert Entry.objects.filter(verb="save_explanation", subject=case.reference).count() == 1


def test_what_is_kept_says_nothing_in_the_clear(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    actions.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.nadia, at=at)
    made = actions.calculate_deduction(case=case, asked=ASKED, by=cast.nadia, at=at)
    for sealed in (Explanation.objects.get().sealed, made.sealed):
        assert b"Salaire" not in bytes(sealed)
        assert b"593" not in bytes(sealed)


def test_the_same_table_sent_twice_is_written_once(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    for _ in range(2):
        saved = actions.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.nadia, at=at)
    assert saved.version == Explanation.objects.get().version == 1


def test_the_second_to_save_is_told_who_was_first_and_overwrites_nothing(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    actions.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.nadia, at=at)
    mine = replace(TYPED, rows=ROWS[:1])
    with pytest.raises(actions.SavedMeanwhile, match="Nadia Pruvost a enregistré un autre tableau le 9"):
        actions.save_explanation(case=case, typed=mine, seen_version=0, by=cast.claire, at=at)
    assert queries.written_for(case, at.date()).typed == TYPED
    saved = actions.save_explanation(case=case, typed=mine, seen_version=1, by=cast.claire, at=at)
    assert (saved.version, saved.saved_by) == (2, "Claire Vasseur")


def test_a_page_that_saves_by_itself_never_comes_too_late_behind_itself(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    page = uuid4()
    for rank in range(3):
        typed = Typed((Row("mars 2026", str(rank), "5"),))
        saved = actions.save_explanation(
            case=case, typed=typed, seen_version=0, by=cast.nadia, at=at, edited_in=page
        )
    assert saved.version == 3


@pytest.mark.parametrize(
    "typed",
    [
        Typed((Row("mars 2026", "1", "2", "n° 2 90 05 75 123 456 89"),)),
        Typed((Row("mars 2026", "1", "2", "x" * 501),)),
        Typed((Row("mars 2026", "1", "2"),) * 81),
        Typed(ROWS, "PICNIC"),
    ],
)
def test_what_is_never_kept_is_refused(
    cast: Cast, case: Case, at: datetime, in_paris: None, typed: Typed
) -> None:
    with pytest.raises(actions.TooMuch):
        actions.save_explanation(case=case, typed=typed, seen_version=0, by=cast.nadia, at=at)
    assert not Explanation.objects.exists()


def test_nothing_is_written_in_a_closed_case_nor_by_another_caf(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.remi, at=at)
    with pytest.raises(PermissionDenied):
        actions.calculate_deduction(case=case, asked=ASKED, by=cast.remi, at=at)
    casework.withdraw(case=case, by=cast.claire, at=at)
    with pytest.raises(MoveRefused):
        actions.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.nadia, at=at)
    with pytest.raises(MoveRefused):
        actions.calculate_deduction(case=case, asked=ASKED, by=cast.nadia, at=at)


def test_a_deduction_is_kept_with_its_scale_its_reasoning_and_who(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    made = actions.calculate_deduction(case=case, asked=ASKED, by=cast.nadia, at=at)
    worked = queries.opened_calculation(made, case)
    assert (made.rank, made.scale.number, made.made_by, made.made_at) == (1, 2, "Nadia Pruvost", at)
    assert worked.asked == ASKED
    assert worked.deduction.amount == Decimal("150.45")
    assert [part.taken for part in worked.deduction.parts][:3] == [49, Decimal("32.50"), Decimal("68.95")]


def test_unknown_resources_are_those_the_scale_deems(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    made = actions.calculate_deduction(case=case, asked=replace(ASKED, income=None), by=cast.nadia, at=at)
    assert queries.opened_calculation(made, case).deduction.income == 1186


@pytest.mark.parametrize("first", [date(2026, 11, 1), date(2002, 7, 1), date(2019, 12, 31)])
def test_a_month_without_a_scale_is_refused_and_nothing_is_invented(
    cast: Cast, case: Case, at: datetime, in_paris: None, first: date
) -> None:
    with pytest.raises(actions.NoScale, match=r"n’en invente pas\. Barèmes connus\s: du 1er"):
        actions.calculate_deduction(case=case, asked=replace(ASKED, first=first), by=cast.nadia, at=at)
    assert not Calculation.objects.exists()


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2001, 12, 31), None),
        (date(2002, 1, 1), 1),
        (date(2002, 6, 30), 1),
        (date(2020, 1, 1), 2),
        (date(2020, 12, 31), 2),
        (date(2021, 1, 1), None),
    ],
)
def test_a_day_has_the_scale_of_an_order_or_none(day: date, number: int | None, in_paris: None) -> None:
    found = queries.scale_on(day)
    assert (found.number if found else None) == number


def test_mayotte_has_a_scale_of_its_own(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    assert queries.scale_on(date(2020, 3, 1), "75") is not None
    assert queries.scale_on(date(2020, 3, 1), "976") is None


def test_a_page_sent_twice_works_out_once(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    key = uuid4()
    for _ in range(2):
        made = actions.calculate_deduction(case=case, asked=ASKED, by=cast.nadia, at=at, entry_key=key)
    assert Calculation.objects.get() == made
    other = replace(ASKED, income=Decimal(700))
    with pytest.raises(AlreadySent):
        actions.calculate_deduction(case=case, asked=other, by=cast.nadia, at=at, entry_key=key)


def test_the_national_mediation_enters_a_scale_that_holds_at_once(
    cast: Cast, at: datetime, at_the_cnaf: None
) -> None:
    entered = actions.enter_scale(text=TEXT, by=cast.helene, at=at)
    assert (entered.number, entered.entered_by) == (3, "Hélène Marchetti")
    found = queries.scale_on(date(2027, 5, 1))
    assert found == entered
    assert found.rule == OF_2027


def test_nobody_else_enters_one_and_nobody_changes_one(cast: Cast, at: datetime, at_the_cnaf: None) -> None:
    with pytest.raises(PermissionDenied):
        actions.enter_scale(text=TEXT, by=cast.claire, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeductionScale.objects.update(flat=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeductionScale.objects.all().delete()


def test_a_second_scale_for_the_same_days_is_refused_with_who_was_first(
    cast: Cast, at: datetime, at_the_cnaf: None
) -> None:
    actions.enter_scale(text=TEXT, by=cast.helene, at=at)
    with pytest.raises(actions.ScaleRefused, match="barème 3, saisi par Hélène Marchetti, vaut déjà"):
        actions.enter_scale(text=replace(TEXT, source="Autre"), by=cast.helene, at=at)
    with pytest.raises(actions.ScaleRefused, match="avant le premier"):
        actions.enter_scale(
            text=replace(TEXT, scale=replace(OF_2027, valid_until=at.date())), by=cast.helene, at=at
        )


def test_a_mistake_is_corrected_by_another_scale_and_what_was_worked_out_keeps_its_own(
    cast: Cast, case: Case, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        made = actions.calculate_deduction(case=case, asked=ASKED, by=cast.nadia, at=at)
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        wrong = DeductionScale.objects.get(number=2)
        corrected = replace(TEXT, scale=replace(wrong.rule, flat=Decimal(48)), corrects=wrong)
        right = actions.enter_scale(text=corrected, by=cast.helene, at=at)
        with pytest.raises(actions.ScaleRefused, match="déjà corrigé"):
            actions.enter_scale(text=replace(corrected, source="Encore"), by=cast.helene, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        again = actions.calculate_deduction(case=case, asked=ASKED, by=cast.nadia, at=at)
        assert (Calculation.objects.get(pk=made.pk).scale, again.scale) == (wrong, right)
        assert queries.opened_calculation(again, case).deduction.amount == Decimal("149.45")


def test_a_page_sent_twice_enters_one_scale(cast: Cast, at: datetime, at_the_cnaf: None) -> None:
    key = uuid4()
    for _ in range(2):
        actions.enter_scale(text=TEXT, by=cast.helene, at=at, entry_key=key)
    assert DeductionScale.objects.filter(number__gt=2).count() == 1
    with pytest.raises(AlreadySent):
        actions.enter_scale(text=replace(TEXT, source="Autre"), by=cast.helene, at=at, entry_key=key)
