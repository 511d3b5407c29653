"""Rights of a household: facts and amounts are sealed, kept once, and computed by another program."""

import json
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mediane.casework.models import Case
from mediane.entitlements import actions
from mediane.entitlements.models import Estimate
from mediane.entitlements.queries import estimates_of
from mediane.entitlements.states import Right, State
from mediane.integrations.openfisca import adapter
from mediane.jobs import entitlements as jobs
from mediane.kit import rowsecurity
from mediane.kit.once import AlreadySent
from tests.cast import Cast
from tests.entitlements.stories import a_household
from tests.jobs.test_tasks import queued
from tests.stories import a_studied_case

AMOUNTS = dict.fromkeys(Right, Decimal("0.00")) | {Right.PPA: Decimal("531.47")}


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def asked(cast: Cast, case: Case, at: datetime) -> Estimate:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.ask_estimate(case=case, household=a_household(), by=cast.nadia, at=at)


def kept(cast: Cast) -> Estimate:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Estimate.objects.get()


def test_facts_and_amounts_are_read_again_and_sealed(
    cast: Cast, case: Case, asked: Estimate, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.keep_amounts(estimate=asked, amounts=AMOUNTS, computed_with="OpenFisca-France 176", at=at)
        (one,) = estimates_of(case)
    assert (one.household, one.amounts) == (a_household(), AMOUNTS)
    row = Estimate.objects
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        sealed = row.values_list("household", "amounts").get()
    assert b"rent" not in bytes(sealed[0])
    assert b"531" not in bytes(sealed[1])


def test_the_first_answer_stays(cast: Cast, asked: Estimate, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.keep_amounts(estimate=asked, amounts=AMOUNTS, computed_with="OpenFisca-France 176", at=at)
        actions.give_up(estimate=asked, because="Trop long.", at=at)
        actions.keep_amounts(estimate=asked, amounts=AMOUNTS, computed_with="autre", at=at)
    assert (kept(cast).state, kept(cast).computed_with) == (State.DONE, "OpenFisca-France 176")


def test_a_page_sent_twice_asks_once(cast: Cast, case: Case, at: datetime) -> None:
    page = uuid4()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        first, again = (
            actions.ask_estimate(case=case, household=a_household(), by=cast.nadia, at=at, entry_key=page)
            for _ in range(2)
        )
        with pytest.raises(AlreadySent):
            other = a_household(age=39)
            actions.ask_estimate(case=case, household=other, by=cast.nadia, at=at, entry_key=page)
    assert first.pk == again.pk
    assert len(queued("estimate_rights")) == 1


def test_another_caf_asks_nothing(cast: Cast, case: Case, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        with pytest.raises(PermissionDenied):
            actions.ask_estimate(case=case, household=a_household(), by=cast.remi, at=at)
        assert not Estimate.objects.exists()


@pytest.mark.usefixtures("asked")
def test_what_was_typed_never_changes(cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Estimate.objects.update(household=b"x")
        with pytest.raises(IntegrityError), transaction.atomic():
            Estimate.objects.update(state=State.DONE)


@pytest.mark.usefixtures("asked")
def test_without_the_program_the_reason_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "PACKAGE", "no-such-package")
    jobs.estimate_rights(**queued("estimate_rights")[0])
    assert kept(cast).because == "Le calculateur n’est plus installé sur ce serveur."


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("said", ["", "{}", '{"RSA": -1}', "none of it"])
def test_what_cannot_be_believed_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, said: str, tmp_path, settings
) -> None:
    settings.SCRATCH = tmp_path
    program = tmp_path / "liar.py"
    program.write_text(f"print({said!r})")
    monkeypatch.setattr(adapter, "ARGUMENTS", (str(program),))
    jobs.estimate_rights(**queued("estimate_rights")[0])
    assert kept(cast).because == "Le calculateur n’a pas pu traiter ce foyer."
    assert kept(cast).state == State.FAILED


def test_the_job_tells_no_fact(asked: Estimate) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'estimate_rights'")
        (args,) = cursor.fetchone()
    assert json.loads(args) == {"organisation_id": asked.organisation_id, "estimate_id": asked.pk}
