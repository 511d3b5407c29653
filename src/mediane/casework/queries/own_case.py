"""What the follow-up space reads of one’s own cases: a constant number of statements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from mediane.casework.models import Case, Deadline, Message, RequestedDocument
from mediane.casework.queries.reaching import reaching
from mediane.casework.queries.spoken import OpenedCall, ShownAppointment, own_appointments, own_calls
from mediane.casework.queries.waits import running_hold
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.public_words import STUDIED_WITH, Situation
from mediane.casework.states import Move, State
from mediane.catalogue.models import Body, Reason
from mediane.catalogue.queries import every
from mediane.documents.models import Document
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.prepared import prepared
from mediane.organisations.queries import by_id


@dataclass(frozen=True)
class OwnCase:
    """One’s case as its page needs it. `missing` are the documents still awaited, soonest first."""

    case: Case
    situation: Situation
    missing: list[RequestedDocument]
    messages: list[Message]
    documents: list[Document]
    calls: list[OpenedCall]
    appointments: list[ShownAppointment]
    reply_deadline: Deadline | None


def cases_of(beneficiary_id: int) -> list[Case]:
    """One’s requests that were sent, newest first."""
    cases = _newest_first(beneficiary_id)
    for case in cases:
        case.organisation = by_id(case.organisation_id)
    return cases


@prepared
def _newest_first(beneficiary_id: int) -> QuerySet[Case]:
    return Case.objects.filter(beneficiary_id=beneficiary_id).order_by("-received_at", "-pk")


def awaited_on(beneficiary_id: int) -> dict[int, date]:
    """The soonest day a document is awaited from the person, by case; in one statement."""
    return dict(_awaited(beneficiary_id))


@prepared
def _awaited(beneficiary_id: int) -> QuerySet[RequestedDocument, tuple[int, date]]:
    asked = RequestedDocument.objects.filter(
        request__case__beneficiary_id=beneficiary_id, request__case__closed_at=None
    )
    waiting = asked.filter(request__closed_at=None, answered_at=None).order_by("-request__due_on")
    return waiting.values_list("request__case_id", "request__due_on")


def own_case(case: Case) -> OwnCase:
    deadlines = {deadline.kind: deadline for deadline in case.deadlines.all()}
    return OwnCase(
        case=case,
        situation=_situation(case, deadlines),
        missing=missing_documents(case),
        messages=list(case.messages.annotate(joined_count=Count("joined")).order_by("-sent_at", "-pk")),
        documents=documents_of(case),
        calls=own_calls(case),
        appointments=own_appointments(case),
        reply_deadline=deadlines.get(Kind.REPLY),
    )


def missing_documents(case: Case) -> list[RequestedDocument]:
    if not case.is_open:
        return []
    return list(
        RequestedDocument.objects.filter(request__case=case, request__closed_at=None, answered_at=None)
        .select_related("request")
        .order_by("request__due_on", "pk")
    )


def documents_of(case: Case) -> list[Document]:
    """Every file the person sent for this case, newest first: they share the key of the case."""
    return list(Document.objects.filter(key_id=case.key_id).order_by("-deposited_at", "-pk"))


def may_see(by: Actor, case: Case) -> Callable[[Document], bool]:
    """Which files of a case somebody is shown.

    Of whoever keeps her address secret, a letter that the desk scanned, or an e-mail brought, may show it:
    whoever acts for her sees what she sent herself, and what they sent.
    """
    if by.kind == "person" or not reaching(case).is_secret:
        return lambda document: True
    from_the_space = (case.beneficiary.as_actor().name, by.name)
    return lambda document: document.deposited_by in from_the_space


def last_message(case: Case) -> Message | None:
    return case.messages.order_by("-sent_at", "-pk").first()


def _situation(case: Case, deadlines: dict[str, Deadline]) -> Situation:
    acknowledgement = deadlines.get(Kind.ACKNOWLEDGEMENT)
    body, reason, closed_at = _what_stands(case)
    return Situation(
        state=State(case.state),
        who=case.organisation.mediator_title,
        received_on=case.received_on,
        admissible_on=case.admissible_on,
        acknowledged_on=acknowledgement.met_on if acknowledgement else None,
        decision_due=_due(deadlines, Kind.ADMISSIBILITY),
        reply_due=_due(deadlines, Kind.REPLY),
        is_paused=case.is_paused,
        paused_until=_paused_until(case),
        closed_on=clock.day_of(closed_at, case.organisation.time_zone) if closed_at else None,
        reopened_on=_reopened_on(case),
        body=body,
        reason=reason,
    )


def _paused_until(case: Case) -> date | None:
    hold = running_hold(case) if case.is_paused else None
    return hold.until if hold else None


def _reopened_on(case: Case) -> date | None:
    reopened = case.steps.filter(act=Move.REOPEN).order_by("at", "pk").last()
    return clock.day_of(reopened.at, case.organisation.time_zone) if reopened else None


def _due(deadlines: dict[str, Deadline], kind: Kind) -> date | None:
    return deadlines[kind].due_on if kind in deadlines else None


def _what_stands(case: Case) -> tuple[str, str, datetime | None]:
    """The body awaited or competent, why the service does not study the case, and since when."""
    if case.state == State.AWAITING_DECISION:
        hold = case.holds.filter(ended_on=None).get()
        return every(Body)[hold.body].with_article, "", None
    if case.state == State.REDIRECTED:
        sent = case.reorientations.latest("rank")
        # A case answered before it went out was closed earlier: the person is told of what stands now.
        return every(Body)[sent.body].with_article, every(Reason)[sent.reason].sentence, sent.decided_at
    if case.state == State.INADMISSIBLE:
        reason = every(Reason)[case.admissibilities.latest("rank").reason]
        return "", reason.sentence, case.closed_at
    if case.state == State.MERGED:
        return answered_with(case), "", case.closed_at
    if case.state == State.TRANSFERRED:
        return case.file_transfer.to.of_name, "", case.closed_at
    return "", "", case.closed_at


def answered_with(duplicate: Case) -> str:
    """The reference of the request that was received first, and answers for both."""
    # Read in its own story: the other case may stand in another account, out of reach of this one.
    told: str = duplicate.steps.filter(act=Move.MERGE).latest("at", "pk").words
    return told.removeprefix(STUDIED_WITH)
