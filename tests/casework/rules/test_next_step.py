from datetime import date
from typing import Any

import pytest

from mediane.casework.rules.next_step import BUTTONS, Circumstances, Gesture, next_step
from mediane.casework.states import CLOSED, OPEN, State

TODAY = date(2026, 11, 23)


def step(state: State, **around: Any) -> tuple[str, Gesture | None]:
    found = next_step(Circumstances(state=state, person="Mme Belkacem", today=TODAY, **around))
    assert found is not None
    return found.sentence, found.gesture


def test_news_come_first_whatever_the_state() -> None:
    for state in set(State) - {State.MERGED}:
        assert step(state, has_news=True) == ("Lire ce que Mme Belkacem a envoyé.", Gesture.READ_NEWS)


def test_the_news_of_a_merged_case_is_that_another_answers_for_it() -> None:
    told = step(State.MERGED, has_news=True)
    assert told == ("Ce dossier est réuni à un autre, qui répond pour les deux.", Gesture.READ_NEWS)


def test_a_closed_case_asks_for_nothing() -> None:
    for state in CLOSED:
        assert next_step(Circumstances(state=state, person="Mme Belkacem", today=TODAY)) is None


@pytest.mark.parametrize("state", OPEN)
def test_an_open_case_has_one_thing_to_do_and_its_button(state: State) -> None:
    found = next_step(Circumstances(state=state, person="Mme Belkacem", today=TODAY))
    assert found is not None
    assert found.button in BUTTONS.values()


def test_admissibility_is_proposed_to_the_mediator_alone() -> None:
    sentence, gesture = step(State.UNDER_STUDY, may_decide=True, decide_by=date(2026, 11, 24))
    assert (sentence, gesture) == (
        "Décider si la demande est recevable, avant le 24\u00a0novembre.",
        Gesture.DECIDE,
    )
    assert step(State.UNDER_STUDY)[1] == Gesture.ASK


def test_an_admissible_case_calls_for_its_reply() -> None:
    assert step(State.UNDER_STUDY, is_admissible=True, reply_by=date(2026, 12, 9)) == (
        "Préparer la réponse, à donner avant le 9\u00a0décembre.",
        Gesture.REPLY,
    )


def test_a_document_that_does_not_come_stops_nothing() -> None:
    assert step(State.AWAITING_BENEFICIARY, documents_by=date(2026, 11, 20))[1] == Gesture.WAIT
    assert step(State.AWAITING_BENEFICIARY, documents_by=date(2026, 11, 27))[1] == Gesture.WRITE


def test_a_wait_is_looked_at_again_on_its_day() -> None:
    around = {"awaited": "la MDPH", "look_again_on": TODAY}
    said = step(State.AWAITING_DECISION, **around)[0]
    assert said == "Revoir aujourd’hui l’attente de la décision de la MDPH."
