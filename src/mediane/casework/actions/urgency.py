from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import MoveRefused, happened, lock
from mediane.casework.models import Case, UrgencySignal
from mediane.casework.rules.urgency_signals import counts, signals
from mediane.casework.states import Act, Weighing
from mediane.journal.rules import Actor

WEIGHED = {Weighing.CONFIRMED: Act.CONFIRM_URGENCY, Weighing.SET_ASIDE: Act.SET_ASIDE_URGENCY}


def note_signals(case: Case) -> None:
    """Write down what may be urgent in a case just opened: it refuses nobody and moves nothing."""
    referral = case.referral
    raised = signals(
        ticked=referral.urgency,
        text=f"{referral.asked}\n{referral.explanation}",
        benefits=case.benefits,
        day=case.received_on,
    )
    if raised:
        UrgencySignal.objects.bulk_create(
            UrgencySignal(
                organisation_id=case.organisation_id,
                case=case,
                signal=one.signal,
                declared=one.declared,
                words=one.words,
            )
            for one in raised
        )


@transaction.atomic
def weigh_urgency(
    *, case: Case, signal: str, weighing: Weighing, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Confirm a signal of urgency, or set it aside; the last word of a human is the one that counts.

    Nothing is written when it already stands so.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case is closed, or has no such signal.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: son urgence ne se juge plus.")
    known = {one.signal: one for one in case.signals.all()}
    if signal not in known:
        raise MoveRefused("Ce dossier ne porte pas ce signal.")
    chosen = known[signal]
    if chosen.weighing == weighing:
        return
    chosen.weighing, chosen.weighed_at, chosen.weighed_by = weighing, at, by.name
    chosen.save(update_fields=["weighing", "weighed_at", "weighed_by"])
    case.is_urgent = any(counts(declared=one.declared, weighing=one.weighing) for one in known.values())
    words = chosen.get_signal_display()
    happened(case=case, act=WEIGHED[weighing], by=by, at=at, words=words, is_shared=False)
