"""What became of a letter that left, and what was done about one that came back."""

from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.postings import Carried, prepare
from mediane.casework.actions.schedule import bring_up, sort_by_next_due
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, Posting
from mediane.casework.queries.postings import place_of, sent_to, still_stands
from mediane.casework.queries.reaching import reaching
from mediane.casework.states import RETURNED, Act, Fate, Move, Paper, Postage, Retold
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal

NOTED = ("fate", "fate_on", "noted_at", "noted_by")
DONE = ("retold", "retold_at", "retold_by")
# What says that somebody read all there was; and what is to be read, by whom or by what it is.
READ = (Act.SET_ASIDE, Move.RESUME)
OTHERS = ("person", "mandate", "service")
UNSEEN = (Act.NOTE_ARRIVAL, Act.RECEIVE_EMAIL, Move.MERGE, Act.ABSORB)


class FateNoted(Refusal):
    """Somebody said already what became of it."""


class FateRefused(Refusal):
    """It cannot have met that fate, or not that day."""


class RetoldAlready(Refusal):
    """Somebody looked after what came back."""


class RetoldRefused(Refusal):
    """Printed again, it would come back again, or say what is no longer true."""


@transaction.atomic
def note_fate(*, posting: Posting, fate: Fate, on: date, by: Actor, at: datetime) -> None:
    """Note the receipt that was signed, or that the letter came back: the case then comes up by itself.

    :raises FateNoted: with who said so, and what.
    :raises FateRefused: for a letter that has not left, a receipt it was not to have, or an impossible day.
    """
    case = posting.case
    rights.require(rights.may_work_on(by, case))
    lock(case)
    _read_again(posting, ("sent_at", "sent_on", "postage", *NOTED))
    _require_no_fate(posting)
    _require_possible(posting, fate, on, clock.day_of(at, case.organisation.time_zone))
    posting.fate, posting.fate_on, posting.noted_at, posting.noted_by = fate, on, at, by.name
    rows.change(posting, NOTED)
    if fate in RETURNED:
        case.has_news = True
        bring_up(case, at)
    act = Act.RETURN_LETTER if fate in RETURNED else Act.SIGN_FOR_LETTER
    words = ", ".join(filter(None, (posting.words, posting.name, _in_words(fate), f"le {long_date(on)}")))
    happened(case=case, act=act, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def tell_otherwise(*, posting: Posting, how: Retold, by: Actor, at: datetime) -> None:
    """Look after a letter that came back: print it again for a corrected address, or say how it was settled.

    What only that return brought up is read by it.

    :raises RetoldAlready: with who did, and what.
    :raises RetoldRefused: to the address it came back from, nowhere, or when nothing is to be said any more.
    """
    case = posting.case
    rights.require(rights.may_work_on(by, case))
    lock(case)
    _read_again(posting, ("fate", "sealed_to", *DONE))
    _require_back(posting)
    if how == Retold.PRINTED:
        _print_again(posting, case, by, at)
    posting.retold, posting.retold_at, posting.retold_by = how, at, by.name
    rows.change(posting, DONE)
    if case.has_news and _is_all_read(case):
        case.has_news = False
        if case.is_open:
            sort_by_next_due(case)
    words = f"{posting.words}, {how.label[0].lower()}{how.label[1:]}"
    happened(case=case, act=Act.TELL_OTHERWISE, by=by, at=at, words=words, is_shared=False)


def _read_again(posting: Posting, names: tuple[str, ...]) -> None:
    """Under the lock of its case, whoever else acted has finished."""
    case = posting.case
    posting.refresh_from_db(fields=list(names))
    posting.case = case


def _require_no_fate(posting: Posting) -> None:
    if posting.fate and posting.noted_at is not None:
        on = long_date(clock.day_of(posting.noted_at, posting.case.organisation.time_zone))
        raise FateNoted(f"{posting.noted_by} l’a déjà noté le {on}\u00a0: {_in_words(Fate(posting.fate))}.")


def _require_possible(posting: Posting, fate: Fate, on: date, today: date) -> None:
    if posting.sent_on is None:
        raise FateRefused("Cette lettre n’est pas encore partie.")
    if fate == Fate.SIGNED and posting.postage != Postage.REGISTERED:
        raise FateRefused("Seul un recommandé a un avis de réception.")
    if not posting.sent_on <= on <= today:
        left = f"La lettre est partie le {long_date(posting.sent_on)}"
        raise FateRefused(f"{left}\u00a0: indiquez un jour entre celui-là et aujourd’hui.")


def _require_back(posting: Posting) -> None:
    if posting.retold and posting.retold_at is not None:
        on = long_date(clock.day_of(posting.retold_at, posting.case.organisation.time_zone))
        done = Retold(posting.retold).label
        raise RetoldAlready(
            f"{posting.retold_by} s’en est occupé le {on}\u00a0: {done[0].lower()}{done[1:]}."
        )
    if posting.fate not in RETURNED:
        raise RetoldRefused("Cette lettre n’est pas revenue.")


def _print_again(posting: Posting, case: Case, by: Actor, at: datetime) -> None:
    if posting.kind == Paper.SENDER:
        raise RetoldRefused("Préparez un nouvel accusé, avec la bonne adresse.")
    place = place_of(reaching(case))
    if not place:
        raise RetoldRefused("La personne n’a pas d’adresse où une lettre est sûre.")
    if posting.fate == Fate.UNKNOWN and place == sent_to(posting):
        raise RetoldRefused(
            "C’est l’adresse d’où la lettre est revenue. Corrigez-la d’abord sur le dossier, "
            "par «\u00a0Contact sûr, Changer\u00a0»."
        )
    carried = Carried(posting.letter, posting.title) if posting.letter else None
    again = prepare(case=case, kind=Paper(posting.kind), carried=carried, by=by, at=at)
    if not still_stands(again):
        raise RetoldRefused("Cette lettre n’a plus lieu d’être\u00a0: ce qu’elle disait a changé.")


def _is_all_read(case: Case) -> bool:
    """Whether nothing arrived since somebody last read, but letters that came back, now looked after."""
    if Posting.objects.filter(case=case, fate__in=RETURNED, retold="").exists():
        return False
    since = case.steps.order_by("-at", "-pk").values_list("act", "by_kind")
    for act, by_kind in since:
        if act in READ or act == Act.FILE:
            return True
        if by_kind in OTHERS or act in UNSEEN:
            return False
    return True


def _in_words(fate: Fate) -> str:
    return f"{fate.label[0].lower()}{fate.label[1:]}"
