"""What the page where a reply is written shows."""

import uuid
from datetime import date
from typing import Any

from mediane.attendance.states import Doing
from mediane.casework import rights
from mediane.correspondence.actions import SavedMeanwhile
from mediane.correspondence.models import Letter
from mediane.correspondence.queries import remedies_of, values_of
from mediane.correspondence.queries.readings import is_reading_wanted, readings_of
from mediane.correspondence.rules import readers
from mediane.correspondence.rules.fields import MERGE_FIELDS
from mediane.correspondence.rules.plain import Remark
from mediane.correspondence.rules.review import review
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
        **_second_reading(request, letter),
    }


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
    """All the remarks, and that somebody else has still to read it."""
    remarks = review(letter.title, letter.body, easy=letter.easy, remedies=remedies_of(letter.case))
    if letter.unread_by and is_reading_wanted(letter.organisation_id, today):
        remarks.insert(0, Remark(readers.not_read(letter.unread_by), stops=True))
    return remarks
