"""The database alone: under a mandate one sees what it opens, while it runs, and nothing after."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions as casework
from mediane.casework.models import Case, Step
from mediane.documents.models import SealingKey
from mediane.journal.models import Entry
from mediane.kit import clock, rowsecurity
from mediane.mandates import actions
from mediane.mandates.models import Mandate, Representative
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from tests.cast import Cast
from tests.mandates.stories import given, protected
from tests.stories import a_case, a_draft


def sql(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


def seen(mandate: Mandate) -> set[str]:
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        return set(Case.objects.values_list("reference", flat=True))


def test_a_whole_mandate_opens_every_request_of_one_person(cast: Cast, at: datetime) -> None:
    first, second = a_case(cast.samira, at), a_case(cast.samira, at)
    a_case(cast.lucette, at)
    assert seen(given(cast.samira, at)) == {first.reference, second.reference}


def test_a_mandate_of_one_request_opens_that_one(cast: Cast, at: datetime) -> None:
    case, _ = a_case(cast.samira, at), a_case(cast.samira, at)
    mandate = given(cast.samira, at, case=case)
    assert seen(mandate) == {case.reference}
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        assert list(Referral.objects.values_list("reference", flat=True)) == [case.reference]
        assert list(SealingKey.objects.values_list("pk", flat=True)) == [case.key_id]
        assert sql("SELECT count(*) FROM complaints_priorcomplaint") == [(0,)]
        steps = sql("SELECT DISTINCT case_id FROM casework_step")
        assert steps == [(case.pk,)]


def test_a_mandate_of_one_request_tells_and_reads_what_the_register_knows_of_it(
    cast: Cast, at: datetime
) -> None:
    case, other = a_case(cast.samira, at), a_case(cast.samira, at)
    mandate = given(cast.samira, at, case=case)
    fact = (
        "INSERT INTO complaints_statusfact"
        ' (organisation_id, beneficiary_id, key, reference, fact, "on", noted_at, failure)'
        f" VALUES ({cast.paris.pk}, {cast.samira.pk}, gen_random_uuid(), '{{}}', 'closed', now(), now(), '')"
    )
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        assert sql("SELECT reference FROM complaints_statusfact") == [(case.reference,)]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            sql(fact.format(other.reference))
        sql(fact.format(case.reference))
        casework.withdraw(case=case, by=mandate.as_actor(), at=at)


@pytest.mark.parametrize("term", ["over", "coming", "revoked"])
def test_a_mandate_that_does_not_run_opens_nothing(cast: Cast, at: datetime, term: str) -> None:
    a_case(cast.samira, at)
    today = clock.today()
    dates = {
        "over": {"starts_on": date(2020, 1, 1), "ends_on": today - timedelta(days=1)},
        "coming": {"starts_on": today + timedelta(days=1)},
        "revoked": {},
    }
    mandate = given(cast.samira, clock.now() - timedelta(days=30), **dates[term])
    if term == "revoked":
        assert seen(mandate)
        with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
            actions.revoke(mandate=mandate, by=cast.samira.as_actor(), at=at)
    assert seen(mandate) == set()
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        for table in ("referrals_referral", "documents_sealingkey", "people_beneficiary", "casework_step"):
            assert sql(f"SELECT count(*) FROM {table}") == [(0,)], table


def test_it_stops_in_the_middle_of_a_transaction(cast: Cast, at: datetime) -> None:
    """Whatever the gate did, the next statement looks at the mandate again."""
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        assert Case.objects.filter(pk=case.pk).exists()
        actions.revoke(mandate=mandate, by=mandate.as_actor(), at=at)
        assert not Case.objects.filter(pk=case.pk).exists()
        with pytest.raises(Case.DoesNotExist), transaction.atomic():
            casework.write_to_service(case=case, body="Trop tard", by=mandate.as_actor(), at=at)


def test_what_is_done_under_a_mandate_names_both(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        casework.write_to_service(case=case, body="Bonjour", by=mandate.as_actor(), at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        step = Step.objects.get(act="write")
        line = Entry.objects.get(verb="write")
        assert step.by_name == line.actor_name == "Maud Garrigues, pour Samira Belkacem"
        assert (line.actor_kind, line.actor_id, line.beneficiary_id) == (
            "mandate", mandate.pk, cast.samira.pk,
        )  # fmt: skip


@pytest.mark.parametrize("forged", ["the person", "another mandate"])
def test_nobody_signs_as_somebody_else(cast: Cast, at: datetime, forged: str) -> None:
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    by = {"the person": ("person", cast.samira.pk), "another mandate": ("mandate", mandate.pk + 1)}[forged]
    step = (
        "INSERT INTO casework_step (organisation_id, case_id, act, source, target, at, by_kind, by_id,"
        f" by_name, words, is_shared) VALUES ({cast.paris.pk}, {case.pk}, 'write', '', 'received', now(),"
        f" '{by[0]}', {by[1]}, 'x', '', true)"
    )
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            sql(step)


def test_each_has_a_draft_of_their_own(cast: Cast, at: datetime) -> None:
    hers = a_draft(cast.samira, at)
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        assert not Referral.objects.exists()
        theirs = referrals.start_or_resume(of=cast.samira, at=at, under=mandate)
        assert referrals.start_or_resume(of=cast.samira, at=at, under=mandate) == theirs
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert list(Referral.objects.all()) == [hers]


def test_whoever_acts_reads_no_other_representative_and_no_judgment(cast: Cast, at: datetime) -> None:
    protected(cast.lucette, cast.claire, at)
    mandate = given(cast.lucette, at)
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        assert list(Mandate.objects.all()) == [mandate]
        assert not Representative.objects.exists()
        assert sql("SELECT count(*) FROM documents_document") == [(0,)]


def test_an_account_reads_its_mandates_and_names_and_no_case(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    mandate, other = given(cast.samira, at), protected(cast.lucette, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.representative(mandate.representative.account)):
        assert list(Mandate.objects.all()) == [mandate]
        assert sql("SELECT first_name FROM people_beneficiary") == [("Samira",)]
        assert not Case.objects.exists()
        end = "UPDATE mandates_mandate SET revoked_at = now(), revoked_by = 'x' WHERE id = {}"
        with pytest.raises(DatabaseError, match="account alone"), transaction.atomic():
            sql(end.format(mandate.pk))
        sql(end.format(other.pk))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Mandate.objects.exclude(revoked_at=None).exists()
