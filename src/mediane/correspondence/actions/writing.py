"""A draft being written: by one page alone, or by several people at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mediane.casework import rights
from mediane.correspondence.actions.enclosing import enclose
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.values import values_of
from mediane.correspondence.rules import readers
from mediane.correspondence.rules.enclosed import Ticked
from mediane.correspondence.rules.merging import merge
from mediane.correspondence.rules.together import Clash, Together, lines_alike, together
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Written:
    """The words of a draft."""

    title: str
    body: str
    easy: str = ""


@dataclass(frozen=True)
class Edit:
    """What the editor sends: the text, the version it was shown, and the page it was written on.

    `base` is the text that page began from: what it changed of it is put together with what others wrote.
    """

    title: str
    body: str
    seen_version: int
    edited_in: UUID | None = None
    base: Written | None = None
    # Left as it is when the page shows none.
    easy: str | None = None
    # What goes with it; as it is when the page shows none.
    ticked: Ticked | None = None


class SavedMeanwhile(Refusal):
    """Somebody else saved the draft since this page was shown. `theirs` is what they wrote.

    `mine` is what was sent, put together with theirs wherever both stand; `clashes` are the other places.
    """

    def __init__(
        self, sentence: str, theirs: Letter, mine: Written | None = None, clashes: tuple[Clash, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.theirs, self.mine, self.clashes = theirs, mine, clashes


class AlreadySigned(Refusal):
    """The reply has left: it never changes."""


@transaction.atomic
def save_reply(*, letter: Letter, edit: Edit, by: Actor, at: datetime) -> None:
    """Save the draft; fields in braces typed meanwhile are merged. What somebody else wrote stays.

    :raises SavedMeanwhile: if the same lines were written otherwise; nothing is overwritten.
    :raises NotEnclosed: if what was ticked does not go with it; nothing is saved.
    :raises AlreadySigned: with who signed, and when.
    """
    rights.require(rights.may_work_on(by, letter.case))
    take(letter)
    is_alone = _is_alone(letter, edit)
    text = _sent(letter, edit) if is_alone else _joined(letter, edit)
    values = values_of(letter.case, clock.day_of(at, letter.case.organisation.time_zone))
    before = (letter.title, lines_alike(letter.body), letter.easy)
    letter.title = merge(text.title, values).text[:LONGEST_TITLE]
    letter.body, letter.easy = merge(text.body, values).text, merge(text.easy, values).text
    has_other_pieces = edit.ticked is not None and enclose(letter, edit.ticked)
    # What goes with a letter is read with it.
    if has_other_pieces or (letter.title, letter.body, letter.easy) != before:
        letter.unread_by = readers.written(letter.unread_by, by.id, by.name)
    letter.version += 1
    if not is_alone or edit.edited_in is None or letter.edited_in != edit.edited_in:
        letter.alone_since = letter.version
    letter.saved_at, letter.saved_by, letter.edited_in = at, by.name, edit.edited_in
    letter.save()
    case = letter.case
    record(
        verb="save_reply", subject=("case", case.reference), by=by, at=at, beneficiary_id=case.beneficiary_id
    )


def take(letter: Letter) -> None:
    """Hold the row of a draft and read it again.

    :raises AlreadySigned: if it is no longer a draft.
    """
    try:
        rows.hold(letter, keep=("case", "template"))
    except Letter.DoesNotExist as gone:
        raise AlreadySigned(
            "Ce brouillon a été abandonné entre-temps. Choisissez de nouveau un modèle."
        ) from gone
    if letter.signed_at is not None:
        raise AlreadySigned(f"{letter.signed_by} a signé cette réponse {_when(letter, letter.signed_at)}.")


def refuse_unseen(letter: Letter, seen_version: int) -> None:
    """:raises SavedMeanwhile: if somebody saved the draft since it was shown."""
    if letter.version != seen_version:
        raise SavedMeanwhile(f"{_saved_otherwise(letter)} Relisez-la.", letter)


def _is_alone(letter: Letter, edit: Edit) -> bool:
    """Whether nothing was written by another page since this one saw the text.

    Its own savings may have come without their answer: one page that alone wrote since comes never too late.
    """
    is_mine = edit.edited_in is not None and letter.edited_in == edit.edited_in
    return edit.seen_version == letter.version or (is_mine and edit.seen_version >= letter.alone_since - 1)


def _sent(letter: Letter, edit: Edit) -> Written:
    easy = letter.easy if edit.easy is None else lines_alike(edit.easy)
    return Written(lines_alike(edit.title), lines_alike(edit.body), easy)


def _joined(letter: Letter, edit: Edit) -> Written:
    """:raises SavedMeanwhile: where both wrote the same lines."""
    if edit.base is None:
        raise SavedMeanwhile(_saved_otherwise(letter), letter)
    title = together(edit.base.title, edit.title, letter.title)
    body = together(edit.base.body, edit.body, letter.body)
    # A page that shows no easy version changes none.
    easy = together(edit.base.easy, edit.base.easy if edit.easy is None else edit.easy, letter.easy)
    both = Written(title.text, body.text, easy.text)
    if clashes := _clashes(title, body, easy):
        raise SavedMeanwhile(
            f"{_saved_otherwise(letter)} Les deux textes diffèrent au même endroit.",
            letter,
            both,
            clashes,
        )
    return both


def _clashes(*parts: Together) -> tuple[Clash, ...]:
    return tuple(clash for part in parts for clash in part.clashes)


def _saved_otherwise(letter: Letter) -> str:
    return f"{letter.saved_by} a enregistré une autre version {_when(letter, letter.saved_at)}."


def _when(letter: Letter, moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(letter.case.organisation.time_zone))
    return f"le {long_date(local.date())} à {at_time(local)}"
