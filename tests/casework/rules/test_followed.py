from datetime import date

import pytest

from mediane.casework.rules.followed import ENDED, UNSAID, WORDS, Followed, awaited, sentence, stages, title
from mediane.casework.rules.public_words import Situation
from mediane.casework.states import CLOSED, Act, Move, State

TODAY = date(2026, 11, 23)
SECRET = "la MDPH"


def situation(state: State, **differs: object) -> Situation:
    closed_on = date(2026, 11, 20) if state in CLOSED else None
    given = {"closed_on": closed_on, "body": SECRET, "reason": SECRET, "reply_due": date(2026, 12, 9)}
    return Situation(state=state, who="la médiatrice", received_on=date(2026, 11, 9), **given | differs)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", State)
def test_no_state_names_a_body_or_a_reason(state: State) -> None:
    said = situation(state)
    assert SECRET not in title(said) + sentence(said, TODAY)


def test_the_date_that_matters_is_told_even_late_or_suspended() -> None:
    study = situation(State.UNDER_STUDY)
    assert "avant le 9\u00a0décembre" in sentence(study, TODAY)
    assert "en retard" in sentence(study, date(2026, 12, 10))
    assert "suspendue" in sentence(situation(State.AWAITING_DECISION, is_paused=True), TODAY)
    assert "lettre" in sentence(situation(State.ANSWERED), TODAY)
    assert "lettre" not in sentence(situation(State.WITHDRAWN), TODAY)


def test_documents_are_counted_and_dated_never_named() -> None:
    told = Followed(
        organisation_id=1,
        situation=situation(State.AWAITING_BENEFICIARY),
        steps=[],
        documents=2,
        documents_by=date(2026, 11, 27),
    )
    assert awaited(told, TODAY) == (
        "Nous attendons 2\u00a0documents de vous, avant le 27\u00a0novembre\u00a02026."
    )
    assert "la date était" in awaited(told, date(2026, 11, 28))


def test_only_acts_that_have_words_are_shown_the_last_four_oldest_first() -> None:
    acts = [Move.ANSWER, Act.WRITE, Act.CONFIRM_URGENCY, Act.ADMIT, Move.TAKE_UP, Act.ACKNOWLEDGE, Act.FILE]
    told = Followed(
        organisation_id=1,
        situation=situation(State.ANSWERED),
        steps=[(str(act), TODAY) for act in acts],
    )
    shown = [stage.title for stage in stages(told, TODAY)]
    assert shown == [WORDS[act] for act in (Act.ACKNOWLEDGE, Move.TAKE_UP, Act.ADMIT, Move.ANSWER)]


def test_the_reply_is_announced_while_it_is_awaited() -> None:
    told = Followed(organisation_id=1, situation=situation(State.UNDER_STUDY), steps=[])
    assert [stage.state for stage in stages(told, TODAY)] == ["coming"]
    assert "En retard" in stages(told, date(2026, 12, 10))[-1].date


def test_every_act_and_move_is_shown_with_words_or_kept_silent_on_purpose() -> None:
    assert set(WORDS) | UNSAID == {*Act, *Move}
    assert not set(WORDS) & UNSAID


@pytest.mark.parametrize("state", CLOSED)
def test_every_ending_has_its_own_words(state: State) -> None:
    assert set(ENDED) == set(CLOSED)
    has_letter = state in (State.ANSWERED, State.REDIRECTED, State.INADMISSIBLE)
    said = sentence(situation(state), TODAY)
    assert said.endswith(".")
    assert "20\u00a0novembre" in said
    # No letter is spoken of where none may have been sent.
    assert ("lettre" in said) == has_letter


def test_what_goes_on_elsewhere_says_so() -> None:
    assert "autre demande" in sentence(situation(State.MERGED), TODAY)
    assert "une seule réponse" in sentence(situation(State.MERGED), TODAY)
    assert "nouvelle Caf" in sentence(situation(State.TRANSFERRED), TODAY)
    assert title(situation(State.MERGED)) == "Réunie à votre autre demande"
    acts = [Move.TRANSFER, Move.SEPARATE, Move.MERGE]
    told = Followed(
        organisation_id=1,
        situation=situation(State.TRANSFERRED),
        steps=[(str(act), TODAY) for act in acts],
    )
    assert [stage.title for stage in stages(told, TODAY)] == [WORDS[act] for act in reversed(acts)]
