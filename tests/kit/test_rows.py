"""A row held is read again; what it points to for ever is not."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db.transaction import TransactionManagementError

from mediane.casework.models import Case, Note, Step
from mediane.kit import rows, rowsecurity
from tests.cast import Cast
from tests.stories import a_case


def test_what_changed_meanwhile_is_seen(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        Case.objects.filter(pk=case.pk).update(due_what="Répondre", version=7)
        rows.hold(case)
    assert (case.due_what, case.version) == ("Répondre", 7)


def test_only_what_is_kept_is_not_read_twice(cast: Cast, at: datetime, django_assert_num_queries) -> None:
    a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = Case.objects.select_related("referral", "beneficiary").get()
        with django_assert_num_queries(2):
            rows.hold(case, keep=("referral", "key"))
            assert case.referral.reference == case.reference
            assert case.beneficiary.last_name == "Belkacem"


def test_a_row_gone_is_said(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.awa.pk)), pytest.raises(Case.DoesNotExist):
        rows.hold(case)


def test_nothing_is_held_outside_a_transaction(committed: str, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with pytest.raises(TransactionManagementError):
        rows.hold(case)


def test_a_row_added_has_its_number_and_reads_the_same(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    step = Step(
        organisation_id=cast.paris.pk,
        case=case,
        act="note",
        target=case.state,
        at=at,
        by_kind="staff",
        by_id=1,
        by_name="Nadia Pruvost",
    )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        rows.add(step)
        written = Step.objects.get(pk=step.pk)
    assert {field.attname: getattr(written, field.attname) for field in Step._meta.concrete_fields} == {
        field.attname: getattr(step, field.attname) for field in Step._meta.concrete_fields
    }


def test_only_the_fields_named_are_changed(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    due = case.due_what
    case.due_what, case.benefits, case.is_urgent = "Répondre", ["RSA", "AAH"], True
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        rows.change(case, ("benefits", "is_urgent"))
        written = Case.objects.get(pk=case.pk)
    assert (written.due_what, written.benefits, written.is_urgent) == (due, ["RSA", "AAH"], True)


def test_a_row_out_of_reach_is_not_changed_in_silence(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.awa.pk)), pytest.raises(Case.DoesNotExist):
        rows.change(case, ("has_news",))


def test_several_rows_are_added_at_once_and_none_costs_nothing(
    cast: Cast, at: datetime, django_assert_num_queries: Callable
) -> None:
    case = a_case(cast.samira, at)
    notes = [
        Note(
            organisation_id=cast.paris.pk,
            case=case,
            sealed=bytes([number]),
            author="Nadia",
            written_at=at,
        )
        for number in range(3)
    ]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with django_assert_num_queries(1):
            rows.add_all(notes)
            rows.add_all([])
        written = Note.objects.order_by("pk").values_list("sealed", "written_at")
        assert [(bytes(sealed), when) for sealed, when in written] == [(note.sealed, at) for note in notes]
