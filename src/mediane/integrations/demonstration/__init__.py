"""Fill an empty product with invented people and their cases: all of it, or nothing."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from mediane.accounts.models import User
from mediane.casework.models import Case, Step
from mediane.integrations.crm.store import FILE, Store
from mediane.integrations.demonstration import (
    alike,
    appeals,
    attendance,
    cafs,
    cast,
    consultations,
    desks,
    earlier,
    enclosed,
    explained,
    figures,
    findings,
    following,
    gathered,
    given,
    history,
    impact,
    lived,
    living,
    mailbox,
    moved,
    posted,
    precedents,
    reached,
    reports,
    representatives,
    rollout,
    scanned,
    shown,
    telephone,
    templates,
    tests_taken,
    waits,
)
from mediane.integrations.demonstration.pasts import pasts
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.notifications.models import Delivery
from mediane.notifications.queries import wishes_of
from mediane.organisations.actions import add_contact, add_member
from mediane.organisations.models import Organisation, Role
from mediane.organisations.queries import all_cafs, by_code, team_of

LOCK = 5_082_075  # any number, as long as nobody else locks it
LIVELY = ("75", "82")
# The other Cafs have a few closed cases each since then; those of Paris are told year after year.
SINCE = date(2022, 1, 3)
PAST_CASES = {"82": 40}
ELSEWHERE = 9
STOPPED = {"75": 180, "82": 24}
STOPPED_ELSEWHERE = 6
AFTER_THE_STORIES = (
    mailbox.fill,
    moved.move,
    earlier.bring_in,
    telephone.ring,
    waits.wait,
    representatives.introduce,
    following.hand_out,
    reached.say_again,
    impact.count,
    explained.tell,
    enclosed.join,
    consultations.consult,
    given.ask,
    desks.arrange,
    gathered.remember,
    appeals.note,
    posted.send,
    shown.show,
    attendance.leave,
)


def load(progress: Callable[[str], None] = lambda sentence: None) -> None:
    """Write everything in one transaction: interrupted, it leaves nothing and is begun again."""
    if _is_loaded():
        return
    progress("Cafs")
    cafs.introduce()
    with _nothing_thrown_away(), transaction.atomic():
        _begin()
        if _is_loaded():
            return
        rollout.decide()
        before = _last_job()
        recent: list[Case] = []
        for caf in all_cafs():
            service = _open(caf)
            if caf.code in LIVELY:
                progress(f"Dossiers de {caf.of_name}")
                alike.live_elsewhere(service)
                living.greet(service)
                told = living.bring_to_life(service)
                told += alike.come_again(service, told)
                Store(settings.DATA / FILE).keep(*living.known_complaints(told, service))
                recent += [case for case in told if case.received_at >= service.now - timedelta(days=1)]
                for tell_more in AFTER_THE_STORIES:
                    tell_more(service)
                _keep_quiet(caf, before, recent)
                scanned.read_first(caf, told)
            _look_back(service)
        tests_taken.appoint(clock.now())
        progress("Chiffres")
        figures.count()
        given.publish()
        reports.write()
        _welcome()
        templates.shelve()


def _look_back(service: Service) -> None:
    _remember(service)
    findings.tell(service)
    precedents.share(service)


def _begin() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # What triggers and foreign keys ask is planned while tables are empty, and kept: reading all of a
        # table that was vacuumed empty looks free, and would be done again for each of thousands of rows.
        cursor.execute("SET LOCAL enable_seqscan = off")


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """All that is invented is kept until it is written: looking for what is not would take a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _remember(service: Service) -> None:
    caf = service.caf
    if caf.code == "75":
        told = lived.since_the_first_year(service)
    else:
        days = (service.today - SINCE).days
        told = list(pasts(service, number=PAST_CASES.get(caf.code, ELSEWHERE), days=days))
    history.write(caf, told)
    met = {past.identity.number for past in told}
    tests_taken.take(service, number=STOPPED.get(caf.code, STOPPED_ELSEWHERE), besides=met)


def _is_loaded() -> bool:
    with rowsecurity.working_for(rowsecurity.signin()):
        return User.objects.filter(email=cast.staff()[0].email).exists()


def _open(caf: Organisation) -> Service:
    """The service of a Caf, with its team: the cast, or an invented mediator."""
    now = clock.now()
    here = [one for one in cast.staff() if one.organisation == caf.code and one.is_in_stories]
    colleagues = here or [_mediator(caf)]
    for one in colleagues:
        _bring_in(one, caf, now)
    emails = {one.email for one in colleagues if not one.service}
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        team: list[Actor] = [member.as_actor() for member in team_of(caf.pk) if member.user.email in emails]
    return Service(caf, team, now, Random(f"service {caf.code}"))  # noqa: S311 — nothing secret is drawn


def _bring_in(one: cast.Colleague, caf: Organisation, at: datetime) -> None:
    known: dict[str, Any] = {
        "email": one.email,
        "full_name": one.name,
        "role": Role(one.role),
        "title": one.title,
    }
    if one.service:
        add_contact(organisation=caf, service=one.service, **known, at=at)
    else:
        add_member(organisation=caf, **known, at=at)


def _welcome() -> None:
    """Whoever arrived lately: no report of a year gone by counts them."""
    now = clock.now()
    for one in cast.staff():
        caf = None if one.is_in_stories else by_code(one.organisation)
        if caf is not None and not caf.is_national:
            _bring_in(one, caf, now)


def _mediator(caf: Organisation) -> cast.Colleague:
    names = cast.read("names")
    chance = Random(f"mediator {caf.code}")  # noqa: S311 — nothing secret is drawn
    firsts, title = chance.choice([(names["women"], "médiatrice"), (names["men"], "médiateur")])
    name = f"{chance.choice(firsts)} {chance.choice(names['last'])}"
    return cast.Colleague(organisation=caf.code, name=name, role="MEDIATOR", title=title, shows="")


def _last_job() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def _keep_quiet(caf: Organisation, before: int, recent: list[Case]) -> None:
    """The past was announced in its time: only what was filed since yesterday sends its e-mails."""
    known = [case.pk for case in recent]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id > %s AND status = 'todo' AND task_name = 'announce'"
            " AND NOT (args->>'case_id')::bigint = ANY(%s)",
            [before, known],
        )
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        told = Step.objects.filter(organisation=caf, is_shared=True).exclude(case__in=known)
        cases = Case.objects.select_related("beneficiary", "referral__key").in_bulk(
            told.values_list("case", flat=True).distinct()
        )
        wishes = {pk: wishes_of(case.beneficiary, case.referral) for pk, case in cases.items()}
        Delivery.objects.bulk_create(history.kept_quiet(step, wishes[step.case_id]) for step in told)
