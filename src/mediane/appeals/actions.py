"""The verbs of the clock: a day noted with what shows it, and whether people are shown the result."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from mediane.appeals import rights
from mediane.appeals.models import AppealEvent, SignOff
from mediane.appeals.queries import PRECISION, events_of, precision_of, sign_offs_of, standing
from mediane.appeals.rules import law
from mediane.appeals.rules.carried import CarriedDay
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case
from mediane.casework.rights import may_work_on, require
from mediane.casework.states import Act
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, sealing
from mediane.kit.french import at_time, long_date
from mediane.kit.once import require_same, written_by_page
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation

LONG_AGO = date(2000, 1, 1)


class DayRefused(Refusal):
    """That day cannot have been, or nothing happened yet that it would date."""


class NotedMeanwhile(Refusal):
    """Somebody else said it since the form was shown."""


class SignedMeanwhile(Refusal):
    """Somebody else of the organisation decided since the page was shown."""


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Without a day, what was said before is taken back; `path` is a code of `law`, for the decision."""

    what: What
    on: date | None
    evidence: Evidence | str = ""
    path: str = ""
    remedies: Remedies | str = ""
    home: Home | str = ""


@transaction.atomic
def note_appeal_event(
    *,
    case: Case,
    dated: Dated,
    precision: str = "",
    seen_rank: int,
    by: Actor,
    at: datetime,
    entry_key: UUID | None = None,
) -> AppealEvent:
    """Say a day, with what shows it; what was said before stays written.

    :raises AlreadySent: if the page said something else before.
    :raises DayRefused: for a day to come, or of what has not happened.
    :raises NotedMeanwhile: if somebody said it since rank `seen_rank` was shown.
    """
    require(may_work_on(by, case))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": case.organisation_id}
    if first := written_by_page(AppealEvent, **page, case_id=case.pk, **asdict(dated)):
        require_same(precision_of(first, opened(case.key)) == precision)
        return first
    lock(case)
    _require_seen(case, dated.what, seen_rank)
    _require_possible(case, dated, clock.day_of(at, case.organisation.time_zone))
    sealed = sealing.seal(precision.encode(), opened(case.key), context=PRECISION) if precision else b""
    said: dict[str, Any] = {"rank": seen_rank + 1, "sealed": sealed, "noted_at": at, "noted_by": by.name}
    event = AppealEvent(**page, case=case, **asdict(dated), **said)
    rows.add(event)
    happened(case=case, act=Act.NOTE_APPEAL_DATE, by=by, at=at, words=_in_words(event), is_shared=False)
    return event


@transaction.atomic
def decide_sign_off(
    *, organisation: Organisation, is_given: bool, words: str, seen_rank: int, by: Actor, at: datetime
) -> SignOff:
    """Let beneficiaries see the computed date, or take that back; for the rules as they are now.

    The same, sent twice by the same person, is one decision.

    :raises SignedMeanwhile: if somebody decided since rank `seen_rank` was shown.
    """
    require(rights.may_sign_off(by) and by.organisation_id == organisation.pk)
    last = next(iter(sign_offs_of(organisation.pk)), None)
    said = {"is_given": is_given, "words": words, "rules": law.VERSION, "decided_by": by.name}
    if last is not None and last.rank == seen_rank + 1 and _same(last, said):
        return last
    if (last.rank if last else 0) != seen_rank:
        raise _signed_meanwhile(organisation)
    signed = SignOff(organisation=organisation, rank=seen_rank + 1, **said, decided_at=at)
    try:
        with transaction.atomic():
            rows.add(signed)
    except IntegrityError:
        # One of two waited for the other here.
        raise _signed_meanwhile(organisation) from None
    record(
        verb="sign_off_appeal_clock" if is_given else "revoke_appeal_clock",
        subject=("organisation", organisation.code),
        by=by,
        at=at,
        rules=str(law.VERSION),
    )
    return signed


@transaction.atomic
def keep_copy(*, carried: CarriedDay, case: Case) -> AppealEvent:
    """A day that came with the case from another Caf: a doubt, until somebody here notes it with its proof.

    Who noted it, and when, stays as it was; nobody acts here.
    """
    said = {name: value for name, value in asdict(carried).items() if name != "precision"}
    precision = carried.precision.encode()
    event = AppealEvent(
        organisation_id=case.organisation_id,
        case=case,
        rank=1,
        sealed=sealing.seal(precision, opened(case.key), context=PRECISION) if precision else b"",
        **said,
    )
    rows.add(event)
    return event


def _require_seen(case: Case, what: What, seen_rank: int) -> None:
    last = standing(events_of(case.pk), what)
    if last is not None and last.rank != seen_rank:
        raise NotedMeanwhile(_said_meanwhile(last, case.organisation.time_zone))


def _require_possible(case: Case, dated: Dated, today: date) -> None:
    if dated.on is None:
        return
    if not LONG_AGO <= dated.on <= today:
        raise DayRefused("Ce jour est à venir, ou trop ancien\u00a0: vérifiez l’année.")
    if dated.what == What.DECISION and dated.path not in law.PATH:
        raise DayRefused("Choisissez le recours que la décision permet.")
    if dated.what != What.DECISION and case.admissible_on is None:
        raise DayRefused("La recevabilité n’est pas décidée\u00a0: décidez-la d’abord, avec sa lettre.")
    if dated.what == What.END and case.is_open:
        raise DayRefused("La médiation n’est pas terminée\u00a0: sa fin se note une fois le dossier clos.")


def _in_words(event: AppealEvent) -> str:
    day = f"le {long_date(event.on)}, {Evidence(event.evidence).label.lower()}" if event.on else "retirée"
    return f"{What(event.what).label} {day}"


def _said_meanwhile(last: AppealEvent, zone: str) -> str:
    moment = last.noted_at.astimezone(ZoneInfo(zone))
    return (
        f"{last.noted_by} a noté entre-temps, le {long_date(moment.date())} à {at_time(moment)}\u00a0: "
        f"{_in_words(last)}. Votre saisie est gardée\u00a0: vérifiez, puis enregistrez de nouveau."
    )


def _same(last: SignOff, said: dict[str, Any]) -> bool:
    return all(getattr(last, name) == value for name, value in said.items())


def _signed_meanwhile(organisation: Organisation) -> SignedMeanwhile:
    last = sign_offs_of(organisation.pk)[0]
    moment = last.decided_at.astimezone(ZoneInfo(organisation.time_zone))
    what = "de montrer la date" if last.is_given else "de ne plus montrer la date"
    return SignedMeanwhile(
        f"{last.decided_by} a décidé entre-temps {what}, le {long_date(moment.date())} à {at_time(moment)}."
    )
