"""The median line of a case: what the person, the service and the Caf did, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse

from mediane.casework.models import Case, Message, Step
from mediane.casework.queries.casefile import CaseFile
from mediane.casework.queries.spoken import OpenedCall
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.rules.meetings import call_in_words
from mediane.casework.states import Act, CallKind, Move
from mediane.catalogue.models import Channel
from mediane.catalogue.queries import every
from mediane.correspondence.models import Letter
from mediane.kit.french import count, short_date
from mediane.transfers.rules.contents import Told

PERSON, CAF, MEDIATION = "person", "caf", "mediation"
# Told by the message, the letter or the request itself.
TOLD_ELSEWHERE = (Act.WRITE, Act.RECEIVE_EMAIL, Act.NOTE_CALL, Act.NOTE_SOCIAL)
# What the person sends without writing, and what says that the service saw it.
RECEIVED = (Act.SEND_DOCUMENT, Act.EXCUSE_DOCUMENT, Act.CANCEL_APPOINTMENT)
READ = (Act.SET_ASIDE, Move.RESUME)
# Of the Caf and its partners: on their side of the line.
ANSWERED = (Act.ANSWER_CONSULTATION,)
WORDS: dict[str, tuple[str, str]] = {
    Act.ACKNOWLEDGE: (MEDIATION, "Accusé de réception envoyé"),
    Act.ADMIT: (MEDIATION, "Demande recevable"),
    Act.SEND_DOCUMENT: (PERSON, "Envoie un document"),
    Act.EXCUSE_DOCUMENT: (PERSON, "Explique un document manquant"),
    Act.SET_ASIDE: (MEDIATION, "Réponse lue"),
    Act.ANSWER_CONSULTATION: (CAF, "Répond à une question"),
    Act.LIFT: (MEDIATION, "Pièces plus attendues"),
    Act.CHANGE_WAIT: (MEDIATION, "Date d’attente changée"),
    Act.NOTE_ARRIVAL: (CAF, "Réponse attendue arrivée"),
    Move.TAKE_UP: (MEDIATION, "Prise en charge"),
    Move.ASK_BENEFICIARY: (MEDIATION, "Pièces demandées"),
    Move.AWAIT_DECISION: (MEDIATION, "Attente d’une décision"),
    Move.RESUME: (MEDIATION, "Étude reprise"),
    Move.REDIRECT: (MEDIATION, "Demande réorientée"),
    Move.RECLASSIFY: (MEDIATION, "Reclassée dans la médiation"),
    Move.RECLASSIFY_OUT: (MEDIATION, "Reclassée hors médiation"),
    Move.TRANSFER: (MEDIATION, "Transférée à une autre Caf"),
    Move.DECLARE_INADMISSIBLE: (MEDIATION, "Demande irrecevable"),
    Move.ANSWER: (MEDIATION, "Dossier clos par la réponse"),
    Move.REOPEN: (MEDIATION, "Dossier rouvert"),
    Move.MERGE: (MEDIATION, "Réunie à la demande reçue en premier"),
    Move.SEPARATE: (MEDIATION, "Étudiée de nouveau à part"),
}


@dataclass(frozen=True)
class Entry:
    at: datetime
    side: str
    title: str
    text: str = ""
    new: bool = False
    href: str = ""
    date: str = ""
    # Who did it, of the service.
    by: str = ""


def thread(
    file: CaseFile, letters: list[Letter], *, told: Sequence[Told] = (), zone: str, today: date
) -> list[Entry]:
    sent = [_letter(letter, file.case.reference) for letter in letters]
    entries = [
        *_steps(file),
        *(_message(message, file.case) for message in file.messages),
        *map(_call, file.calls),
        *_from_duplicates(file),
        *sent,
        *(Entry(one.at, one.side, one.title, one.text) for one in told),
        *_before(file, zone),
    ]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    local = ZoneInfo(zone)
    return [replace(one, date=_shown(one.at.astimezone(local).date(), today)) for one in entries]


def _shown(on: date, today: date) -> str:
    """The year may go to the next line: the column of dates is narrow."""
    return short_date(on) if on.year == today.year else f"{short_date(on)} {on.year}"


def _steps(file: CaseFile) -> Iterator[Entry]:
    # Newest first: what came before the last reading is not new.
    is_unread = file.case.has_news
    for step in file.steps:
        is_unread = is_unread and step.act not in READ
        if step.act == Act.FILE and file.case.origin == FROM_ANOTHER_CAF:
            yield Entry(step.at, MEDIATION, "Dossier reçu d’une autre Caf")
        elif step.act == Act.FILE:
            yield Entry(step.at, PERSON, _filed(file), _line(_under(step), _joined(file)))
        elif step.act not in TOLD_ELSEWHERE:
            is_received = step.act in RECEIVED and step.by_kind in ("person", "mandate")
            is_received = is_received or (step.act in ANSWERED and step.by_kind == "service")
            by = step.by_name if step.by_kind == "staff" else ""
            yield replace(_step(step), new=is_unread and is_received, by=by)


def _step(step: Step) -> Entry:
    by_person = step.by_kind in ("person", "mandate")
    side, title = WORDS.get(step.act, (PERSON if by_person else MEDIATION, step.get_act_display()))
    if step.act == Act.ASSIGN:
        given = f"Attribué à {step.words}" if step.words else "N’est plus attribué"
        return Entry(step.at, MEDIATION, given, f"par {step.by_name}")
    if step.act in (Move.WITHDRAW, Move.END_BY_LITIGATION):
        title = _ended(step, by_person)
    if side == MEDIATION:
        return Entry(step.at, side, title, _line(step.words, f"par {step.by_name}"))
    return Entry(step.at, side, title, _line(step.words, _under(step)))


def _under(step: Step) -> str:
    """Who acted, when it was not the person herself."""
    return f"par {step.by_name}" if step.by_kind == "mandate" else ""


def _line(*words: str) -> str:
    return ", ".join(filter(None, words))


def _ended(step: Step, by_person: bool) -> str:
    if step.act == Move.END_BY_LITIGATION:
        return "Un tribunal est saisi"
    return "Retire sa demande" if by_person else "Retrait noté"


def _filed(file: CaseFile) -> str:
    channel = every(Channel)[file.case.channel]
    if channel.code == "ONLINE":
        return "Saisit le service médiation en ligne"
    return f"Demande reçue\u00a0: {channel.label.lower()}"


def _joined(file: CaseFile) -> str:
    filed_at = file.case.referral.filed_at or file.case.received_at
    joined = sum(1 for document in file.documents if document.deposited_at <= filed_at)
    return count(joined, "document joint", "documents joints") if joined else ""


def _message(message: Message, case: Case) -> Entry:
    is_new = case.has_news and message.is_from_person and message.read_at is None
    side = PERSON if message.is_from_person else MEDIATION
    if not message.is_from_person:
        title = f"Message de {message.author}"
    elif message.author == case.beneficiary.full_name:
        title = "Écrit un message"
    else:
        title = f"Message de {message.author}"
    # Signed « Claire Vasseur, médiatrice ».
    by = "" if message.is_from_person else message.author.partition(",")[0]
    return Entry(message.sent_at, side, title, message.body, new=is_new, by=by)


def _from_duplicates(file: CaseFile) -> Iterator[Entry]:
    """What was written about the same request received twice."""
    for joined in file.joined:
        reference = joined.near.listed.reference
        for message in joined.messages:
            entry = _message(message, file.case)
            yield replace(entry, title=f"{entry.title} (demande {reference})")


def _call(opened: OpenedCall) -> Entry:
    call = opened.call
    side = PERSON if call.kind == CallKind.RECEIVED else MEDIATION
    title = f"{call_in_words(CallKind(call.kind), call.minutes)}\u00a0: {call.spoke_to}"
    reader = "lu aussi par la personne" if call.is_shared else "pour le service seul"
    text = f"{opened.text} Noté par {call.noted_by}, {reader}.".lstrip()
    return Entry(call.called_at, side, title, text, by=call.noted_by)


def _letter(letter: Letter, reference: str) -> Entry:
    """The caller reads signed letters only."""
    read = "" if letter.read_at is None else ", ouvert par la personne"
    href = reverse("desk:letter", args=(reference, letter.public_id))
    return Entry(
        letter.signed_at or letter.saved_at,
        MEDIATION,
        f"Courrier\u00a0: {letter.title}",
        f"signé par {letter.signed_by}{read}",
        href=href,
        by=letter.signed_by,
    )


def _before(file: CaseFile, zone: str) -> Iterator[Entry]:
    """What happened between the person and the Caf before the mediation."""

    def instant(on: date) -> datetime:
        return datetime.combine(on, time(12), ZoneInfo(zone)).astimezone(UTC)

    complaint, referral = file.complaint, file.case.referral
    if complaint is not None:
        yield Entry(instant(complaint.made_on), PERSON, "Réclame auprès de la Caf", complaint.subject)
        if complaint.answered_on is not None:
            yield Entry(instant(complaint.answered_on), CAF, "Répond à la réclamation")
    if referral.decision_on is not None:
        yield Entry(instant(referral.decision_on), CAF, "Décision contestée", referral.decision_contested)
