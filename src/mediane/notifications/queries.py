from collections.abc import Sequence
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from mediane.casework.models import Appointment, Case, Step
from mediane.casework.queries.postings import email_of
from mediane.casework.queries.reaching import how_to_reach
from mediane.casework.queries.waits import open_requests, reminder_days
from mediane.casework.rules.waits import reminder_due
from mediane.casework.states import AppointmentState
from mediane.consultations.models import Chase
from mediane.consultations.states import State, Word
from mediane.eligibility.models import EligibilityCheck
from mediane.kit import clock
from mediane.notifications.models import Delivery
from mediane.notifications.rules import TOLD, Wishes, is_told
from mediane.organisations.models import Membership, Organisation, Role
from mediane.organisations.queries import contacts_of
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral

# A mail that wakes somebody up is no help.
REMINDING_HOURS = range(9, 19)
ONE_DAY = timedelta(days=1)


def about(step: Step) -> str:
    return f"step:{step.pk}"


def steps_to_announce(case: Case) -> list[Step]:
    """The acts the person should know of, not announced yet, oldest first."""
    steps = _not_announced().filter(case=case).order_by("pk")
    return [step for step in steps if is_told(step.act, step.by_kind)]


def missed(organisation_id: int, *, since: datetime, until: datetime) -> list[tuple[int, str]]:
    """Cases of a Caf, each with an act that should have been announced by now."""
    steps = _not_announced().filter(organisation_id=organisation_id, at__gte=since, at__lt=until)
    return sorted({step.case_id: step.act for step in steps if is_told(step.act, step.by_kind)}.items())


def _not_announced() -> QuerySet[Step]:
    key = Concat(Value("step:"), Cast(OuterRef("pk"), CharField()))
    announced = Delivery.objects.filter(organisation_id=OuterRef("organisation_id"), about=key)
    return Step.objects.filter(~Exists(announced), is_shared=True, act__in=TOLD)


def notice_of(case: str, moment: str) -> Subquery:
    """For a statement that reads what was done at a moment: which e-mail told of it; None, not yet."""
    done = Step.objects.filter(case=OuterRef(OuterRef(case)), at=OuterRef(OuterRef(moment)), is_shared=True)
    topics = done.filter(act__in=TOLD).values_list(Concat(Value("step:"), Cast("pk", CharField())))
    kinds = Delivery.objects.filter(organisation=OuterRef("organisation_id"), about__in=topics)
    return Subquery(kinds.values("kind")[:1])


