"""What raw SQL may write in somebody’s name: no more than the buttons of that somebody."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions as casework
from mediane.casework.models import Case, DocumentRequest, RequestedDocument
from mediane.documents.actions import deposit
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.mandates.stories import PAPER
from tests.stories import a_case, a_draft, a_studied_case

STEP = (
    "INSERT INTO casework_step (organisation_id, case_id, act, source, target, at, by_kind, by_id, by_name,"
    " words, is_shared) VALUES ({{caf}}, {{case}}, {}, '', true)"
)
REFUSALS = ("permission denied", "row-level security", "by its person", "never changes")
FORGED = {
    "its state": "UPDATE casework_case SET state = 'under_study' WHERE id = {case}",
    "its answer": "UPDATE casework_case SET state = 'answered', closed_at = now() WHERE id = {case}",
    "who studies it": "UPDATE casework_case SET assignee_id = NULL WHERE id = {case}",
    "its urgency": "UPDATE casework_case SET is_urgent = NOT is_urgent WHERE id = {case}",
    "when it is due": "UPDATE casework_case SET due_on = due_on + 90 WHERE id = {case}",
    "what is due": "UPDATE casework_case SET due_what = 'Rien' WHERE id = {case}",
    "that it waits": "UPDATE casework_case SET is_paused = NOT is_paused WHERE id = {case}",
    "that nothing is new": "UPDATE casework_case SET has_news = false WHERE id = {case}",
    "its version": "UPDATE casework_case SET version = version - 1 WHERE id = {case}",
    "its cause": "UPDATE casework_case SET cause = 'x' WHERE id = {case}",
    "a case of its own making": (
        "INSERT INTO casework_case (organisation_id, referral_id, beneficiary_id, key_id, reference, channel,"
        " origin, benefits, grounds, is_urgent, received_at, received_on, state, due_on, due_what, is_paused,"
        " has_news, has_draft_reply, cause, version) SELECT organisation_id, referral_id + 1000,"
        " beneficiary_id, key_id, 'AAAA-AAAA', channel, origin, benefits, grounds, is_urgent, received_at,"
        " received_on, 'received', due_on, due_what, false, false, false, '', 1 FROM casework_case"
    ),
    "a wait ended": "UPDATE casework_hold SET ended_on = since WHERE case_id = {case}",
    "a list ended": "UPDATE casework_documentrequest SET closed_at = now() WHERE case_id = {case}",
    "a document of somebody else": (
        "UPDATE casework_requesteddocument SET document_id = {foreign}, answered_at = now()"
    ),
    "its key": "UPDATE casework_case SET key_id = key_id + 1 WHERE id = {case}",
    "a deadline": "UPDATE casework_deadline SET met_on = now() WHERE case_id = {case}",
    "the list asked": "UPDATE casework_requesteddocument SET label = 'x'",
    "the date of a list": "UPDATE casework_documentrequest SET due_on = due_on + 90",
    "a message received": "UPDATE casework_message SET body = 'x' WHERE case_id = {case}",
    "a file": "UPDATE documents_document SET sha256 = 'x'",
    "a key": "UPDATE documents_sealingkey SET wrapped = 'x'",
    "a test passed": "UPDATE eligibility_eligibilitycheck SET obstacles = '{{}}'",
    "a step of the service": STEP.format("'admit', '', 'received', now(), 'staff', {claire}, 'Claire'"),
    "an act that is not hers": STEP.format("'answer', '', 'answered', now(), 'person', {samira}, 'Samira'"),
    "a message of the service": (
        "INSERT INTO casework_message (organisation_id, case_id, is_from_person, author, body, sent_at)"
        " VALUES ({caf}, {case}, false, 'Claire', 'x', now())"
    ),
    "a letter": (
        "INSERT INTO correspondence_letter (organisation_id, case_id, kind, public_id, title, body, saved_at,"
        " saved_by, version, signed_at, signed_by, signed_as, template_id) SELECT {caf}, {case}, 'REPLY',"
        " gen_random_uuid(), 'x', 'x', now(), 'x', 1, now(), 'Claire', 'x', min(id)"
        " FROM correspondence_lettertemplate"
    ),
    "a fact for the register": (
        "INSERT INTO complaints_statusfact"
        ' (organisation_id, beneficiary_id, key, reference, fact, "on", noted_at)'
        " VALUES ({caf}, {samira}, gen_random_uuid(), 'K7MQ-4TRX', 'admissible', now(), now())"
    ),
    "what the register knows": "UPDATE complaints_statusfact SET told_at = now()",
    "a membership": (
        "INSERT INTO organisations_membership (organisation_id, user_id, role, title)"
        " VALUES ({caf}, {claire}, 'MEDIATOR', 'x')"
    ),
}


def run(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.rowcount


def written(query: str) -> int:
    """How many rows: none when refused in so many words, or when no row is within reach."""
    try:
        with transaction.atomic():
            return run(query)
    except DatabaseError as error:
        if any(words in str(error) for words in REFUSALS):
            return 0
        raise


def a_file_of(somebody: Beneficiary, at: datetime) -> int:
    case = a_case(somebody, at)
    with rowsecurity.working_for(rowsecurity.person(somebody.pk)):
        name, data = PAPER
        return deposit(name=name, data=data, position=1, key=case.key, by=somebody.as_actor(), at=at).pk


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    """A case with news, a decision awaited, a list of documents asked and a message from the service."""
    made = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        casework.write_to_service(case=made, body="Bonjour", by=cast.samira.as_actor(), at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.await_decision(
            case=made, body="MDPH", reason="AAH", look_again_on=date(2026, 12, 1), by=cast.claire, at=at
        )
        casework.ask_documents(
            case=made, labels=["Avis d’imposition"], due_on=date(2026, 11, 27), by=cast.claire, at=at
        )
        casework.write_to_person(case=made, body="Bonjour", by=cast.claire, at=at)
    return made


@pytest.mark.parametrize("forged", FORGED)
def test_a_person_writes_nothing_in_the_name_of_the_service(
    case: Case, cast: Cast, at: datetime, forged: str
) -> None:
    values = {"case": case.pk, "caf": cast.paris.pk, "claire": cast.claire.id, "samira": cast.samira.pk}
    values["foreign"] = a_file_of(cast.lucette, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert written(FORGED[forged].format(**values)) == 0


def test_staff_add_nobody_to_their_caf_by_themselves(cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            run(FORGED["a membership"].format(caf=cast.paris.pk, claire=cast.remi.id))


def test_a_draft_is_nobody_else_s_to_read(cast: Cast, at: datetime) -> None:
    a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_referral")
        assert cursor.fetchone() == (0,)


def test_what_a_request_rests_on_is_frozen_once_it_is_sent(cast: Cast, at: datetime) -> None:
    sent = a_case(cast.samira, at).referral
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        for query in (
            f"UPDATE complaints_priorcomplaint SET made_on = made_on - 90 WHERE id = {sent.complaint_id}",
            f"DELETE FROM complaints_priorcomplaint WHERE id = {sent.complaint_id}",
            "INSERT INTO referrals_referraldocument (organisation_id, referral_id, document_id)"
            f" VALUES ({cast.paris.pk}, {sent.pk}, 1)",
        ):
            with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
                run(query)


def test_the_service_rewrites_no_message_and_no_list(case: Case, cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for query in (
            "UPDATE casework_message SET body = 'x'",
            "UPDATE casework_requesteddocument SET label = 'x'",
            "DELETE FROM casework_deadline",
            "UPDATE casework_step SET by_name = 'x'",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                run(query)
        assert DocumentRequest.objects.count() == 1


def test_her_answers_bring_the_case_back_to_its_place(case: Case, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        later = date(2026, 12, 20)
        casework.ask_documents(case=case, labels=["Bail"], due_on=later, by=cast.claire, at=at)
    seen = []
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = Case.objects.get(pk=case.pk)
        for label in ("Avis d’imposition", "Bail"):
            item = RequestedDocument.objects.select_related("request").get(label=label)
            casework.excuse_document(case=own, item=item, excuse="Perdu", by=cast.samira.as_actor(), at=at)
            own.refresh_from_db()
            seen.append((own.due_on, own.due_what))
        assert own.is_paused
        assert written(f"UPDATE casework_requesteddocument SET excuse = 'x' WHERE id = {item.pk}") == 0
        casework.withdraw(case=own, by=cast.samira.as_actor(), at=at)
        assert not own.is_paused
    # The next working day, to be read.
    assert seen == [(date(2026, 11, 10), "Réponse à lire")] * 2
