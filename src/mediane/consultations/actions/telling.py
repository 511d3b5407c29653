"""The two gestures under every verb: take a question with its case, and tell its service something."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from mediane.casework.actions.step import lock
from mediane.casework.models import Case
from mediane.consultations.models import AnswerDraft, Chase, Consultation
from mediane.consultations.queries.sealed import text_of
from mediane.consultations.states import State, Word
from mediane.journal.rules import Actor
from mediane.kit import jobs, rows
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id


class NotAwaited(Refusal):
    """Answered, called off, or closed with its case; says by whom and when."""


class ChangedMeanwhile(Refusal):
    """Somebody else acted on the question since the page was shown."""


class WrittenMeanwhile(Refusal):
    """A colleague of the service wrote in the same answer; says who and when."""


def hold(consultation: Consultation, *, seen_version: int | None = None) -> Case:
    """Take the case then its question, in that order for everybody, and read both again.

    :raises NotAwaited: if nothing is awaited any more.
    :raises ChangedMeanwhile: if somebody acted since version `seen_version` was shown; says who and what.
    """
    case = hold_any(consultation)
    require_awaited(consultation)
    if seen_version is not None and seen_version != consultation.version:
        raise ChangedMeanwhile(_last_told(consultation))
    return case


def require_awaited(consultation: Consultation) -> None:
    """:raises NotAwaited: if nothing is awaited any more, of a question that is held."""
    if consultation.state != State.AWAITED:
        raise NotAwaited(_ended(consultation))
    if not consultation.case.is_open:
        raise NotAwaited("Le dossier est clos\u00a0: plus aucune réponse n’est attendue.")


def hold_any(consultation: Consultation) -> Case:
    around = Case.objects.select_related("beneficiary", "referral", "key")
    case = lock(around.get(pk=consultation.case_id))
    rows.hold(consultation, keep=("key",))
    consultation.case = case
    return case


def refuse_another_text(
    draft: AnswerDraft, consultation: Consultation, text: str, *, page: UUID | None, seen_version: int
) -> None:
    """:raises WrittenMeanwhile: if somebody else saved another text than the one this page began from."""
    is_mine = draft.version in (0, seen_version) or (page is not None and draft.page == page)
    if not is_mine and text_of(draft, consultation) != text:
        local = draft.saved_at.astimezone(ZoneInfo(by_id(draft.organisation_id).time_zone))
        raise WrittenMeanwhile(f"{draft.saved_by} a enregistré un autre texte à {at_time(local)}.")


def tell(consultation: Consultation, word: Word, by: Actor, at: datetime) -> Chase:
    """Write down what is said to the service, and queue its e-mail; a body has no page to be led to."""
    chase = Chase(
        organisation_id=consultation.organisation_id,
        consultation=consultation,
        word=word,
        due_on=consultation.due_on,
        at=at,
        by_name=by.name,
    )
    rows.add(chase)
    if consultation.service:
        jobs.defer("tell_service", organisation_id=consultation.organisation_id, chase_id=chase.pk)
    return chase


def _ended(consultation: Consultation) -> str:
    when = _when(consultation, consultation.ended_at)
    if consultation.state == State.CALLED_OFF:
        return (
            f"{consultation.ended_by} a retiré cette question {when}\u00a0: la réponse n’est plus attendue."
        )
    how = consultation.get_heard_display().lower()
    return f"Une réponse est déjà là\u00a0: {consultation.ended_by}, {when}, {how}."


def _last_told(consultation: Consultation) -> str:
    last = consultation.chases.order_by("-at", "-pk").first()
    if last is None:
        return "Quelqu’un a agi sur cette question entre-temps. Relisez-la."
    what = f"«\u00a0{last.get_word_display()}\u00a0»"
    return (
        f"{last.by_name} a agi sur cette question {_when(consultation, last.at)}\u00a0: {what}. Relisez-la."
    )


def _when(consultation: Consultation, moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(by_id(consultation.organisation_id).time_zone))
    return f"le {long_date(local.date())} à {at_time(local)}"
