"""The demonstration as it is found on the first day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from mediane.casework.models import Case, Step
from mediane.casework.states import OPEN, State
from mediane.correspondence.models import Letter
from mediane.integrations.crm.store import FILE, Store
from mediane.integrations.demonstration import load, rollout
from mediane.integrations.demonstration.cast import people
from mediane.integrations.demonstration.crowd import PAST
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.organisations.queries import is_online
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral
from mediane.transfers.models import Parcel
from mediane.transfers.states import Stage

pytestmark = pytest.mark.slow
DRAWN = {"Lucette Morvan", "Samira Belkacem", "Ibrahima Sow"}


@pytest.fixture
def paris(loaded) -> Iterator[Organisation]:
    caf = Organisation.objects.get(code="75")
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        yield caf


def test_every_state_is_there_in_paris(paris):
    assert set(Case.objects.values_list("state", flat=True)) == set(State)


def test_the_work_plan_of_paris_is_that_of_the_drawing(paris):
    open_cases = Case.objects.open()

    assert open_cases.count() == 66
    late = open_cases.filter(due_on__lt=clock.today()).select_related("beneficiary")
    assert sorted(case.beneficiary.full_name for case in late) == sorted(DRAWN)


def test_nothing_happens_in_the_future_nor_out_of_order(paris):
    now = clock.now()
    for case in Case.objects.prefetch_related("steps"):
        moments = [step.at for step in sorted(case.steps.all(), key=lambda step: step.pk)]
        assert moments == sorted(moments)
        assert moments[-1] <= now


def test_the_answered_have_a_letter_when_they_are_of_these_weeks(paris):
    since = clock.now() - timedelta(days=60)
    closed = Case.objects.filter(state=State.ANSWERED, received_at__gte=since).select_related("beneficiary")
    # What was written in bulk has no letter: its people are of the crowd of the past.
    cast = {guest.number for guest in people()}
    told = [case.beneficiary.number for case in closed]
    stories = {number for number in told if number in cast or int(number) < PAST[0]}
    answered = closed.filter(beneficiary__number__in=stories)

    assert answered.count() == 10
    for case in answered:
        assert Letter.objects.filter(case=case, kind="REPLY", signed_at__isnull=False).exists()


@pytest.mark.parametrize("number", ["7702981", "5590147"])
def test_hugo_and_youssef_have_a_request_to_finish(loaded, number):
    with rowsecurity.working_for(rowsecurity.signin()):
        person = Beneficiary.objects.get(number=number, organisation__code="75")
    with rowsecurity.working_for(rowsecurity.person(person.pk)):
        assert Referral.objects.drafts().count() == 1


@pytest.mark.parametrize(
    ("number", "state", "letter"),
    [
        ("6905518", State.INADMISSIBLE, "INADMISSIBLE"),
        ("5734206", State.REDIRECTED, "REDIRECTED"),
        ("8412063", State.WITHDRAWN, None),
        ("7561894", State.ENDED_BY_LITIGATION, "LITIGATION"),
    ],
)
def test_each_way_of_ending_has_somebody_of_the_cast(paris, number, state, letter):
    assert number in {guest.number for guest in people()}
    case = Case.objects.filter(beneficiary__number=number).earliest("received_at")

    assert case.state == state
    last = Letter.objects.filter(case=case).order_by("-signed_at").first()
    assert (last and last.kind) == letter
    assert last is None or last.pdf


def test_the_lone_mediator_has_a_dozen_cases(loaded):
    caf = Organisation.objects.get(code="82")
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        states = Counter(Case.objects.exclude(origin="TRANSFER").values_list("state", flat=True))

    assert sum(states[state] for state in OPEN) == 12


def test_every_caf_has_its_past_and_says_how_to_be_reached(loaded):
    for caf in Organisation.objects.cafs():
        assert caf.city
        assert caf.phone.startswith("01 99 00 ")
        assert is_online(caf, clock.today()) == (caf.code not in rollout.NOT_YET)
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            assert Case.objects.exclude(state__in=OPEN).count() >= 5


def test_the_past_sends_no_mail(paris):
    yesterday = clock.now() - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'case_id')::bigint FROM procrastinate_jobs WHERE task_name = 'announce'"
        )
        announced = {row[0] for row in cursor.fetchall()}

    told = Case.objects.filter(pk__in=announced)
    assert all(case.received_at >= yesterday for case in told)


def test_the_register_knows_the_cast(loaded):
    known = Store(settings.DATA / FILE).complaints_of("75", "8130452", date(2000, 1, 1))

    assert [complaint.subject for complaint in known] == ["Trop-perçu d’APL"]


def test_loading_again_changes_nothing(loaded):
    before = everything()

    load()

    assert everything() == before


def test_every_invented_number_is_one_of_fiction(paris):
    for person in Beneficiary.objects.all():
        assert person.phone.startswith("06 39 98 ")
        assert person.email.endswith(".invalid")


def everything() -> list[object]:
    caf = Organisation.objects.get(code="75")
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        steps = Step.objects.values("act").annotate(number=Count("pk")).order_by("act")
        return [Case.objects.count(), Beneficiary.objects.count(), list(steps)]


def test_somebody_who_moved_is_followed_by_another_caf_and_another_number_waits(loaded):
    tarn = Organisation.objects.get(code="82")
    with rowsecurity.working_for(rowsecurity.staff(tarn.pk)):
        arrived = Case.objects.get(origin="TRANSFER")
        stages = sorted(parcel.stage for parcel in Parcel.objects.all())
    assert arrived.admissible_on is not None
    assert stages == [Stage.FAILED, Stage.STOPPED, Stage.TAKEN_IN]
