"""The mailbox of a Caf, over IMAP: each mail is kept here first, and only then moved on the server.

Whatever stops half-way (server, disk, worker) leaves the mail in its folder: the next round takes it again,
and `mailroom` keeps it once.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from mediane.journal.rules import system
from mediane.kit import clock
from mediane.kit.blobs import NoSpace
from mediane.kit.rowsecurity import staff, working_for
from mediane.mailroom.actions import Taken, note_collection, put_aside, take
from mediane.mailroom.queries import policy_of
from mediane.mailroom.rules.arrival import LARGEST, Arrival, Place
from mediane.mailroom.states import Policy
from mediane.notifications.queries import sent_among
from mediane.organisations.models import Organisation

PATIENCE = 30.0  # seconds, for each answer of the server
A_ROUND = 100  # mails: the rest waits for the next one
MOST_WITHHELD = 5  # hung up so often, the server is out of order
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
logger = logging.getLogger(__name__)


class Unreachable(Exception):
    """The server is away, refuses us, or says what no server says. Nothing is lost: it keeps the mail."""


class Withheld(Exception):
    """The server says no to one mail: damaged there, perhaps. The others are its to give."""


@dataclass
class Round:
    """What one look into a mailbox gave."""

    new: int = 0
    known: int = 0
    left: int = 0
    asked: int | None = None  # the number that the server is giving
    withheld: set[int] = field(default_factory=set)


def has_mailbox(caf: Organisation) -> bool:
    return caf.code in settings.MAILBOXES


def collect(caf: Organisation) -> Round:
    """Take what waits in the mailbox of a Caf, and note whether it answered.

    :raises Unreachable: if it did not.
    """
    with working_for(staff(caf.pk)):
        policy = policy_of(caf.pk, clock.today(caf.time_zone))
    if policy is Policy.ABSENT:
        return Round()
    try:
        done = _emptied(caf, settings.MAILBOXES[caf.code])
    except (OSError, imaplib.IMAP4.error, ImapToolsError, NoSpace) as error:
        _note(caf, succeeded=False)
        raise Unreachable(f"mailbox of {caf.code}: {type(error).__name__}") from error
    _note(caf, succeeded=True)
    return done


def _note(caf: Organisation, *, succeeded: bool) -> None:
    with working_for(staff(caf.pk)):
        note_collection(organisation_id=caf.pk, succeeded=succeeded, at=clock.now())


@contextmanager
def _opened(known: dict[str, Any]) -> Iterator[BaseMailBox]:
    box = _connected(known)
    try:
        box.login(known["user"], known["password"], initial_folder=None)
        # What is announced to strangers leaves MOVE out; without it a mail is copied, then deleted.
        box.client.capabilities = tuple(box.client.capability()[1][-1].decode().upper().split())
        if not box.folder.exists(known["taken"]):
            box.folder.create(known["taken"])
        box.folder.set(known["folder"])
        yield box
    finally:
        box.client.shutdown()


def _connected(known: dict[str, Any]) -> BaseMailBox:
    host, port = known["host"], known["port"]
    if known["scheme"] == "imap":
        return MailBoxUnencrypted(host, port, timeout=PATIENCE)
    # The library’s own default trusts any certificate.
    secure = ssl.create_default_context()
    if known["scheme"] == "imaps":
        return MailBox(host, port, timeout=PATIENCE, ssl_context=secure)
    return _StartTls(host, port, timeout=PATIENCE, ssl_context=secure)


class _StartTls(MailBoxStartTls):
    """Hangs up on a server that will not close the line, where the library leaves it open."""

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self._host, self._port, self._timeout)
        try:
            client.starttls(self._ssl_context)
        except (OSError, imaplib.IMAP4.error):
            with suppress(OSError):
                client.shutdown()
            raise
        return client


def _emptied(caf: Organisation, known: dict[str, Any]) -> Round:
    """Again without the mail on which the server hung up: it would stop all those behind it for ever."""
    done = Round()
    while True:
        try:
            with _opened(known) as box:
                _empty(box, caf, known, done)
        except imaplib.IMAP4.abort:
            if done.asked is None or len(done.withheld) == MOST_WITHHELD:
                raise
            _withhold(done, caf, done.asked)
        else:
            return done


def _withhold(done: Round, caf: Organisation, uid: int) -> None:
    logger.error("mailbox of %s: number %s is not given by its server", caf.code, uid)
    done.withheld.add(uid)
    done.left += 1
    done.asked = None


def _empty(box: BaseMailBox, caf: Organisation, known: dict[str, Any], done: Round) -> None:
    uidvalidity = int(box.folder.status(known["folder"], ["UIDVALIDITY"])["UIDVALIDITY"])
    name = f"{known['user']}@{known['host']}/{known['folder']}"
    waiting = [uid for uid in box.uids() if int(uid) not in done.withheld]
    for uid in waiting[:A_ROUND]:
        done.asked = int(uid)
        try:
            arrival = _fetched(box, Place(name, uidvalidity, done.asked))
        except Withheld:
            _withhold(done, caf, int(uid))
            continue
        done.asked = None
        if arrival is None:
            continue
        taken = _taken(arrival, caf)
        # Committed: from here on the server may put it away.
        if taken is Taken.NUMBER_REUSED:
            logger.error("mailbox of %s: number %s given twice, left where it is", caf.code, uid)
            done.left += 1
            continue
        box.move(uid, known["taken"])
        done.new += taken is Taken.NEW
        done.known += taken is Taken.KNOWN
    done.left += max(len(waiting) - A_ROUND, 0)


def _taken(arrival: Arrival, caf: Organisation) -> Taken:
    """In a transaction of its own: whatever one mail does, the others are taken."""
    try:
        with working_for(staff(caf.pk)):
            return take(arrival=arrival, organisation=caf, sent=sent_among, by=system(caf.pk), at=clock.now())
    except (OSError, NoSpace):
        # Not the mail’s doing.
        raise
    except Exception as error:  # noqa: BLE001 — what nobody foresaw has no name; told without its words
        place = extract_tb(error.__traceback__)[-1]
        kind = type(error).__name__
        logger.error("a mail of %s put aside: %s, %s:%s", caf.code, kind, place.filename, place.lineno)  # noqa: TRY400
    with working_for(staff(caf.pk)):
        return put_aside(arrival=arrival, organisation=caf, by=system(caf.pk), at=clock.now())


def _fetched(box: BaseMailBox, place: Place) -> Arrival | None:
    """None when somebody took it away meanwhile."""
    said = _asked(box, place.uid, "(RFC822.SIZE INTERNALDATE)")
    size = SIZE.search(b" ".join(part for part in said if isinstance(part, bytes)))
    if size is None:
        return None
    weight = int(size.group(1))
    # Without a mark of reading: a mail not kept yet stays as new as it came.
    part = "BODY.PEEK[]" if weight <= LARGEST else "BODY.PEEK[HEADER]"
    raw = next((item[1] for item in _asked(box, place.uid, f"({part})") if isinstance(item, tuple)), None)
    return None if raw is None else Arrival(place, _received(said), weight, raw)


def _asked(box: BaseMailBox, uid: int, what: str) -> list[Any]:
    status, said = box.client.uid("FETCH", str(uid), what)
    if status != "OK":
        raise Withheld
    return said


def _received(said: list[Any]) -> datetime:
    """The day of receipt is the server’s, not the sender’s."""
    for part in said:
        moment = imaplib.Internaldate2tuple(part) if isinstance(part, bytes) else None
        if moment is not None:
            # Told in the time of this machine.
            return min(datetime(*moment[:6]).astimezone(UTC), clock.now())
    return clock.now()
