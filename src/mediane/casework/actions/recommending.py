"""What the mediator recommends to a service, and what the service makes of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, Recommendation
from mediane.casework.states import Act, Answer
from mediane.catalogue.models import Service
from mediane.catalogue.queries import every
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import capital, contracted
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal


class AlreadyAnswered(Refusal):
    """Somebody was first; says what was noted."""


class AnsweredTooEarly(Refusal):
    """No service answers before it was asked, nor tomorrow."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """`service` is a code of the catalogue, `officer` the code by which it names who handled the file."""

    service: str
    words: str
    officer: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceAnswer:
    answer: Answer
    on: date
    words: str = ""


@transaction.atomic
def recommend(
    *, case: Case, advice: Advice, by: Actor, at: datetime, entry_key: UUID | None = None
) -> Recommendation:
    """Write a recommendation down; after the reply too, since errors are often seen as a whole then.

    :raises AlreadySent: if the page wrote another one.
    """
    rights.require(rights.may_decide(by, case))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": case.organisation_id}
    if first := written_by_page(Recommendation, **page, case_id=case.pk, **asdict(advice)):
        return first
    lock(case)
    made = Recommendation.objects.create(
        **page,
        case=case,
        rank=case.recommendations.count() + 1,
        **asdict(advice),
        made_at=at,
        made_by=by.name,
    )
    to = capital(contracted("à", every(Service)[advice.service].with_article))
    happened(case=case, act=Act.RECOMMEND, by=by, at=at, words=to, is_shared=False)
    return made


@transaction.atomic
def note_answer(
    *, recommendation: Recommendation, said: ServiceAnswer, by: Actor, at: datetime
) -> Recommendation:
    """Note what a service answered, or that it did not; an answer may still come after that.

    :raises AlreadyAnswered: if an answer is noted.
    :raises AnsweredTooEarly: if its day is before the recommendation, or to come.
    """
    rights.require(rights.may_work_on(by, recommendation.case))
    case = lock(recommendation.case)
    noted = Recommendation.objects.get(pk=recommendation.pk)
    if noted.answer not in ("", Answer.NO_ANSWER):
        raise AlreadyAnswered(f"{noted.noted_by} a déjà noté «\u00a0{noted.get_answer_display()}\u00a0».")
    zone = case.organisation.time_zone
    if not clock.day_of(noted.made_at, zone) <= said.on <= clock.day_of(at, zone):
        raise AnsweredTooEarly("Une réponse vient après la recommandation, et avant demain.")
    noted.answer, noted.answer_words, noted.answered_on = said.answer, said.words, said.on
    noted.noted_at, noted.noted_by = at, by.name
    noted.save(update_fields=["answer", "answer_words", "answered_on", "noted_at", "noted_by"])
    words = f"{every(Service)[noted.service].label}\u00a0: {said.answer.label.lower()}"
    happened(case=case, act=Act.NOTE_ANSWER, by=by, at=at, words=words, is_shared=False)
    return noted
