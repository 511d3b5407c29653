from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.public_words import Situation, headline, lead, of, status, timeline
from mediane.casework.states import CLOSED, State

MONDAY = date(2026, 11, 9)


def situation(state: State, **different) -> Situation:
    closed_on = MONDAY if state in CLOSED else None
    told = {
        "state": state,
        "who": "la médiatrice",
        "received_on": MONDAY,
        "closed_on": closed_on,
        "body": "la MDPH",
    }
    return Situation(**(told | different))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", ["la médiatrice", "le médiateur", "le service médiation"])
def test_every_state_is_told_in_whole_words(state: State, who: str) -> None:
    words = situation(state, who=who)
    assert headline(words)[0].isupper()
    assert lead(words, MONDAY).endswith(".")
    assert timeline(words, MONDAY)[0].title == "Demande reçue"
    assert status(state, who)
    for text in (headline(words), *(stage.title for stage in timeline(words, MONDAY))):
        assert "de le " not in text
        assert "à le " not in text


@pytest.mark.parametrize(
    ("name", "of_it"),
    [
        ("la MDPH", "de la MDPH"),
        ("le conseil départemental", "du conseil départemental"),
        ("l’assurance maladie", "de l’assurance maladie"),
        ("les impôts", "des impôts"),
    ],
)
def test_articles_contract(name: str, of_it: str) -> None:
    assert of(name) == of_it


@given(st.sampled_from(State), st.booleans(), st.booleans(), st.integers(-90, 90))
def test_the_line_goes_from_done_to_coming_with_one_present(
    state: State, admissible: bool, reopened: bool, days: int
) -> None:
    told = situation(
        state,
        reopened_on=MONDAY if reopened else None,
        admissible_on=MONDAY if admissible else None,
        reply_due=MONDAY + timedelta(days=days),
        decision_due=MONDAY,
    )
    states = [stage.state for stage in timeline(told, MONDAY)]
    assert states == sorted(states, key=("done", "current", "coming").index)
    assert states.count("current") == (0 if state in CLOSED else 1)


def test_a_late_reply_is_said_to_be_late() -> None:
    told = situation(State.UNDER_STUDY, reply_due=MONDAY)
    assert "Elle est en retard." in lead(told, MONDAY + timedelta(days=1))
    assert "en retard" not in lead(told, MONDAY)


def test_a_paused_case_promises_no_date() -> None:
    told = situation(State.AWAITING_DECISION, reply_due=MONDAY, is_paused=True)
    assert "suspendue" in lead(told, MONDAY)
    assert timeline(told, MONDAY)[-1].date == ""


@given(st.booleans(), st.integers(-90, 90))
def test_a_day_gone_by_is_never_shown_as_coming(admissible: bool, days: int) -> None:
    due = MONDAY + timedelta(days=days)
    told = situation(
        State.UNDER_STUDY, admissible_on=MONDAY if admissible else None, decision_due=due, reply_due=due
    )
    for stage in timeline(told, MONDAY):
        if stage.state == "coming" and stage.date:
            assert stage.date.startswith("Avant le" if days >= 0 else "En retard")
    asked = next(stage for stage in timeline(told, MONDAY) if stage.title.startswith("La médiatrice"))
    assert asked.state == "done" or asked.date.startswith("Avant le" if days >= 0 else "En retard")


def test_once_closed_nothing_says_that_it_may_still_be_studied() -> None:
    told = situation(State.ANSWERED, admissible_on=MONDAY)
    assert timeline(told, MONDAY)[1].title == "La médiatrice a accepté d’étudier votre demande"


def test_a_request_opened_again_says_so_before_its_study() -> None:
    again = situation(State.UNDER_STUDY, admissible_on=date(2026, 11, 12), reopened_on=date(2026, 12, 9))
    titles = [stage.title for stage in timeline(again, date(2026, 12, 10))]
    assert titles.index("Demande étudiée de nouveau") + 1 == titles.index("Étude avec la Caf, en cours")
    assert "première réponse" in timeline(again, date(2026, 12, 10))[2].text
    assert "étudiée de nouveau" not in str(timeline(situation(State.UNDER_STUDY), date(2026, 12, 10)))
