import threading
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions as casework
from mediane.casework.actions import Entry, NoCodeNeeded
from mediane.casework.models import Case, FollowCode
from mediane.casework.rules import follow_code
from mediane.casework.rules.followed import Followed
from mediane.casework.states import State
from mediane.journal.models import Entry as Line
from mediane.kit import references, rowsecurity
from mediane.referrals.rules import Arrival
from tests.cast import Cast
from tests.stories import PLAIN, a_case

HOUR = timedelta(hours=1)


def a_posted_case(cast: Cast, at: datetime) -> Case:
    arrival = Arrival(channel="MAIL", origin="BENEFICIARY", received_on=at.date(), entry_key=uuid4())
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        entry = Entry(arrival=arrival, typed=PLAIN | {"notice_by_email": False})
        return casework.register(entry=entry, of=cast.lucette, by=cast.nadia, at=at)


def a_code(case: Case, cast: Cast, at: datetime) -> str:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return casework.give_follow_code(case=case, by=cast.nadia, at=at)


def tried(case: Case | str, code: str, at: datetime) -> Followed | None:
    """As the public page does: nobody is signed in."""
    reference = case if isinstance(case, str) else case.reference
    with rowsecurity.working_for(rowsecurity.public()):
        return casework.follow_up(reference=reference, code=code, at=at)


def test_a_code_shows_where_the_request_stands_and_is_journaled(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=case, by=cast.claire, at=at)
        casework.ask_documents(
            case=case, labels=["Bail", "Avis"], due_on=at.date() + timedelta(days=9), by=cast.claire, at=at
        )
        casework.note(case=case, text="Reste 614,20 €", by=cast.claire, at=at)
    told = tried(case, code, at + HOUR)
    assert told is not None
    assert (told.situation.state, told.situation.received_on) == (
        State.AWAITING_BENEFICIARY,
        case.received_on,
    )
    assert (told.documents, told.documents_by) == (2, at.date() + timedelta(days=9))
    assert [act for act, _ in told.steps] == ["ask_beneficiary", "take_up", "acknowledge", "file"]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        line = Line.objects.get(verb="follow_up")
    assert (line.subject, line.actor_name, line.at) == (case.reference, "Code de suivi", at + HOUR)


def test_no_content_leaves_by_the_door(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=case, by=cast.claire, at=at)
        casework.write_to_person(case=case, body="Votre handicap", by=cast.claire, at=at)
    out = repr(tried(case, code, at))
    for secret in ("Lucette", "Morvan", "2604418", "handicap", "Claire", "Nadia", PLAIN["asked"]):
        assert secret not in out


def test_the_public_reads_no_case_before_nor_after(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    with rowsecurity.working_for(rowsecurity.public()):
        assert casework.follow_up(reference=case.reference, code=code, at=at)
        with connection.cursor() as cursor:
            for table in ("case", "step", "followcode"):
                cursor.execute(f"SELECT count(*) FROM casework_{table}")
                assert cursor.fetchone() == (0,), table
            cursor.execute(
                "SELECT current_setting('mediane.context'), current_setting('mediane.beneficiary')"
            )
            assert cursor.fetchone() == ("public", "")


def test_neither_code_nor_reference_is_kept_as_it_is(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        kept = FollowCode.objects.get(case=case)
    assert code.replace("-", "") not in kept.digest.upper()
    assert len(kept.digest) == 64


def test_wrong_and_unknown_are_one_answer(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    assert tried(case, follow_code.draw(), at) is None
    assert tried(references.make(), code, at) is None


def test_whoever_tries_codes_closes_the_door_to_nobody(cast: Cast, at: datetime) -> None:
    """Anybody may know a reference; 69 bits are not found by trying, however often."""
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    for _ in range(12):
        assert tried(case, follow_code.draw(), at) is None
    assert tried(case, code, at) is not None


def test_a_new_code_ends_the_one_before(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    first, second = a_code(case, cast, at), a_code(case, cast, at)
    assert tried(case, first, at) is None
    assert tried(case, second, at) is not None


def test_the_code_ends_when_the_person_comes_in(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        casework.end_follow_codes(of=cast.lucette, at=at)
    assert tried(case, code, at) is None
    again = a_code(case, cast, at)
    assert tried(case, again, at) is not None


def test_the_code_ends_sixty_days_after_closing(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    code = a_code(case, cast, at)
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        casework.withdraw(case=case, by=cast.lucette.as_actor(), at=at)
    assert tried(case, code, at + timedelta(days=59)) is not None
    assert tried(case, code, at + timedelta(days=60)) is None
    with pytest.raises(NoCodeNeeded, match="deux mois"):
        a_code(case, cast, at + timedelta(days=60))


def test_an_online_request_has_no_code(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with pytest.raises(NoCodeNeeded, match="espace de suivi"):
        a_code(case, cast, at)


def test_the_neighbour_gives_no_code(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    with pytest.raises(PermissionDenied):
        with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
            casework.give_follow_code(case=case, by=cast.remi, at=at)


def test_the_person_ends_her_code_and_makes_none(cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            FollowCode.objects.create(
                organisation=cast.paris, case=case, beneficiary=cast.lucette, digest="x", given_at=at
            )


def test_of_two_agents_at_once_the_last_code_works_alone(committed: str, cast: Cast, at: datetime) -> None:
    case = a_posted_case(cast, at)
    codes: list[str] = []

    def give() -> None:
        try:
            codes.append(a_code(case, cast, at))
        finally:
            connection.close()

    agents = [threading.Thread(target=give) for _ in range(2)]
    for agent in agents:
        agent.start()
    for agent in agents:
        agent.join()
    assert len(codes) == 2
    assert sum(tried(case, code, at) is not None for code in codes) == 1
