"""A row held is read again; what it points to for ever is not."""

from datetime import datetime

import pytest
from django.db.transaction import TransactionManagementError

from mediane.casework.models import Case
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
