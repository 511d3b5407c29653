"""The findings of the demonstration: told in words and codes that exist, in an order that can be lived."""

from datetime import date

import pytest

from mediane.casework.states import Answer
from mediane.catalogue.models import Benefit, Cause, ErrorType, Ground
from mediane.catalogue.queries import every
from mediane.findings.actions import MOST_FIGURES
from mediane.findings.states import Motive, Outcome
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.findings import MADE_OF_IT
from mediane.statistics.rules.indicators import INDICATORS

PLANS = read("findings")["findings"]


@pytest.mark.django_db
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["title"])
def test_a_finding_counts_by_codes_that_exist(plan: dict) -> None:
    lists = {Motive.GROUND: Ground, Motive.CAUSE: Cause}
    assert not plan["motive"] or plan["code"] in every(lists[plan["motive"]])
    assert plan["benefit"] in {"", *every(Benefit)}
    assert set(plan["shown_by"]) <= set(every(ErrorType))
    assert len(plan["figures"]) <= MOST_FIGURES
    for figure in plan["figures"]:
        assert figure["indicator"] in INDICATORS
        assert figure.get("benefit", "") in {"", *every(Benefit)}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["title"])
def test_a_proposal_is_lived_in_order(plan: dict) -> None:
    for proposal in plan["proposals"]:
        days = [plan["opened_on"], *(line["on"] for line in proposal["follow_ups"])]
        assert days == sorted(days)
        assert date.fromisoformat(proposal["due_on"]) > date.fromisoformat(plan["opened_on"])
        assert all(Outcome(line["outcome"]) for line in proposal["follow_ups"])


@pytest.mark.django_db
def test_every_error_has_its_advice_and_every_answer_is_shown() -> None:
    words = read("findings")["recommendations"]["words"]
    assert set(words) == {code for code, row in every(ErrorType).items() if row.is_error}
    assert {one for one in MADE_OF_IT if one} == set(Answer)
