"""Cases that resemble one, and the summaries that a mediator lets the other Cafs read."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework import actions as casework
from mediane.casework.states import Outcome
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from mediane.precedents import actions
from mediane.precedents.models import Precedent, Release
from mediane.precedents.queries import Found
from tests.cast import Cast
from tests.precedents.stories import SUMMARY, an_answered_case
from tests.stories import a_studied_case

BEFORE = timedelta(days=60)
MOVED = "Mon bail de colocation a changé et la mutation n’a pas été enregistrée."


def looked(of: Beneficiary, by: Actor, at: datetime) -> Found:
    case = a_studied_case(of, by, at, explanation=MOVED)
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        return actions.look_for_similar(case=case, by=by, at=at)


def test_a_closed_case_of_the_same_shape_is_found_with_its_reasons_and_its_ending(
    cast: Cast, at: datetime
) -> None:
    near = an_answered_case(cast.lucette, cast.claire, at - BEFORE, explanation=MOVED)
    far = an_answered_case(
        cast.lucette,
        cast.claire,
        at - BEFORE,
        benefits=["AAH"],
        grounds=["DELAY"],
        explanation="Rien de tel.",
    )
    found = looked(cast.samira, cast.nadia, at)
    (one,) = found.here
    assert one.listed.reference == near.reference
    assert far.reference not in {other.listed.reference for other in found.here}
    assert one.listed.outcome == Outcome.REVISED
    assert one.likeness.grounds
    assert "colocation" in one.words
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = Entry.objects.get(verb="look_for_similar")
    assert line.details == {"count": "1", "shown": near.reference}, "which were shown, never the words"


def test_a_case_still_open_or_of_another_caf_is_no_precedent(cast: Cast, at: datetime) -> None:
    a_studied_case(cast.lucette, cast.claire, at - BEFORE, explanation=MOVED)
    an_answered_case(cast.awa, cast.remi, at - BEFORE, explanation=MOVED)
    found = looked(cast.samira, cast.nadia, at)
    assert (found.here, found.elsewhere) == ([], [])


def test_looking_costs_the_same_for_one_and_for_many(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, explanation=MOVED)
    seen = []
    for several in (1, 6):
        for _ in range(several):
            an_answered_case(cast.lucette, cast.claire, at - BEFORE, explanation=MOVED)
        with (
            rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)),
            CaptureQueriesContext(connection) as counted,
        ):
            found = actions.look_for_similar(case=case, by=cast.claire, at=at)
        seen.append((len(found.here), len(counted)))
    assert [number for number, _ in seen] == [1, 7]
    assert seen[0][1] == seen[1][1]


def test_another_caf_reads_the_summary_and_the_codes_and_nothing_else(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast.awa, cast.remi, at - BEFORE, explanation=MOVED)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.release(case=case, words=SUMMARY, by=cast.remi, at=at)
    (one,) = looked(cast.samira, cast.nadia, at).elsewhere
    assert one.precedent.words == SUMMARY
    assert (one.precedent.outcome, one.precedent.year) == (Outcome.REVISED, 2026)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Release.objects.exists(), "who released it, and of which case, stays there"
        assert not Precedent.objects.all().delete()[0], "another Caf takes nothing back"
    assert not {"case", "released_by", "beneficiary"} & {field.name for field in Precedent._meta.get_fields()}
    with rowsecurity.working_for(rowsecurity.head(cast.paris.pk)):
        assert not Precedent.objects.exists()


def test_a_summary_taken_back_is_read_by_nobody_and_another_may_follow(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast.awa, cast.remi, at - BEFORE)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        first = actions.release(case=case, words=SUMMARY, by=cast.remi, at=at)
        with pytest.raises(actions.ReleasedAlready, match="a déjà partagé"):
            actions.release(case=case, words=SUMMARY, by=cast.remi, at=at)
        actions.withdraw_release(
            case=case, public_id=first.public_id, because="Trop précis.", by=cast.remi, at=at
        )
        assert not Precedent.objects.exists()
        with pytest.raises(actions.WithdrawnAlready, match="avant vous"):
            actions.withdraw_release(
                case=case, public_id=first.public_id, because="Trop précis.", by=cast.remi, at=at
            )
        actions.release(case=case, words=SUMMARY, by=cast.remi, at=at)
        assert Release.objects.count() == 2


def test_sent_twice_it_is_released_once(cast: Cast, at: datetime) -> None:
    case, page = an_answered_case(cast.awa, cast.remi, at - BEFORE), uuid4()
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        first, again = (
            actions.release(case=case, words=SUMMARY, by=cast.remi, at=at, entry_key=page) for _ in range(2)
        )
        assert first.pk == again.pk
        assert Precedent.objects.count() == 1


def test_a_name_a_short_text_and_an_open_case_are_refused(cast: Cast, at: datetime) -> None:
    answered = an_answered_case(cast.awa, cast.remi, at - BEFORE)
    studied = a_studied_case(cast.awa, cast.remi, at)
    named = f"{SUMMARY} {cast.awa.last_name} en est soulagé."
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        with pytest.raises(actions.TellsWho, match="un nom du dossier"):
            actions.release(case=answered, words=named, by=cast.remi, at=at)
        with pytest.raises(actions.NotASummary, match="en compte 5"):
            actions.release(case=answered, words="Court", by=cast.remi, at=at)
        with pytest.raises(actions.NotAnswered, match="pas de réponse"):
            actions.release(case=studied, words=SUMMARY, by=cast.remi, at=at)


def test_the_mediator_alone_releases(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast.samira, cast.claire, at - BEFORE)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), pytest.raises(PermissionDenied):
        actions.release(case=case, words=SUMMARY, by=cast.nadia, at=at)


def test_a_case_studied_again_takes_its_summary_back(cast: Cast, at: datetime) -> None:
    case = an_answered_case(cast.awa, cast.remi, at - timedelta(days=10))
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.release(case=case, words=SUMMARY, by=cast.remi, at=at)
        casework.reopen(case=case, because="Un document nouveau.", by=cast.remi, at=at)
        assert not Precedent.objects.exists()
        assert Release.objects.get().because == "Le dossier a été rouvert."
