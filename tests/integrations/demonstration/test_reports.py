"""The demonstration has reports: one published by Paris, one by the network, and one being written."""

from mediane.integrations.demonstration import reports
from mediane.kit import clock, rowsecurity
from mediane.reports.models import AnnualReport
from mediane.reports.queries.editions import frozen, published
from mediane.reports.rules.composing import canonical
from mediane.reports.states import Audience, State
from tests.cast import Cast


def test_reports_are_published_and_another_is_being_written(cast: Cast) -> None:
    reports.write()
    for organisation in (cast.paris, cast.cnaf):
        told = published(organisation, reports.TOLD)
        assert told is not None
        contents = canonical(frozen(told, Audience.PUBLIC) or {})
        assert "De 2023, rien n’est connu" in contents
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        drafts = AnnualReport.objects.filter(organisation=cast.paris, state=State.DRAFT)
        assert [draft.year for draft in drafts] == [clock.now().year - 1]
        told = published(cast.paris, reports.TOLD)
        assert told is not None
        assert "Un droit qui n’est pas compris" in canonical(frozen(told, Audience.INTERNAL) or {})
