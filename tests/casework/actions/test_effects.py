"""Money of a case: one records, another validates, a new line corrects."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from mediane.casework import actions
from mediane.casework.models import Case, FinancialEffect
from mediane.casework.rules.money import totals
from mediane.casework.states import Act, Effect
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case


def a_change(kind: Effect = Effect.BACK_PAYMENT, before: str = "0", after: str = "930.40") -> actions.Change:
    return actions.Change(
        kind=kind,
        benefit="APL",
        decision="Droits d’avril à juin",
        before=Decimal(before),
        after=Decimal(after),
        evidence="Notification du 12 octobre",
    )


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def total(case: Case, kind: Effect = Effect.BACK_PAYMENT) -> Decimal:
    return totals(case.effects.all())[kind]


def test_a_line_counts_once_a_second_person_has_validated_it(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
        assert total(case) == 0
        with pytest.raises(actions.NotByOneself, match="une autre personne la valide"):
            actions.validate_effect(effect=line, by=cast.nadia, at=at)
        actions.validate_effect(effect=line, by=cast.claire, at=at)
        assert total(case) == Decimal("930.40")
        with pytest.raises(actions.AlreadyValidated, match="déjà validée par Claire Vasseur"):
            actions.validate_effect(effect=line, by=cast.amine, at=at)
        assert [step.act for step in case.steps.order_by("-pk")[:2]] == [
            Act.VALIDATE_EFFECT,
            Act.RECORD_EFFECT,
        ]
        assert not case.steps.filter(
            act__in=(Act.RECORD_EFFECT, Act.VALIDATE_EFFECT), is_shared=True
        ).exists()


def test_a_correction_stands_for_the_line_once_validated(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
        actions.validate_effect(effect=line, by=cast.claire, at=at)
        other = actions.correct_effect(effect=line, change=a_change(after="903.40"), by=cast.nadia, at=at)
        assert total(case) == Decimal("930.40")
        actions.validate_effect(effect=other, by=cast.claire, at=at)
        assert total(case) == Decimal("903.40")
        with pytest.raises(actions.AlreadyCorrected):
            actions.correct_effect(effect=line, change=a_change(), by=cast.nadia, at=at)
        nothing = actions.correct_effect(effect=other, change=a_change(after="0"), by=cast.nadia, at=at)
        actions.validate_effect(effect=nothing, by=cast.claire, at=at)
        assert total(case) == 0
        assert case.effects.count() == 3


@pytest.mark.parametrize("kind", Effect)
def test_amounts_that_say_the_contrary_are_refused(
    cast: Cast, at: datetime, case: Case, kind: Effect
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        refused = 0
        for before, after in (("0", "10"), ("10", "0"), ("10", "10"), ("0", "1000000.01")):
            try:
                change = a_change(kind, before, after)
                actions.record_effect(case=case, change=change, by=cast.nadia, at=at)
            except actions.NoEffect:
                refused += 1
        assert (refused, case.effects.get().amount) == (3, Decimal(10))


def test_money_comes_after_the_reply_too(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        given = {"outcome": "revised", "cause": "OTHER", "grounds": ["NON_PAYMENT"]}
        actions.answer(case=case, by=cast.claire, at=at, **given)
        later = at + timedelta(days=60)
        line = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=later)
        actions.validate_effect(effect=line, by=cast.claire, at=later)
        assert total(case) == Decimal("930.40")


def test_the_head_validates_as_a_second_person_and_sees_no_case(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = actions.record_effect(case=case, change=a_change(), by=cast.claire, at=at)
    with rowsecurity.working_for(rowsecurity.head(cast.paris.pk)):
        read = FinancialEffect.objects.get(pk=line.pk)
        actions.validate_effect(effect=read, by=cast.agnes, at=at)
        assert not Case.objects.exists()
        with pytest.raises(actions.AlreadyValidated, match="déjà validée par Agnès Delattre"):
            actions.validate_effect(effect=read, by=cast.agnes, at=at)
        assert rowsecurity.current() == rowsecurity.head(cast.paris.pk)
        assert not Case.objects.exists()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert total(case) == Decimal("930.40")
        last = case.steps.latest("pk")
        assert (last.act, last.by_name) == (Act.VALIDATE_EFFECT, "Agnès Delattre")


def test_the_head_records_corrects_and_changes_no_line(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = actions.record_effect(case=case, change=a_change(), by=cast.claire, at=at)
        with pytest.raises(PermissionDenied):
            actions.record_effect(case=case, change=a_change(), by=cast.agnes, at=at)
        with pytest.raises(PermissionDenied):
            actions.correct_effect(effect=line, change=a_change(), by=cast.agnes, at=at)
    with rowsecurity.working_for(rowsecurity.head(cast.paris.pk)):
        changed = {"validated_at": at, "validated_by": "Agnès Delattre", "validated_by_id": cast.agnes.id}
        assert FinancialEffect.objects.filter(pk=line.pk).update(**changed) == 0
    with rowsecurity.working_for(rowsecurity.head(cast.tarn.pk)):
        assert not FinancialEffect.objects.exists()


def test_nobody_of_another_caf_writes_or_validates(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
        with pytest.raises(PermissionDenied):
            actions.record_effect(case=case, change=a_change(), by=cast.remi, at=at)
        with pytest.raises(PermissionDenied):
            actions.validate_effect(effect=line, by=cast.remi, at=at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert not FinancialEffect.objects.exists()


def test_the_database_keeps_lines_as_they_were(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
        mine = FinancialEffect.objects.filter(pk=line.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(validated_at=at, validated_by="Nadia Pruvost", validated_by_id=cast.nadia.id)
        for change in ({"amount": 5}, {"kind": "debt_remitted"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                mine.update(**change)
        actions.validate_effect(effect=line, by=cast.claire, at=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(validated_at=None, validated_by="", validated_by_id=None)