def sent_among(organisation_id: int, ids: Sequence[str]) -> dict[str, int | None]:
    """Which of these left from here: Message-IDs, or secrets of reply addresses; each with its case."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    wanted = {one if one.startswith("<") else f"<{one}@{domain}>": one for one in ids if one}
    rows = Delivery.objects.filter(organisation_id=organisation_id, message_id__in=wanted)
    about_of = dict(rows.values_list("message_id", "about"))
    steps = [int(topic.removeprefix("step:")) for topic in about_of.values() if topic.startswith("step:")]
    cases = dict(Step.objects.filter(pk__in=steps).values_list("pk", "case_id"))
    return {
        wanted[message_id]: cases.get(int(topic.removeprefix("step:"))) if topic.startswith("step:") else None
        for message_id, topic in about_of.items()
    }


def wishes_of(beneficiary: Beneficiary, referral: Referral | None) -> Wishes:
    """Where the person said, in any request, that it is safe to write; else as the Caf account says."""
    said = how_to_reach(beneficiary, referral)
    return Wishes(
        address=email_of(said),
        notice_by_email=said.notice_by_email,
        receipt_by_email=said.receipt_by_email,
    )


def possible_now(organisation_id: int, *, today: date) -> list[EligibilityCheck]:
    """Attempts made too early whose day has come, and whose person was not told."""
    return list(
        EligibilityCheck.objects.select_related("beneficiary")
        .filter(organisation_id=organisation_id, possible_from__lte=today, announced_at=None)
        .order_by("pk")
    )


def still_to_tell(check_id: int) -> EligibilityCheck | None:
    """An attempt whose person was not told yet."""
    checks = EligibilityCheck.objects.select_related("beneficiary")
    return checks.filter(pk=check_id, announced_at=None).first()


def latest_referral(check: EligibilityCheck) -> Referral | None:
    """What the person wrote since that attempt, sent or not: it carries how to be reached."""
    return (
        Referral.objects.select_related("key")
        .filter(beneficiary_id=check.beneficiary_id)
        .order_by("-started_at", "-pk")
        .first()
    )


def to_remind_of(caf: Organisation, *, at: datetime) -> list[int]:
    """The appointments of tomorrow, by the clock of the Caf and at its hours, not reminded of yet."""
    local = at.astimezone(ZoneInfo(caf.time_zone))
    if local.hour not in REMINDING_HOURS:
        return []
    tomorrow = local.replace(hour=0, minute=0, second=0, microsecond=0) + ONE_DAY
    planned = Appointment.objects.filter(organisation=caf, state=AppointmentState.PLANNED)
    dated = planned.filter(starts_at__gte=tomorrow, starts_at__lt=tomorrow + ONE_DAY)
    of_tomorrow = [one for one in dated.select_related("case", "organisation") if is_reminded(one, at)]
    topics = {about_appointment(one): one.pk for one in of_tomorrow}
    done = Delivery.objects.filter(organisation=caf, about__in=topics).values_list("about", flat=True)
    return [topics[topic] for topic in sorted(topics.keys() - set(done))]


def to_remind_of_documents(caf: Organisation, *, at: datetime) -> list[int]:
    """The lists whose reminder leaves today, by the clock of the Caf and at its hours, and did not yet."""
    local = at.astimezone(ZoneInfo(caf.time_zone))
    if local.hour not in REMINDING_HOURS:
        return []
    days = {row.pk: reminder_due(reminder_days(wait), local.date()) for row, wait in open_requests(caf)}
    topics = {about_wait(request_id, day): request_id for request_id, day in days.items() if day}
    done = Delivery.objects.filter(organisation=caf, about__in=topics).values_list("about", flat=True)
    return sorted(topics[topic] for topic in topics.keys() - set(done))


def is_noted(topic: str, organisation_id: int) -> bool:
    """Whether it was said, or given up, one way or another."""
    return Delivery.objects.filter(organisation_id=organisation_id, about=topic).exists()


def about_wait(request_id: int, day: date) -> str:
    """Of one day of the ladder: given another date, a list has other days."""
    return f"wait:{request_id}:{day:%Y%m%d}"


def is_reminded(appointment: Appointment, at: datetime) -> bool:
    """Planned for tomorrow in a case that goes on; whoever was told of it today needs no reminder."""
    zone = appointment.organisation.time_zone
    today = clock.day_of(at, zone)
    return (
        appointment.is_planned
        and appointment.case.is_open
        and clock.day_of(appointment.starts_at, zone) == today + ONE_DAY
        and clock.day_of(appointment.told_at, zone) < today
    )


def about_appointment(appointment: Appointment) -> str:
    """Moved to another day, it is reminded of again."""
    return f"appointment:{appointment.pk}:{appointment.starts_at:%Y%m%d}"


def readers_of(chase: Chase) -> list[Membership]:
    """Who of a service is told: those who answer for it, or its head when nobody answered in time."""
    consultation = chase.consultation
    everybody = contacts_of(consultation.organisation_id, consultation.service)
    wanted = Role.LEADER if chase.word == Word.ESCALATION else Role.CONTACT
    return [one for one in everybody if one.role == wanted] or everybody


def is_still_true(chase: Chase) -> bool:
    """What was queued is said only if it still holds when its turn comes."""
    consultation = chase.consultation
    is_awaited = consultation.state == State.AWAITED and consultation.is_case_open
    if chase.word == Word.STOPPED:
        return consultation.state == State.AWAITED and not consultation.is_case_open
    if chase.word == Word.CALLED_OFF:
        return True
    return is_awaited and chase.due_on == consultation.due_on
