"""What the page where a reply is written shows."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from mediane.attendance.states import Doing
from mediane.casework import rights
from mediane.correspondence.actions import SavedMeanwhile
from mediane.correspondence.models import Letter
from mediane.correspondence.queries import remedies_of, values_of
from mediane.correspondence.queries.enclosures import enclosures_of, gone, offered
from mediane.correspondence.queries.readings import is_reading_wanted, readings_of
from mediane.correspondence.rules import readers
from mediane.correspondence.rules.enclosed import LIMITS, put_together
from mediane.correspondence.rules.fields import MERGE_FIELDS
from mediane.correspondence.rules.plain import Remark
from mediane.correspondence.rules.review import review
from mediane.documents.models import Document
from mediane.documents.models import State as Checked
from mediane.kit import clock
from mediane.web.desk.forms_decisions import ReplyForm
from mediane.web.desk.present import present
from mediane.web.request import StaffRequest

# The fields one writes in.
WRITTEN = ("title", "body", "easy")


def as_written(letter: Letter | None) -> dict[str, str]:
    return {name: getattr(letter, name) for name in WRITTEN} if letter else {}


def together_in_the_editor(form: ReplyForm, met: SavedMeanwhile) -> ReplyForm:
    """The text sent, and beside it all that somebody else wrote elsewhere; what clashes is shown above."""
    data = form.data.copy()  # type: ignore[attr-defined]
    if met.mine is not None:
        for name in WRITTEN:
            data[name] = getattr(met.mine, name)
    again = ReplyForm(data=data)
    again.add_error(None, met.sentence)
    return again


def editor(
    request: StaffRequest, letter: Letter, form: ReplyForm, met: SavedMeanwhile | None = None
) -> dict[str, Any]:
    """With what was met, if somebody else wrote: once both texts were shown, the next saving chooses."""
    case = letter.case
    written = form.data if form.is_bound else form.initial
    values = values_of(case, clock.today(request.organisation.time_zone))
    is_fresh = met is not None or not form.is_bound
    base = as_written(letter) if is_fresh else {name: form[f"base_{name}"].value() or "" for name in WRITTEN}
    return {
        "case": case,
        "letter": letter,
        "form": form,
        "version": letter.version if is_fresh else form["version"].value(),
        "page": (form["page"].value() if form.is_bound else None) or uuid.uuid4(),
        "base": base,
        "theirs": letter if met else None,
        "clashes": met.clashes if met else (),
        "remarks": review(
            written.get("title", ""),
            written.get("body", ""),
            easy=written.get("easy", ""),
            remedies=remedies_of(case),
        ),
        "fields": [(one, values.get(one.code, "")) for one in MERGE_FIELDS if one.is_for(letter.kind)],
        "may_sign": rights.may_decide(request.actor, case),
        "presence": present(request, case, Doing.REPLY),
        **_pieces(letter, form),
        **_second_reading(request, letter),
    }


def _pieces(letter: Letter, form: ReplyForm) -> dict[str, Any]:
    """What may be ticked; what the page ticked is put together with what stands, so that both are saved."""
    files = offered(letter)
    standing = standing_pieces(files)
    ticked = form.ticked() if form.is_bound else None
    shown = put_together(ticked, standing) if ticked else standing
    place = {public_id: rank for rank, public_id in enumerate(shown)}
    return {
        "pieces": sorted(files, key=lambda one: place.get(one.public_id, len(place))),
        "ticked": shown,
        "standing": standing,
        "limits": LIMITS,
        "clean": Checked.CLEAN,
    }


def standing_pieces(files: Sequence[Document]) -> tuple[uuid.UUID, ...]:
    """Those that go with the letter, in their order, among the files it was offered."""
    return tuple(one.public_id for one in files if one.rank is not None)  # type: ignore[attr-defined]


def _second_reading(request: StaffRequest, letter: Letter) -> dict[str, Any]:
    if not is_reading_wanted(letter.organisation_id, clock.today(request.organisation.time_zone)):
        return {"is_reading_wanted": False}
    return {
        "is_reading_wanted": True,
        "authors": readers.authors(letter.unread_by),
        "may_read": readers.may_be_read_by(letter.unread_by, request.actor.id),
        "readings": readings_of(letter),
    }


def before_signing(letter: Letter, today: date) -> list[Remark]:
    """All the remarks, what went away of its enclosures, and that somebody else has still to read it."""
    remarks = review(letter.title, letter.body, easy=letter.easy, remedies=remedies_of(letter.case))
    remarks[:0] = [Remark(sentence, stops=True) for sentence in gone(enclosures_of(letter))]
    if letter.unread_by and is_reading_wanted(letter.organisation_id, today):
        remarks.insert(0, Remark(readers.not_read(letter.unread_by), stops=True))
    return remarks
