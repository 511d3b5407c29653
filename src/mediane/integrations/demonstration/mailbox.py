"""Mails as a server would give them, taken by the same function: no server is needed to look at the tray."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

from mediane.casework.models import Case
from mediane.integrations.demonstration.papers import sheet
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import system
from mediane.kit import clock, rowsecurity
from mediane.mailroom.actions import choose_policy, note_collection, take
from mediane.mailroom.actions.taking import Sent
from mediane.mailroom.rules.arrival import Arrival, Place
from mediane.mailroom.states import Policy
from mediane.organisations.models import Role

MAILS = Path(__file__).parent / "data" / "mail"
POLICIES = {"75": Policy.OPEN, "82": Policy.CLOSED}
OPENED = timedelta(days=60)
UNKNOWN = "K7MQ-4TRX"
ANSWERED = "<{}@demonstration.invalid>"


def fill(service: Service) -> None:
    """The mailbox of a lively Caf, with the policy its mediator chose."""
    caf = service.caf
    mediator = next(one for one in service.team if one.role == Role.MEDIATOR)
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        since = service.now - OPENED
        choose_policy(
            organisation=caf,
            policy=POLICIES[caf.code],
            effective_from=clock.day_of(since, caf.time_zone),
            by=mediator,
            at=since,
        )
        cases = dict(Case.objects.filter(organisation=caf).values_list("beneficiary__number", "pk"))
        names = dict(Case.objects.filter(organisation=caf).values_list("beneficiary__number", "reference"))
        for uid, letter in enumerate(_letters(caf.code, names), start=1):
            at = service.now - timedelta(days=int(letter["X-Demo-Days"]), minutes=7 * uid)
            case = cases.get(letter["X-Demo-Case"]) if letter["X-Demo-Secret"] else None
            take(
                arrival=_arrival(caf.code, uid, letter, at),
                organisation=caf,
                sent=_sent(case),
                by=system(caf.pk),
                at=at,
            )
        note_collection(organisation_id=caf.pk, succeeded=True, at=service.now)


def _letters(code: str, references: Mapping[str, str]) -> Iterator[EmailMessage]:
    for file in sorted(MAILS.glob(f"{code}-*.eml")):
        text = file.read_text(encoding="utf-8")
        head, _, body = text.partition("\n\n")
        drawn = message_from_string(head, policy=policy.default)
        reference = references.get(drawn["X-Demo-Case"] or "", UNKNOWN)
        letter = EmailMessage()
        for name, value in drawn.items():
            letter[name] = str(value).replace("{reference}", reference).replace("{unknown}", UNKNOWN)
        letter.set_content(body)
        if drawn["X-Demo-Joins"]:
            _join(letter, drawn["X-Demo-Joins"])
        if drawn["X-Demo-Secret"]:
            letter["In-Reply-To"] = ANSWERED.format(code)
        yield letter


def _join(letter: EmailMessage, name: str) -> None:
    data = b"MZ" if name.endswith(".exe") else sheet(name)
    letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)


def _arrival(code: str, uid: int, letter: EmailMessage, at: datetime) -> Arrival:
    for name in [name for name in letter if name.startswith("X-Demo-")]:
        del letter[name]
    raw = letter.as_bytes()
    return Arrival(Place(f"demonstration/{code}", 1, uid), at, len(raw), raw)


def _sent(case: int | None) -> Sent:
    """One letter answers what we sent: its secret stands in for the one of a true notice."""

    def among(organisation_id: int, ids: Sequence[str]) -> Mapping[str, int | None]:
        return {one: case for one in ids if case is not None and one.endswith("@demonstration.invalid>")}

    return among
