"""What is written in bulk is what the verbs write, letters apart."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.forms.models import model_to_dict

from mediane.casework import actions as casework
from mediane.casework.models import (
    Admissibility,
    Case,
    Closing,
    Deadline,
    DocumentRequest,
    FinancialEffect,
    Hold,
    Link,
    Reorientation,
    RequestedDocument,
    Step,
)
from mediane.casework.states import Effect, Outcome
from mediane.integrations.demonstration import history
from mediane.integrations.demonstration.analysis import analysed
from mediane.integrations.demonstration.beside import LINKED, RECORDED, VALIDATED
from mediane.integrations.demonstration.cast import people
from mediane.integrations.demonstration.pasts import Past, Wait
from mediane.integrations.demonstration.story import Service, tell, topics
from mediane.integrations.demonstration.years import Gain
from mediane.journal.models import Entry
from mediane.kit import clock, rowsecurity
from mediane.kit.french import long_date
from mediane.people.models import Beneficiary

DRAWN = {"id", "beneficiary", "referral", "case", "key", "reference", "check_passed", "complaint"}
BULK, TOLD = "2222222", "3333333"
CHILDREN = (
    *(Step, Deadline, Admissibility, Closing, Reorientation),
    *(Hold, DocumentRequest, FinancialEffect),
)
TOPIC = "apl_receipts"


def identity(number: str):
    guest = next(guest for guest in people() if guest.organisation == "75")
    return type(guest.identity())(**(vars(guest.identity()) | {"number": number}))


def filed(cast, at: datetime, channel: str = "ONLINE") -> Case:
    """Filed by the verbs: the bulk is given its moment of filing."""
    service = Service(cast.paris, [cast.claire, cast.nadia], at)
    return tell(
        service,
        identity(TOLD),
        # A receipt on paper is a letter, left out of the past: this one leaves by e-mail.
        {"topic": TOPIC, "age": 60, "acts": [], "joins": False, "channel": channel, "receipt": True},
    )


def a_past(cast, case: Case, **differs: Any) -> Past:
    day = timedelta(days=1)
    at = case.referral.filed_at
    usual = {
        "channel": case.channel,
        "identity": identity(BULK),
        "topic": topics()[TOPIC],
        "filed_at": at,
        "taken_at": at + day,
        "admitted_at": at + 5 * day,
        "closed_at": at + 20 * day,
        "outcome": Outcome.REVISED,
        "by": cast.nadia,
        "mediator": cast.claire,
    }
    return Past(**(usual | differs))


def waits(at: datetime, body: str = "") -> Wait:
    what = "Décision sur le renouvellement" if body else "Quittances de loyer"
    return Wait(at + timedelta(days=6), at + timedelta(days=12), what, body)


GAINS = (
    Gain(Effect.BACK_PAYMENT, "APL", 1_234_56, "Rappel versé"),
    Gain(Effect.OVERPAYMENT_CANCELLED, "APL", 310_05, "Indu annulé"),
)
LIVES: dict[str, dict[str, Any]] = {
    "answered": {},
    "redirected": {"outcome": None},
    "inadmissible": {"outcome": None, "reason": "UNCLEAR", "body": ""},
    "nobody knows its grounds": {"heard": ()},
    "worth euros": {"gains": GAINS},
}


@pytest.mark.parametrize("channel", ["ONLINE", "MAIL"])
@pytest.mark.parametrize("life", LIVES)
def test_the_bulk_writes_what_the_verbs_write(cast, at, life, channel):
    case = filed(cast, at, channel)
    as_the_verbs(cast, case, a_past(cast, case, **LIVES[life]))


@pytest.mark.parametrize("body", ["MDPH", ""])
def test_the_bulk_waits_as_the_verbs_wait(cast, at, body):
    case = filed(cast, at)
    as_the_verbs(cast, case, a_past(cast, case, wait=waits(case.received_at, body)))


def test_the_bulk_repeats_as_the_verbs_repeat(cast, at):
    first = filed(cast, at - timedelta(days=30))
    again = filed(cast, at + timedelta(days=90))
    once = a_past(cast, first)
    twice = a_past(cast, again, repeats=once)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        live_through(first, once)
        casework.take_up(case=again, by=twice.by, at=twice.taken_at)
        casework.link_as_repeat(case=again, other=first, seen_rank=0, by=twice.by, at=twice.taken_at + LINKED)
        decide(again, twice)
        history.write(cast.paris, [once, twice])

        written, told = (Case.objects.filter(beneficiary__number=one).order_by("pk") for one in (BULK, TOLD))
        assert [seen(case) for case in written] == [seen(case) for case in told]
        links = Link.objects.order_by("pk")
        assert bare(links[0], "earlier", "later") == bare(links[1], "earlier", "later")


def as_the_verbs(cast, case: Case, past: Past) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        live_through(case, past)
        history.write(cast.paris, [past])

        written, told = (Case.objects.get(beneficiary__number=one) for one in (BULK, TOLD))
        assert seen(written) == seen(told)
        assert kept(BULK) == kept(TOLD)


def live_through(case: Case, past: Past) -> None:
    """The same life, by the verbs."""
    casework.take_up(case=case, by=past.by, at=past.taken_at)
    decide(case, past)


def decide(case: Case, past: Past) -> None:
    by, at = past.mediator, past.closed_at
    if past.outcome is None and past.body:
        casework.redirect(case=case, reason=past.reason, body=past.body, by=by, at=at)
    elif past.outcome is None:
        casework.reject(case=case, reason=past.reason, notified_on=paris_day(at), by=by, at=at)
    else:
        casework.admit(case=case, notified_on=paris_day(past.admitted_at), by=by, at=past.admitted_at)
        if past.wait is not None:
            wait(case, past, past.wait)
        gain(case, past)
        found = analysed(past.topic, past.outcome, at)
        casework.answer(
            case=case,
            outcome=past.outcome,
            cause=past.topic["cause"],
            grounds=past.topic["grounds"] if past.heard is None else list(past.heard),
            analysis=replace(found, is_without_effect=not past.gains),
            by=by,
            at=at,
        )


def wait(case: Case, past: Past, wait: Wait) -> None:
    since = paris_day(wait.since)
    if wait.body:
        again_on = since + timedelta(days=30)
        casework.await_decision(
            case=case, body=wait.body, reason=wait.what, look_again_on=again_on, by=past.by, at=wait.since
        )
        casework.resume(case=case, by=past.by, at=wait.until)
    else:
        due_on = since + timedelta(days=15)
        asked = casework.ask_documents(
            case=case, labels=[wait.what], due_on=due_on, by=past.by, at=wait.since
        )
        casework.lift_request(case=case, request=asked, by=past.by, at=wait.until)


def gain(case: Case, past: Past) -> None:
    lines = []
    for one in past.gains:
        amount, nothing = one.cents / Decimal(100), Decimal(0)
        grows = one.kind is Effect.BACK_PAYMENT
        change = casework.Change(
            kind=one.kind,
            benefit=one.benefit,
            decision=one.decision,
            before=nothing if grows else amount,
            after=amount if grows else nothing,
            evidence=f"Notification du {long_date(paris_day(past.closed_at))}",
        )
        at = past.closed_at - RECORDED
        lines.append(casework.record_effect(case=case, change=change, by=past.by, at=at))
    for line in lines:
        casework.validate_effect(effect=line, by=past.mediator, at=past.closed_at - VALIDATED)


def paris_day(at: datetime) -> date:
    return clock.day_of(at, "Europe/Paris")


def seen(case: Case) -> dict[str, Any]:
    """Everything written of a case, but for what is drawn at random and numbers of rows."""
    referral, person = case.referral, case.beneficiary
    found: dict[str, Any] = {"person": bare(person, "number"), "case": bare(case)}
    found["referral"] = bare(referral, "safe_contact", "entry_key", "receipt_by_email", "notice_by_email")
    found["complaint"] = bare(referral.complaint, "reference")
    found["check"] = referral.check_passed and bare(referral.check_passed)
    for model in CHILDREN:
        rows = model._default_manager.filter(case=case).order_by("pk")
        found[model.__name__] = [bare(row, *unlike(row)) for row in rows]
    items = RequestedDocument.objects.filter(request__case=case)
    found["asked"] = [bare(item, "request") for item in items]
    return found


def unlike(row: Any) -> tuple[str, ...]:
    """A person has her own number; the step of a repeat names the other case."""
    return ("by_id", "words") if getattr(row, "act", "") == "link_repeat" else ("by_id",)


def kept(number: str) -> list[tuple[Any, ...]]:
    """What the journal says of somebody."""
    person = Beneficiary.objects.get(number=number)
    journal = Entry.objects.filter(beneficiary_id=person.pk).order_by("pk")
    return [
        (entry.at, entry.actor_kind, entry.actor_name, entry.verb, entry.subject_kind, entry.details)
        for entry in journal
    ]


def bare(row: Any, *also: str) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name not in DRAWN | set(also)}
