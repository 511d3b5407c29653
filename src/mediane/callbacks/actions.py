import json
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from mediane.callbacks import rights
from mediane.callbacks.models import CallbackRequest
from mediane.callbacks.queries import Listed, Tab, caller_of, context_of, listed
from mediane.callbacks.rules import MOST_A_DAY, Wish, forget_on, neighbourhood
from mediane.callbacks.states import HANDLED, MOVES, Move, State
from mediane.documents.queries import keyring
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, sealing
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_id

PLACES, PAGE = "callback_slots_of_a_connection", "callbacks_callbackrequest_pkey"


class TooManyToday(Refusal):
    """One connection has asked as often as it may in a day."""


class AlreadyHandled(Refusal):
    """Somebody was first; says who, when and what came of it."""


def ask(*, page: UUID, wish: Wish, organisation: Organisation, connection_from: str, at: datetime) -> UUID:
    """Seal and keep a request that anybody may send, and give its number.

    What one page sends twice is one request; corrected, it replaces what the page said first, if nobody took
    that yet. Nothing is read: whoever asks sees no row. The limit is a constraint of the table: each request
    of a connection takes one of its places of the day.

    :raises TooManyToday: when every place of this connection is taken.
    """
    secret = sealing.new_key()
    request = CallbackRequest(
        # The page is kept nowhere as it is: with it, numbers could be tried until one gives this key.
        pk=uuid5(page, json.dumps([organisation.code, asdict(wish)])),
        page_mark=salted_hmac("mediane.callbacks.page", str(page), algorithm="sha256").hexdigest(),
        organisation=organisation,
        wrapped=sealing.wrap(secret, keyring()),
        moment=wish.moment,
        voicemail=wish.voicemail,
        asked_at=at,
        sender_mark=_mark(connection_from, organisation, at),
    )
    words = json.dumps(asdict(wish.caller)).encode()
    request.sealed = sealing.seal(words, secret, context=context_of(request))
    for slot in range(1, MOST_A_DAY + 1):
        request.slot = slot
        if _is_kept(request):
            return request.pk
    raise TooManyToday(
        "Trop de demandes ont été faites aujourd’hui depuis cette connexion."
        " Revenez demain, ou téléphonez à votre Caf."
    )


def _is_kept(request: CallbackRequest) -> bool:
    """Whether it is there, now or since a first click; if not, its place is taken."""
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        broken = error.__cause__.diag.constraint_name if isinstance(error.__cause__, psycopg.Error) else ""
        if broken not in (PLACES, PAGE):
            raise
        return broken == PAGE
    return True


def _mark(connection_from: str, organisation: Organisation, at: datetime) -> str:
    """The same all day for one connection and one Caf; without the secret of the house, it tells nothing."""
    near = neighbourhood(connection_from)
    if not near:
        return ""
    day = clock.day_of(at, organisation.time_zone)
    return salted_hmac("mediane.callbacks", f"{day}|{near}", algorithm="sha256").hexdigest()


@transaction.atomic
def open_list(*, tab: Tab, by: Actor, at: datetime) -> list[Listed]:
    """What one’s Caf was asked, unsealed; the journal keeps who was shown."""
    found = listed(by.organisation_id, tab)
    shown = " ".join(str(one.request.pk) for one in found)
    record(
        verb="read_callbacks",
        subject=("callbacks", str(tab)),
        by=by,
        at=at,
        count=str(len(found)),
        shown=shown,
    )
    return found


@transaction.atomic
def open_request(*, pk: UUID, by: Actor, at: datetime) -> Listed:
    """One request of one’s Caf, unsealed and journaled.

    :raises CallbackRequest.DoesNotExist: for an unknown one as for another Caf’s.
    """
    request = CallbackRequest.objects.of(by.organisation_id).get(pk=pk)
    record(verb="read_callback", subject=("callback", str(pk)), by=by, at=at)
    return Listed(request, caller_of(request))


@transaction.atomic
def handle(*, pk: UUID, move: Move, by: Actor, at: datetime) -> CallbackRequest:
    """Take a request, give it back, or say what came of the call. Of two people at once, one wins.

    :raises CallbackRequest.DoesNotExist: for an unknown one as for another Caf’s.
    :raises AlreadyHandled: if it is no longer where the list showed it.
    """
    request = CallbackRequest.objects.of(by.organisation_id).get(pk=pk)
    if not rights.may_call_back(by, request):
        raise PermissionDenied
    rows.hold(request)
    sources, target = MOVES[move]
    if request.state not in sources:
        raise AlreadyHandled(_who_was_first(request))
    request.state = target
    is_free = target == State.WAITING
    request.handled_by, request.handled_at = ("", None) if is_free else (by.name, at)
    zone = by_id(request.organisation_id).time_zone
    request.forget_on = forget_on(clock.day_of(at, zone)) if target in HANDLED else None
    request.tries += move == Move.MISS
    rows.change(request, ("state", "handled_by", "handled_at", "forget_on", "tries"))
    record(verb=f"callback_{move}", subject=("callback", str(pk)), by=by, at=at)
    return request


def _who_was_first(request: CallbackRequest) -> str:
    if request.handled_at is None:
        return "Cette demande est de nouveau à prendre\u00a0: quelqu’un l’a rendue à l’équipe."
    local = request.handled_at.astimezone(ZoneInfo(by_id(request.organisation_id).time_zone))
    when = f"le {long_date(local.date())} à {at_time(local)}"
    label = State(request.state).label.lower()
    return f"{request.handled_by} a agi avant vous, {when}\u00a0: «\u00a0{label}\u00a0»."


@transaction.atomic
def forget(*, organisation_id: int, today: date, at: datetime) -> int:
    """Erase what was handled long enough ago, and the marks of earlier days; how many requests went."""
    requests = CallbackRequest.objects.of(organisation_id)
    zone = ZoneInfo(by_id(organisation_id).time_zone)
    midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    requests.filter(asked_at__lt=midnight).exclude(sender_mark="").update(sender_mark="")
    number, _ = requests.filter(forget_on__lte=today).delete()
    return number
