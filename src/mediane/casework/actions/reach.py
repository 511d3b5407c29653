"""A person says again how to reach her: what she said before, and somebody else for her, no longer holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from mediane.casework import rights
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, ContactWord
from mediane.casework.queries.reaching import CONTACT_WORD
from mediane.casework.states import Act, Heard
from mediane.documents.queries import keyring
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import sealing
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id
from mediane.people.models import Beneficiary
from mediane.people.queries import aliases_of
from mediane.referrals.models import Referral


class SaidMeanwhile(Refusal):
    """She said something since the page was shown: it would be replaced by somebody who has not read it."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said, on a page shown at `seen_at`; `note` says how, when somebody of the service heard it."""

    contact: Mapping[str, str]
    notice_by_email: bool
    receipt_by_email: bool = False
    heard: Heard = Heard.ONLINE
    note: str = ""
    seen_at: datetime


@transaction.atomic
def say_how_to_reach(
    *, person: Beneficiary, others: Sequence[int] = (), said: Said, by: Actor, at: datetime
) -> ContactWord:
    """By oneself, in one’s space; `others` are the numbers of one’s other accounts.

    :raises SaidMeanwhile: if a request left, or somebody else noted a word, since the page was shown.
    """
    rights.require(rights.may_say_how_to_reach(by, person.pk))
    return _say(person, [person.pk, *others], said, by, at)


@transaction.atomic
def note_how_to_reach(*, case: Case, said: Said, by: Actor, at: datetime) -> ContactWord:
    """By the service, on her word: told from a case, it is of all her requests. No place is written there.

    :raises SaidMeanwhile: if a request left, or somebody else noted a word, since the page was shown.
    """
    rights.require(rights.may_work_on(by, case))
    if said.heard == Heard.ONLINE:
        raise ValueError("The service says how it heard it")
    lock(case)
    person = case.beneficiary.known
    accounts = [person.pk, *(alias.pk for alias in aliases_of(person.pk))]
    word = _say(person, accounts, said, by, at)
    words = said.heard.label.lower()
    happened(case=case, act=Act.SAY_HOW_TO_REACH, by=by, at=at, words=words, is_shared=False)
    return word


def _say(person: Beneficiary, accounts: list[int], said: Said, by: Actor, at: datetime) -> ContactWord:
    _one_at_a_time(person)
    said_to = "" if said.heard == Heard.ONLINE else by.name
    _require_read(accounts, said, said_to)
    key = sealing.new_key()
    plain = json.dumps({**said.contact, "note": said.note})
    word = ContactWord.objects.create(
        organisation_id=person.organisation_id,
        beneficiary=person,
        accounts=accounts,
        wrapped=sealing.wrap(key, keyring()),
        sealed=sealing.seal(plain.encode(), key, context=CONTACT_WORD),
        notice_by_email=said.notice_by_email,
        receipt_by_email=said.receipt_by_email,
        heard=said.heard,
        said_at=at,
        said_to=said_to,
    )
    record(
        verb=Act.SAY_HOW_TO_REACH,
        subject=("person", str(person.pk)),
        by=by,
        at=at,
        beneficiary_id=person.pk,
        heard=str(said.heard),
    )
    return word


def _one_at_a_time(person: Beneficiary) -> None:
    """She may not hold her own row: of two words at once, one waits here, then reads the other."""
    with connection.cursor() as cursor:
        name = f"contact_word:{person.known_as}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _require_read(accounts: list[int], said: Said, said_to: str) -> None:
    """Oneself may say it again, as often as one likes, from a page shown before."""
    since = ContactWord.objects.filter(beneficiary__in=accounts, said_at__gt=said.seen_at)
    word = since.exclude(said_to=said_to).order_by("-said_at").first()
    if word is not None:
        local = word.said_at.astimezone(ZoneInfo(by_id(word.organisation_id).time_zone))
        who = f"{word.said_to} l’a noté" if word.said_to else "Cela a été dit dans l’espace de suivi"
        raise SaidMeanwhile(
            f"{who} autrement le {long_date(local.date())} à {at_time(local)}\u00a0: relisez, puis validez."
        )
    if Referral.objects.filed().filter(beneficiary__in=accounts, filed_at__gt=said.seen_at).exists():
        raise SaidMeanwhile("Une demande vient d’être envoyée\u00a0: relisez ce qu’elle dit, puis validez.")
