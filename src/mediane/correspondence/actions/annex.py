from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from mediane.casework import rights
from mediane.correspondence.actions.writing import AlreadySigned, SavedMeanwhile
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.annex import sealed_annex
from mediane.debts.rules.overpayment import Explained
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit.french import at_time, long_date


@transaction.atomic
def join_explanation(
    *, letter: Letter, joined: Explained | None, seen_version: int, by: Actor, at: datetime
) -> None:
    """Put the explanation of the overpayment in a draft, as it is now; None takes it out.

    The letter carries a copy: a table that changes later changes no letter, and whoever reads the draft to
    sign it is told that it is no longer the same.

    :raises SavedMeanwhile: if somebody saved the draft since it was shown.
    :raises AlreadySigned: if it is no longer a draft.
    """
    case = letter.case
    rights.require(rights.may_work_on(by, case))
    annex = sealed_annex(letter, joined) if joined else None
    draft = Letter.objects.filter(pk=letter.pk, signed_at=None, version=seen_version)
    # In one statement: of two people, the second finds another version.
    if not draft.update(annex=annex, version=F("version") + 1, saved_at=at, saved_by=by.name):
        raise _too_late(letter)
    letter.refresh_from_db(fields=["annex", "version", "saved_at", "saved_by"])
    record(
        verb="join_explanation",
        subject=("case", case.reference),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
    )


def _too_late(letter: Letter) -> SavedMeanwhile | AlreadySigned:
    now = Letter.objects.filter(pk=letter.pk).first()
    if now is None or now.signed_at is not None:
        return AlreadySigned("Cette réponse n’est plus un brouillon\u00a0: rien n’y a été joint.")
    local = now.saved_at.astimezone(ZoneInfo(letter.case.organisation.time_zone))
    moment = f"le {long_date(local.date())} à {at_time(local)}"
    return SavedMeanwhile(f"{now.saved_by} a enregistré une autre version {moment}. Relisez-la.", now)
