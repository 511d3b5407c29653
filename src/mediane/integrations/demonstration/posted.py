"""Letters on paper that left, with their number and what became of them; a reply sent to be read over."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from mediane.casework import actions as casework
from mediane.casework.actions import Leaving
from mediane.casework.models import Posting
from mediane.casework.rules.dispatch import check_digit
from mediane.casework.states import Fate, Paper, Postage
from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Letter
from mediane.correspondence.rules.readers import may_be_read_by
from mediane.integrations.demonstration.moments import after_the_rest
from mediane.integrations.demonstration.moved import LEAVING
from mediane.integrations.demonstration.story import Service
from mediane.kit import clock, rowsecurity

A_DAY = timedelta(days=1)
SERIAL = 3_500_417
LEFT_WAITING = 3
PLAIN: tuple[Postage, Fate | None] = (Postage.SIMPLE, None)
# Of signed letters that left, the newest first: how, and what became of it.
STORIES: tuple[tuple[Postage, Fate | None], ...] = (
    (Postage.SIMPLE, Fate.UNKNOWN),
    (Postage.REGISTERED, Fate.SIGNED),
    (Postage.TRACKED, None),
    (Postage.REGISTERED, None),
    (Postage.REGISTERED, Fate.UNCLAIMED),
)


def send(service: Service) -> None:
    """What was prepared before yesterday has left, but a few; they wait for whoever is at the printer."""
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        stories = iter(STORIES)
        for rank, posting in enumerate(_ready(service)[LEFT_WAITING:]):
            story = next(stories, PLAIN) if posting.kind == Paper.LETTER else PLAIN
            _leave(service, posting, rank, story)
        _ask_to_read(service)


def _ready(service: Service) -> QuerySet[Posting]:
    waiting = Posting.objects.filter(organisation=service.caf, sent_at=None)
    waiting = waiting.exclude(case__beneficiary__last_name__in=LEAVING)
    waiting = waiting.filter(prepared_at__lt=service.now - 2 * A_DAY)
    return waiting.select_related("case__beneficiary", "case__referral", "case__key").order_by("-pk")


def _leave(service: Service, posting: Posting, rank: int, story: tuple[Postage, Fate | None]) -> None:
    postage, fate = story
    by = service.team[-1]
    left_at = posting.prepared_at + A_DAY
    at = after_the_rest(posting.case, left_at, now=service.now)
    number = _number(rank) if postage != Postage.SIMPLE else ""
    leaving = Leaving(postage=postage, on=_day(service, left_at), number=number)
    casework.post(posting=posting, leaving=leaving, by=by, at=at)
    if fate is not None:
        noted_at = after_the_rest(posting.case, service.now - A_DAY, now=service.now)
        casework.note_fate(posting=posting, fate=fate, on=_day(service, noted_at), by=by, at=noted_at)


def _number(rank: int) -> str:
    """Invented, with the digit that its own call for."""
    serial = f"{SERIAL + 7 * rank:08}"
    return f"RK{serial}{check_digit(serial)}FR"


def _day(service: Service, at: datetime) -> date:
    return clock.day_of(at, service.caf.time_zone)


def _ask_to_read(service: Service) -> None:
    """A draft by somebody else than the mediator, who may then read it."""
    drafts = Letter.objects.select_related("case__beneficiary", "case__referral", "case__key")
    drafts = drafts.filter(organisation=service.caf, signed_at=None, case__closed_at=None)
    for letter in drafts.order_by("-saved_at", "pk"):
        author = next((one for one in service.team if one.name == letter.saved_by), None)
        if author is not None and may_be_read_by(letter.unread_by, service.mediator.id):
            at = service.now - timedelta(minutes=40)
            correspondence.ask_reading(letter=letter, seen_version=letter.version, by=author, at=at)
            return
