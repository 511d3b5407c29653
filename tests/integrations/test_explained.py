"""The invented table and deduction, told by the verbs on cases as they are."""

from datetime import datetime

from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Kind
from mediane.correspondence.queries import draft_reply_of, templates_of
from mediane.correspondence.queries.annex import annex_of
from mediane.debts.queries import calculations_of, opened_calculation
from mediane.integrations.demonstration import explained
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case


def test_a_draft_carries_eight_months_and_a_case_a_deduction(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, grounds=["DEDUCTIONS"])
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        template = templates_of(Kind.REPLY, at.date())[0]
        correspondence.begin_reply(case=case, template=template, by=cast.claire, at=at)
    explained.tell(Service(cast.paris, [cast.claire, cast.nadia], at))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = draft_reply_of(case)
        assert letter is not None
        joined = annex_of(letter)
        assert joined is not None
        assert len(joined.table.lines) == 8
        assert joined.table.underpaid > 0
        (made,) = calculations_of(case)
        assert [debt.name for debt in opened_calculation(made, case).asked.debts]


def test_other_cafs_are_told_nothing(cast: Cast, at: datetime) -> None:
    explained.tell(Service(cast.tarn, [cast.remi], at))
