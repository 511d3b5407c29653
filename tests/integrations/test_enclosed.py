"""The invented documents of a draft, told by the verbs on cases as they are."""

from datetime import datetime, timedelta

from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Kind
from mediane.correspondence.queries import draft_reply_of, templates_of
from mediane.correspondence.queries.enclosures import enclosures_of, may_be_enclosed
from mediane.integrations.demonstration import enclosed
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case


def test_a_draft_carries_one_document_and_may_carry_another(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        template = templates_of(Kind.REPLY, at.date())[0]
        correspondence.begin_reply(case=case, template=template, by=cast.claire, at=at)
    enclosed.join(Service(cast.paris, [cast.claire, cast.nadia], at + timedelta(days=10)))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = draft_reply_of(case)
        assert letter is not None
        assert [one.shown_name for one in enclosures_of(letter)] == ["Releve-de-situation.pdf"]
        assert len(may_be_enclosed(case)) == 2


def test_other_cafs_and_cafs_without_a_draft_are_told_nothing(cast: Cast, at: datetime) -> None:
    for caf, who in ((cast.tarn, cast.remi), (cast.paris, cast.claire)):
        enclosed.join(Service(caf, [who], at))
