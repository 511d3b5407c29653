"""What happens to a question because time passed, or because its case closed or opened again."""

from datetime import datetime

from django.db import transaction

from mediane.casework.actions.step import happened
from mediane.casework.states import Act
from mediane.consultations import rights
from mediane.consultations.actions.telling import hold_any, tell
from mediane.consultations.models import Chase, Consultation
from mediane.consultations.queries.chasing import is_told, word_of
from mediane.consultations.queries.desk import addressee
from mediane.consultations.queries.policy import due_proposed
from mediane.consultations.states import State, Word
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import long_date

ACT = {Word.REMINDER: Act.REMIND_SERVICE, Word.OVERDUE: Act.CHASE_SERVICE, Word.ESCALATION: Act.CHASE_SERVICE}
# What somebody of the mediation has to look at, as at anything that arrives.
NEWS = (Word.OVERDUE, Word.ESCALATION)


@transaction.atomic
def chase(*, consultation: Consultation, by: Actor, at: datetime) -> Chase | None:
    """Say what is to be said by now, once for one date; nothing of a question that is not awaited."""
    rights.require(rights.may_chase(by, consultation))
    case = hold_any(consultation)
    is_owed = consultation.state == State.AWAITED and case.is_open and consultation.stopped_at is None
    word = word_of(consultation, clock.day_of(at, case.organisation.time_zone)) if is_owed else None
    if word is None or is_told(consultation, word):
        return None
    told = tell(consultation, word, by, at)
    consultation.version += 1
    rows.change(consultation, ("version",))
    case.has_news = case.has_news or word in NEWS
    words = f"{addressee(consultation)}, attendue le {long_date(consultation.due_on)}"
    happened(case=case, act=ACT[word], by=by, at=at, words=words, is_shared=False)
    return told


@transaction.atomic
def follow(*, consultation: Consultation, by: Actor, at: datetime) -> Chase | None:
    """Tell the service that nothing is awaited, its case being closed; or that it is again, and by when."""
    rights.require(rights.may_chase(by, consultation))
    case = hold_any(consultation)
    if consultation.state != State.AWAITED or case.is_open == (consultation.stopped_at is None):
        return None
    consultation.version += 1
    if not case.is_open:
        consultation.stopped_at = at
        rows.change(consultation, ("stopped_at", "version"))
        words = f"{addressee(consultation)}, dossier clos"
        happened(case=case, act=Act.STOP_CONSULTATION, by=by, at=at, words=words, is_shared=False)
        return tell(consultation, Word.STOPPED, by, at)
    caf = case.organisation
    again = due_proposed(caf, clock.day_of(at, caf.time_zone), of_body=bool(consultation.body))
    consultation.stopped_at, consultation.dated_at = None, at
    consultation.due_on = max(consultation.due_on, again)
    rows.change(consultation, ("stopped_at", "dated_at", "due_on", "version"))
    words = f"{addressee(consultation)}, pour le {long_date(consultation.due_on)}"
    happened(case=case, act=Act.AWAIT_CONSULTATION, by=by, at=at, words=words, is_shared=False)
    return tell(consultation, Word.AGAIN, by, at)
