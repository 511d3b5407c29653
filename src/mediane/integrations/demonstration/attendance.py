"""Who is away these days, who stands in, what each wants to be written; the past is not told again."""

from datetime import date, datetime, timedelta

from mediane.attendance.actions import absences, notices
from mediane.attendance.actions.absences import Said
from mediane.attendance.models import StaffNotice
from mediane.attendance.queries.notices import waiting
from mediane.attendance.states import USUAL, How, Topic
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity

A_DAY = timedelta(days=1)
# Who, who stands in, first and last day from today, what colleagues must know, how long ago it was declared.
AWAY = (
    ("Claire Vasseur", "Nadia Pruvost", -40, -36, "", 50),
    (
        "Amine Djebbari",
        "Solène Lebrun",
        -2,
        4,
        "Une expulsion approche\u00a0: rappeler le bailleur.",
        9,
    ),
    ("Nadia Pruvost", "Amine Djebbari", 2, 9, "Formation\u00a0: joignable le soir.", 6),
    ("Solène Lebrun", "", 20, 24, "", 3),
)
CHOSEN = {
    "Claire Vasseur": ({Topic.ASSIGNED: How.AT_ONCE}, ()),
    "Amine Djebbari": ({Topic.DEADLINE: How.NEVER}, (2,)),
}


def leave(service: Service) -> None:
    """Where there is a team; whoever is alone has nobody to stand in."""
    known = {member.name: member for member in service.team}
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        for name, cover, first, last, note, ago in AWAY:
            if name in known:
                days = (service.today + first * A_DAY, service.today + last * A_DAY)
                _declare(known[name], known.get(cover), days, note, service.now - ago * A_DAY)
        for name, (differs, quiet) in CHOSEN.items():
            if name in known:
                chosen = USUAL | differs
                notices.choose(
                    chosen=chosen, quiet=quiet, seen_version=0, by=known[name], at=service.now - 30 * A_DAY
                )
        _keep_quiet(service)


def _declare(member: Actor, cover: Actor | None, days: tuple[date, date], note: str, at: datetime) -> None:
    said = Said(
        member_id=member.id,
        cover_id=cover.id if cover else None,
        first_on=days[0],
        last_on=days[1],
        note=note,
        is_known=True,
    )
    absences.declare(said=said, by=member, at=at)


def _keep_quiet(service: Service) -> None:
    """Told in its time, but for what happened since the morning of yesterday."""
    since_yesterday = service.now - A_DAY
    told = waiting(service.caf, at=service.now, until=since_yesterday)
    StaffNotice.objects.bulk_create(
        StaffNotice(
            organisation=service.caf,
            member_id=member,
            about=item.about,
            how=How.NEVER,
            sent_at=clock.now(),
        )
        for member, items in told.items()
        for item in items
        if item.about.startswith(("step:", "cover:"))
    )
