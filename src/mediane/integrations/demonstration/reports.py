"""Annual reports of the demonstration: published, and one being written; the network’s too."""

from datetime import date, datetime

from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.drawings import meeting
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation, Role
from mediane.organisations.queries import by_code, team_of, the_national_mediation
from mediane.reports import actions
from mediane.reports.models import AnnualReport
from mediane.reports.rules.plan import SECTIONS
from mediane.reports.states import Progress

TOLD = 2023


def write() -> None:
    """Once figures are counted. Nothing of what they say is written here: only words."""
    now = clock.now()
    paris, national = by_code("75"), the_national_mediation()
    if paris is None:
        return
    with rowsecurity.working_for(rowsecurity.staff(paris.pk)):
        by = _author(paris, Role.MEDIATOR)
        report = actions.open_report(organisation=paris, year=TOLD, by=by, at=now)
        _illustrate(report, by, now)
        _tell(report, by, now)
        actions.open_report(organisation=paris, year=now.year - 1, by=by, at=now)
    with rowsecurity.working_for(rowsecurity.national(national.pk)):
        by = _author(national, Role.NATIONAL)
        _tell(actions.open_report(organisation=national, year=TOLD, by=by, at=now), by, now)


def _author(organisation: Organisation, role: Role) -> Actor:
    return next(member.as_actor() for member in team_of(organisation.pk) if member.role == role)


def _illustrate(report: AnnualReport, by: Actor, now: datetime) -> None:
    words = read("report")
    for code, text in words[str(TOLD)].items():
        kept = f"{SECTIONS[code].words}\n\n{text}".strip()
        written = actions.Written(title="", text=kept, is_drafted=True, progress=Progress.READ_AGAIN)
        actions.edit_chapter(report=report, code=code, written=written, seen_revision=1, by=by, at=now)
    for code, (said, who) in words["quotes"].items():
        actions.add_quote(report=report, code=code, words=said, who=who, by=by, at=now)
    for code, (alternative, caption) in words["pictures"].items():
        sent = actions.Sent(name=f"{code}.png", data=meeting(), alternative=alternative, caption=caption)
        actions.add_picture(report=report, code=code, sent=sent, by=by, at=now)
    for day, title, text in words["highlights"]:
        actions.add_highlight(
            report=report, happened_on=date.fromisoformat(day), title=title, words=text, by=by, at=now
        )


def _tell(report: AnnualReport, by: Actor, now: datetime) -> None:
    actions.publish(report=actions.freeze(report=report, by=by, at=now), by=by, at=now)
