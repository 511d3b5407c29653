"""A day is noted with what shows it, corrected by another; a Caf signs off what people are shown."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from mediane.appeals import actions
from mediane.appeals.models import AppealEvent, SignOff
from mediane.appeals.queries import (
    clock_of,
    events_of,
    is_shown_to_people,
    opened_events,
    own_clock,
    sign_off_of,
)
from mediane.appeals.rules import law, told
from mediane.appeals.states import Evidence, Standing, What
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.journal.queries import entries_about
from mediane.kit import rowsecurity
from mediane.kit.once import AlreadySent
from tests.appeals.stories import (
    DECIDED_ON,
    a_decision,
    an_admitted_case,
    an_answered_case,
    noted,
    signed_off,
)
from tests.cast import Cast
from tests.stories import a_studied_case

TODAY = date(2026, 11, 24)
PROOF = {"what": What.ADMISSIBILITY, "path": "", "remedies": "", "home": ""}


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def read(cast: Cast, case: Case):
    with in_paris(cast):
        case.refresh_from_db()
        return clock_of(case, list(case.steps.all()), events_of(case.pk), TODAY)


def test_a_decision_noted_with_its_proof_gives_the_date(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast, at)
    assert read(cast, case).missing == ((What.DECISION, told.NO_DECISION),)
    noted(case, cast.nadia, at + timedelta(days=12))
    clock = read(cast, case)
    # Interrupted on 12 November, two months from the 20th.
    assert (clock.standing, clock.last_day) == (Standing.RUNNING, date(2027, 1, 20))
    assert clock.may_be_shown
    with in_paris(cast):
        step = case.steps.latest("pk")
        assert (
            step.words == "Décision contestée notifiée le 6\u00a0octobre\u00a02026, avis de réception signé"
        )
        assert not step.is_shared
        assert entries_about("case", case.reference).first().verb == "note_appeal_date"


def test_a_correction_keeps_what_was_said_before(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.nadia, at, evidence=Evidence.DECLARED)
    noted(case, cast.claire, at + timedelta(days=1), seen_rank=1, on=date(2026, 10, 8))
    with in_paris(cast):
        said = events_of(case.pk)
    assert [(one.on, one.noted_by) for one in said] == [
        (date(2026, 10, 8), "Claire Vasseur"),
        (DECIDED_ON, "Nadia Pruvost"),
    ]
    assert not read(cast, case).doubts


def test_what_was_noted_is_taken_back(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.nadia, at)
    gone = {"on": None, "evidence": "", "path": "", "remedies": "", "home": ""}
    noted(case, cast.nadia, at, seen_rank=1, **gone)
    assert read(cast, case).missing[0][0] == What.DECISION


def test_whoever_comes_second_is_told_who_what_and_when(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.claire, at)
    with pytest.raises(
        actions.NotedMeanwhile, match=r"Claire Vasseur a noté entre-temps, le 9.novembre.2026"
    ):
        noted(case, cast.nadia, at)


def test_a_page_sent_twice_notes_once(cast: Cast, at: datetime) -> None:
    case, key = an_admitted_case(cast, at), uuid4()
    page = {"case": case, "seen_rank": 0, "by": cast.nadia, "at": at, "entry_key": key}
    with in_paris(cast):
        first = actions.note_appeal_event(dated=a_decision(), **page)
        assert actions.note_appeal_event(dated=a_decision(), **page) == first
        with pytest.raises(AlreadySent):
            actions.note_appeal_event(dated=a_decision(on=date(2026, 10, 7)), **page)
        with pytest.raises(AlreadySent):
            actions.note_appeal_event(dated=a_decision(), precision="2C 123", **page)


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"on": date(2026, 11, 30)}, "à venir"),
        ({"on": date(1926, 10, 6)}, "trop ancien"),
        ({"path": "NOWHERE"}, "Choisissez le recours"),
        ({**PROOF, "what": What.END}, "n’est pas terminée"),
    ],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, at: datetime, differs, sentence: str) -> None:
    case = an_admitted_case(cast, at)
    with pytest.raises(actions.DayRefused, match=sentence):
        noted(case, cast.nadia, at + timedelta(days=5), **differs)


def test_nothing_proves_an_admission_that_was_not_decided(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with pytest.raises(actions.DayRefused, match="n’est pas décidée"):
        noted(case, cast.nadia, at, **PROOF)


def test_the_proof_of_the_admission_stands_for_its_date(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.nadia, at)
    noted(case, cast.nadia, at + timedelta(days=6), **PROOF | {"on": date(2026, 11, 14)})
    stopped = read(cast, case).reasons[-1].words
    assert "14\u00a0novembre\u00a02026 (avis de réception signé)" in stopped


def test_the_precision_is_sealed(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    with in_paris(cast):
        actions.note_appeal_event(
            case=case, dated=a_decision(), precision="2C 118 402", seen_rank=0, by=cast.nadia, at=at
        )
        (event,) = events_of(case.pk)
        assert b"118" not in bytes(event.sealed)
        assert opened_events(case, [event])[0].precision == "2C 118 402"


def test_only_the_service_of_the_caf_notes_a_day(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    for other in (cast.remi, cast.agnes, cast.helene, cast.samira.as_actor()):
        with in_paris(cast), pytest.raises(PermissionDenied):
            actions.note_appeal_event(case=case, dated=a_decision(), seen_rank=0, by=other, at=at)


def test_what_was_noted_never_changes(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    noted(case, cast.nadia, at)
    with in_paris(cast), pytest.raises(ProgrammingError), transaction.atomic():
        AppealEvent.objects.update(on=TODAY)
    with in_paris(cast), pytest.raises(IntegrityError), transaction.atomic():
        AppealEvent.objects.create(
            organisation=cast.paris, case=case, what=What.END, rank=1, on=TODAY, noted_at=at, noted_by="?"
        )


def test_a_reopened_case_keeps_its_first_end(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast, at)
    noted(case, cast.nadia, at + timedelta(days=12))
    with in_paris(cast):
        casework.reopen(case=case, because="Une pièce manquait.", by=cast.claire, at=at + timedelta(days=13))
    clock = read(cast, case)
    assert clock.last_day == date(2027, 1, 20)
    assert clock.doubts == (told.REOPENED,)


def test_nobody_but_a_mediator_signs_off_for_her_own_caf(cast: Cast, at: datetime) -> None:
    for other in (cast.nadia, cast.agnes, cast.remi, cast.helene, cast.samira.as_actor()):
        with in_paris(cast), pytest.raises(PermissionDenied):
            actions.decide_sign_off(
                organisation=cast.paris, is_given=True, words="Avis", seen_rank=0, by=other, at=at
            )


def test_signed_off_then_revoked(cast: Cast, at: datetime) -> None:
    assert not is_shown_to_people(cast.paris.pk)
    signed_off(cast, at)
    assert is_shown_to_people(cast.paris.pk)
    assert not is_shown_to_people(cast.tarn.pk)
    signed_off(cast, at, is_given=False, seen_rank=1)
    assert not is_shown_to_people(cast.paris.pk)
    with in_paris(cast):
        assert [one.is_given for one in SignOff.objects.order_by("rank")] == [True, False]
        assert entries_about("organisation", "75").first().verb == "revoke_appeal_clock"


def test_the_same_sent_twice_is_one_decision_and_another_comes_too_late(cast: Cast, at: datetime) -> None:
    signed_off(cast, at)
    signed_off(cast, at)
    assert SignOff.objects.count() == 1
    with pytest.raises(actions.SignedMeanwhile, match="Claire Vasseur a décidé entre-temps de montrer"):
        signed_off(cast, at, is_given=False)


def test_the_national_mediation_speaks_for_those_that_said_nothing(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        actions.decide_sign_off(
            organisation=cast.cnaf,
            is_given=True,
            words="Note du 2 novembre",
            seen_rank=0,
            by=cast.helene,
            at=at,
        )
    assert is_shown_to_people(cast.paris.pk)
    signed_off(cast, at, is_given=False)
    assert not is_shown_to_people(cast.paris.pk)
    assert is_shown_to_people(cast.tarn.pk)


def test_a_new_version_of_the_rules_is_to_be_signed_off_again(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_off(cast, at)
    monkeypatch.setattr(law, "VERSION", law.VERSION + 1)
    assert not is_shown_to_people(cast.paris.pk)
    assert sign_off_of(cast.paris.pk) is not None


def test_the_person_reads_her_own_clock_once_it_is_signed_off(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast, at)
    noted(case, cast.nadia, at + timedelta(days=12))

    def own():
        with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
            return own_clock(Case.objects.get(), TODAY)

    assert own() is None
    signed_off(cast, at)
    assert own().last_day == date(2027, 1, 20)
    noted(case, cast.nadia, at + timedelta(days=12), seen_rank=1, evidence=Evidence.DECLARED)
    assert own() is None
