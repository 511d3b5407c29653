from hypothesis import given
from hypothesis import strategies as st

from mediane.findings.rules.standing import standing
from mediane.findings.states import Outcome, Standing


def test_a_finding_stands_where_its_proposals_do() -> None:
    assert standing([]) is Standing.UNPROPOSED
    assert standing([Outcome.IMPLEMENTED, Outcome.PENDING]) is Standing.AWAITED
    assert standing([Outcome.IMPLEMENTED, Outcome.IMPLEMENTED]) is Standing.IMPLEMENTED
    assert standing([Outcome.REFUSED]) is Standing.REFUSED
    assert standing([Outcome.IMPLEMENTED, Outcome.REFUSED]) is Standing.PARTLY
    assert standing([Outcome.PARTLY]) is Standing.PARTLY


@given(st.lists(st.sampled_from(Outcome), min_size=1))
def test_it_is_done_only_when_everything_is(outcomes: list[Outcome]) -> None:
    assert (standing(outcomes) is Standing.IMPLEMENTED) == (set(outcomes) == {Outcome.IMPLEMENTED})
