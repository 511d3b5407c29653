"""Finding one’s own case, and showing its words, dates and papers."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import Http404
from django.urls import reverse

from mediane.casework.actions import consult_own
from mediane.casework.models import Case, Message, RequestedDocument
from mediane.casework.rules.public_words import Situation, timeline
from mediane.correspondence.models import Letter
from mediane.documents.models import Document, State
from mediane.journal.rules import Actor
from mediane.kit import clock, references
from mediane.kit.french import NBSP, at_time, count, long_date, weekday_date
from mediane.web.citizen.accounts import as_each_account
from mediane.web.request import PersonRequest


@dataclass(frozen=True)
class Paper:
    """A line of the list of documents and letters."""

    name: str
    note: str
    href: str | None = None


def found(request: PersonRequest, reference: str) -> Case:
    """One’s own case, its reading journaled.

    :raises Http404: for an unknown reference as for somebody else’s.
    """
    wanted = references.normalise(reference)
    for actor in as_each_account(request):
        try:
            return consult_own(reference=wanted, by=actor, at=clock.now())
        except Case.DoesNotExist:
            continue
    raise Http404


def requested(case: Case) -> list[RequestedDocument]:
    """Every document ever asked for, in an order that does not change: its place is its address."""
    asked = RequestedDocument.objects.filter(request__case=case)
    return list(asked.select_related("request").order_by("pk"))


def page_of(case: Case) -> str:
    return reverse("citizen:follow", kwargs={"reference": case.reference})


def address(name: str, case: Case, thing: Letter | Document) -> str:
    return reverse(f"citizen:{name}", kwargs={"reference": case.reference, "public_id": thing.public_id})


def stages(situation: Situation, case: Case, letters: list[Letter]) -> list[dict[str, str]]:
    """The time line as the page draws it, each stage with the letter that tells it."""
    by_kind = {letter.kind: letter for letter in reversed(letters)}
    drawn = []
    for stage in timeline(situation, clock.today(case.organisation.time_zone)):
        line = {"title": stage.title, "state": stage.state, "date": stage.date, "text": stage.text}
        if letter := by_kind.get(stage.letter):
            line |= {"href": address("letter", case, letter), "link": "Lire la lettre"}
        drawn.append(line)
    return drawn


def papers(case: Case, letters: list[Letter], documents: list[Document]) -> list[Paper]:
    """Letters, newest first, then what the person sent, and the receipt of the request itself."""
    zone = case.organisation.time_zone
    lines = [_letter(case, letter, zone) for letter in letters]
    lines += [_document(case, sent, zone) for sent in documents]
    href = reverse("citizen:receipt", kwargs={"reference": case.reference})
    lines.append(Paper("Accusé d’enregistrement", f"Reçu, {day(case.received_at, zone)}", href))
    return lines


def signature(message: Message, actor: Actor, zone: str) -> str:
    """« Vous, 22 novembre, 1 document joint »."""
    author = "Vous" if message.is_from_person and message.author == actor.name else message.author
    parts = [author, moment(message.sent_at, zone)]
    joined: int = getattr(message, "joined_count", 0)
    if joined:
        parts.append(count(joined, "document joint", "documents joints"))
    return ", ".join(parts)


def moment(instant: datetime, zone: str) -> str:
    local = instant.astimezone(ZoneInfo(zone))
    day = "aujourd’hui" if local.date() == clock.today(zone) else f"le{NBSP}{long_date(local.date())}"
    return f"{day} à {at_time(local)}"


def day(instant: datetime, zone: str) -> str:
    return long_date(clock.day_of(instant, zone))


def awaited_by(on: date, today: date) -> str:
    """What the notice says of the date: it may have passed, and the document still counts."""
    return f"avant le {weekday_date(on)}" if on >= today else f"attendu le {long_date(on)}"


def _letter(case: Case, letter: Letter, zone: str) -> Paper:
    sent_at = letter.signed_at or letter.saved_at
    unread = "" if letter.read_at else ", à lire"
    note = f"Lettre, {day(sent_at, zone)}{unread}"
    return Paper(letter.get_kind_display(), note, address("letter", case, letter))


def _document(case: Case, sent: Document, zone: str) -> Paper:
    note = f"Envoyé le {day(sent.deposited_at, zone)}"
    if sent.state == State.REFUSED:
        return Paper(sent.shown_name, f"{note}. Refusé à la vérification\u00a0: envoyez-le autrement")
    if sent.state == State.QUARANTINED:
        note += ", vérification en cours"
    return Paper(sent.shown_name, note, address("document", case, sent))
