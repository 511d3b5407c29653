"""What the first Caf worked out goes with the case; what it had begun, or decided for itself, stays."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.appeals import queries as appeals
from mediane.appeals.rules.carried import CarriedDay
from mediane.appeals.rules.clock import Clock
from mediane.appeals.rules.law import PATH
from mediane.appeals.states import Evidence, Home, Remedies, Standing, What
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import State as CaseState
from mediane.debts import actions as debts
from mediane.debts import queries as debts_queries
from mediane.debts.rules.kept import Typed, typed_as_bytes
from mediane.debts.rules.typed import Row
from mediane.entitlements import actions as entitlements
from mediane.entitlements.queries import estimates_of
from mediane.entitlements.states import Right
from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import staff
from mediane.transfers import actions, queries
from mediane.transfers.models import Arrival, Parcel
from mediane.transfers.rules.contents import Contents, Unreadable, read, written
from mediane.transfers.rules.work import PackedCalculation, PackedEstimate, PackedTable, Work
from mediane.transfers.states import Stage, Stopped
from tests.appeals.stories import DECIDED_ON, noted, signed_off
from tests.appeals.stories import an_answered_case as answered
from tests.cast import Cast
from tests.debts.test_actions import ASKED, TYPED
from tests.entitlements.stories import a_household
from tests.transfers.moving import an_admitted_case, departure, packed, sent, taken_in

LATER = timedelta(days=5)
AMOUNTS = {right: Decimal("12.30") for right in Right}


def with_work(case: Case, cast: Cast, at: datetime) -> None:
    """A table with a mistake in it, a deduction, an estimate done and one under way, a day with its proof."""
    with rowsecurity.working_for(staff(cast.paris.pk)):
        debts.save_explanation(case=case, typed=TYPED, seen_version=0, by=cast.nadia, at=at)
        debts.calculate_deduction(case=case, asked=ASKED, by=cast.claire, at=at)
        for moment in (at, at + timedelta(hours=1)):
            asked = entitlements.ask_estimate(case=case, household=a_household(), by=cast.nadia, at=moment)
            if moment == at:
                entitlements.keep_amounts(
                    estimate=asked, amounts=AMOUNTS, computed_with="OpenFisca-France 170.2.0", at=at
                )
    noted(case, cast.claire, at)


def clock_at(case: Case, caf: int, today: date) -> Clock:
    with rowsecurity.working_for(staff(caf)):
        return appeals.clock_of(case, list(case.steps.all()), appeals.events_of(case.pk), today)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    case = an_admitted_case(cast, at)
    with_work(case, cast, at + timedelta(days=4))
    return case


def test_the_same_facts_arrive(cast: Cast, at: datetime, case: Case) -> None:
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    today = at.date()
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        there = Case.objects.select_related("key", "organisation").get(pk=there.pk)
        table = debts_queries.written_for(there, today)
        assert (table.typed, table.version) == (TYPED, 1)
        assert table.explanation is not None
        assert table.explanation.saved_by == f"Nadia Pruvost, {cast.paris.name}"
        (made,) = debts_queries.calculations_of(there)
        assert debts_queries.opened_calculation(made, there).asked == ASKED
        assert (made.made_by, made.scale.number) == (f"Claire Vasseur, {cast.paris.name}", 2)
        # The one under way stays: its program works for the Caf that asked.
        (estimate,) = estimates_of(there)
        assert (estimate.amounts, estimate.household) == (AMOUNTS, a_household())
        assert estimate.estimate.computed_with == "OpenFisca-France 170.2.0"
        (day,) = appeals.opened_events(there, appeals.events_of(there.pk))
        assert (day.event.on, day.event.noted_in) == (DECIDED_ON, cast.paris.name)
        assert Arrival.objects.get(case=there).brought == {
            "table": 1,
            "calculations": 1,
            "days": 1,
            "estimates": 1,
        }


def test_the_clock_says_the_same_and_nobody_but_the_service_sees_it(
    cast: Cast, at: datetime, case: Case
) -> None:
    """What Paris signed off binds Paris; what Tarn signed off covers no day noted elsewhere."""
    today = (at + LATER).date()
    signed_off(cast, at)
    before = clock_at(case, cast.paris.pk, today)
    assert before.may_be_shown
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    after = clock_at(there, cast.tarn.pk, today)
    assert (after.standing, after.spans, after.reasons) == (before.standing, before.spans, before.reasons)
    assert not after.may_be_shown
    assert cast.paris.name in after.doubts[0]
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        assert not appeals.is_shown_to_people(cast.tarn.pk)


def test_noted_again_with_its_proof_a_day_is_no_more_a_doubt(cast: Cast, at: datetime, case: Case) -> None:
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        there = Case.objects.select_related("key", "organisation").get(pk=there.pk)
    noted(there, cast.remi, at + LATER, seen_rank=1)
    assert clock_at(there, cast.tarn.pk, (at + LATER).date()).doubts == ()


def test_a_reopened_case_keeps_its_first_end_wherever_it_goes(cast: Cast, at: datetime) -> None:
    case = answered(cast, at)
    noted(case, cast.claire, at + timedelta(days=12))
    then = at + timedelta(days=14)
    with rowsecurity.working_for(staff(cast.paris.pk)):
        casework.reopen(case=case, because="Une pièce nouvelle", by=cast.claire, at=then)
    before = clock_at(case, cast.paris.pk, then.date())
    there = taken_in(packed(case, cast, then), cast, then)
    assert there is not None
    after = clock_at(there, cast.tarn.pk, then.date())
    assert (after.standing, after.last_day) == (Standing.RUNNING, before.last_day)
    assert set(before.doubts) < set(after.doubts)


def test_the_first_caf_still_reads_its_own(cast: Cast, at: datetime, case: Case) -> None:
    parcel = packed(case, cast, at + LATER)
    assert taken_in(parcel, cast, at + LATER) is not None
    with rowsecurity.working_for(staff(cast.paris.pk)):
        case = Case.objects.select_related("key", "organisation").get(pk=case.pk)
        assert case.state == CaseState.TRANSFERRED
        assert debts_queries.written_for(case, at.date()).typed == TYPED
        assert len(debts_queries.calculations_of(case)) == 1
        assert len(estimates_of(case)) == 2
        assert len(appeals.events_of(case.pk)) == 1


def test_nothing_of_it_is_readable_on_the_way_nor_by_a_third(cast: Cast, at: datetime, case: Case) -> None:
    parcel = packed(case, cast, at + LATER)
    for word in (b"Salaire", b"OpenFisca", b"593"):
        assert word not in bytes(parcel.sealed or b"")
    there = taken_in(parcel, cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        there = Case.objects.select_related("key").get(pk=there.pk)
        table = debts_queries.written_for(there, at.date()).explanation
        assert table is not None
        assert b"Salaire" not in bytes(table.sealed)


def test_it_goes_on_with_the_case_and_keeps_its_authors(cast: Cast, at: datetime, case: Case) -> None:
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    home = departure(cast, to=cast.paris, number=cast.samira.number)
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        parcel = actions.send(case=there, departure=home, by=cast.remi, at=at + 2 * LATER)
        actions.pack(parcel=parcel, at=at + 2 * LATER)
    with rowsecurity.working_for(staff(cast.paris.pk)):
        back = actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + 2 * LATER)
        assert back is not None
        back = Case.objects.select_related("key", "organisation").get(pk=back.pk)
        (made,) = debts_queries.calculations_of(back)
        assert made.made_by == f"Claire Vasseur, {cast.paris.name}"
        (day,) = appeals.events_of(back.pk)
        assert day.noted_in == cast.paris.name


def test_what_was_still_awaited_is_told_and_not_asked_again(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    with rowsecurity.working_for(staff(cast.paris.pk)):
        casework.ask_documents(
            case=case,
            labels=["Bail signé", "Attestation de l’employeur"],
            words="",
            due_on=date(2026, 12, 4),
            by=cast.nadia,
            at=at + timedelta(days=4),
        )
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        told = queries.story_of(Arrival.objects.get(case=there), there)
        assert there.document_requests.count() == 0
    (last,) = [one for one in told if "encore attendues" in one.title]
    assert (
        last.text == "Bail signé et Attestation de l’employeur, à envoyer avant le 4\u00a0décembre\u00a02026"
    )


@pytest.mark.parametrize(
    "harm",
    [
        lambda work: work.pop("days"),
        lambda work: work["table"].update(typed="[]"),
        lambda work: work["calculations"][0].update(worked='{"first": "x"}'),
        lambda work: work["calculations"][0].update(scale=999),
        lambda work: work["days"][0].update(path="LUNE"),
        lambda work: work["days"][0].update(evidence="rumeur"),
        lambda work: work["estimates"][0].update(amounts='{"RSA": "beaucoup"}'),
        lambda work: work["estimates"][0].update(household="3"),
    ],
)
def test_what_cannot_be_read_stops_it_before_a_row_is_written(
    cast: Cast, at: datetime, case: Case, monkeypatch, harm
) -> None:
    def harmed(inside: Contents) -> bytes:
        known = json.loads(written(inside))
        harm(known["work"])
        return json.dumps(known).encode()

    monkeypatch.setattr("mediane.transfers.actions.leaving.written", harmed)
    parcel = packed(case, cast, at + LATER)
    assert taken_in(parcel, cast, at + LATER) is None
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        stopped = Parcel.objects.get(pk=parcel.pk)
        assert (stopped.stage, stopped.stopped) == (Stage.FAILED, Stopped.DAMAGED)
        assert Case.objects.count() == 0


texts = st.text(max_size=20).filter(lambda text: text.isprintable())
moments = st.datetimes(timezones=st.just(UTC))
tables = st.builds(
    PackedTable,
    st.lists(st.builds(Row, texts, texts, texts, texts, texts), max_size=4).map(
        lambda rows: as_text(Typed(tuple(rows), "APL"))
    ),
    moments,
    texts,
)
days = st.builds(
    CarriedDay,
    what=st.just(What.DECISION),
    on=st.dates(date(2000, 1, 1)),
    evidence=st.sampled_from(Evidence),
    precision=texts,
    path=st.sampled_from(sorted(PATH)),
    remedies=st.sampled_from(Remedies),
    home=st.sampled_from(Home),
    noted_at=moments,
    noted_by=texts,
    noted_in=texts,
)


def as_text(typed: Typed) -> str:
    return typed_as_bytes(typed).decode()


def a_parcel_of(work: Work) -> Contents:
    nothing: dict[str, str] = {}
    request = {"received_on": date(2026, 11, 9), "decision_on": None}
    past = {"acknowledged_on": None, "admissible_on": None, "admitted_at": None}
    return Contents(
        "K7MQ-4TRX", "moved", date(2026, 11, 2), nothing, request, nothing, None, past, [], [], [], [], work
    )


@given(st.none() | tables, st.lists(days, max_size=3))
def test_what_is_packed_is_read_as_it_was(table: PackedTable | None, days: list[CarriedDay]) -> None:
    inside = a_parcel_of(Work(table, [], days, []))
    assert read(written(inside)) == inside


@given(
    st.recursive(
        st.none() | st.integers() | texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)
    )
)
def test_anything_else_is_unreadable(plain: object) -> None:
    with pytest.raises(Unreadable):
        read(json.dumps(plain).encode())


def test_a_case_without_work_brings_none(cast: Cast, at: datetime) -> None:
    parcel = sent(an_admitted_case(cast, at), cast, at + LATER)
    with rowsecurity.working_for(staff(cast.paris.pk)):
        actions.pack(parcel=parcel, at=at + LATER)
    there = taken_in(parcel, cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(staff(cast.tarn.pk)):
        assert Arrival.objects.get(case=there).brought == {}


def test_the_parts_of_a_parcel_are_plain() -> None:
    """No number of ours travels: neither a key nor a row of the first Caf."""
    named = {name for one in (PackedTable, PackedCalculation, PackedEstimate) for name in one.__annotations__}
    assert not {name for name in named if name.endswith("_id") or name == "id"}
