"""What is asked, answered, called off; who may, and what a service can read."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions as casework
from mediane.casework.models import Case, Step
from mediane.casework.states import Act, Outcome
from mediane.consultations import actions
from mediane.consultations.actions.asking import DueTooEarly
from mediane.consultations.actions.telling import ChangedMeanwhile, NotAwaited, WrittenMeanwhile
from mediane.consultations.models import AnswerDraft, Consultation, Joined
from mediane.consultations.queries.desk import consultations_of, opened_consultation
from mediane.consultations.queries.of_service import found_for_service, question
from mediane.consultations.queries.sealed import answer_of, said_in
from mediane.consultations.states import Heard, Kind, State, Word
from mediane.kit import rowsecurity
from mediane.kit.once import AlreadySent
from tests.cast import Cast
from tests.consultations.stories import (
    ANSWER,
    DUE,
    QUESTION,
    a_consultation,
    answered,
    asked,
    known,
    of_service,
    photo,
)
from tests.stories import a_studied_case

TODAY = date(2026, 11, 12)
LATER = timedelta(days=3)


@pytest.fixture
def desk(cast: Cast) -> rowsecurity.Context:
    return rowsecurity.staff(cast.paris.pk)


def test_a_question_is_sealed_and_is_a_step_of_the_case(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(desk):
        row = known(one)
        assert (row.state, row.due_on, row.rank) == (State.AWAITED, DUE, 1)
        assert QUESTION.encode() not in bytes(row.sealed)
        assert said_in(row).question == QUESTION
        step = Step.objects.filter(case=row.case).latest("pk")
        assert (step.act, step.words, step.is_shared) == (
            Act.ASK_SERVICE,
            "Au service des prestations",
            False,
        )
        assert [chase.word for chase in row.chases.all()] == [Word.ASKED]


def test_the_person_is_named_only_if_one_says_so(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    silent = a_consultation(cast.samira, cast.claire, at, case=case)
    named = a_consultation(cast.samira, cast.claire, at, case=case, is_named=True)
    assert (said_in(known(silent)).name, said_in(known(silent)).number) == ("", "")
    assert said_in(known(named)).name == "Samira Belkacem"


def test_the_page_sent_twice_asks_once(cast: Cast, at: datetime, desk) -> None:
    case, key = a_studied_case(cast.samira, cast.claire, at), uuid4()
    with rowsecurity.working_for(desk):
        page = {"case": case, "by": cast.claire, "at": at, "entry_key": key}
        first = actions.ask(asked=asked(), **page)
        assert actions.ask(asked=asked(), **page).pk == first.pk
        with pytest.raises(AlreadySent):
            actions.ask(asked=asked(question="Et en avril ?"), **page)
        assert Consultation.objects.count() == 1


def test_an_answer_is_due_after_today(cast: Cast, at: datetime) -> None:
    with pytest.raises(DueTooEarly):
        a_consultation(cast.samira, cast.claire, at, due_on=date(2026, 11, 10))


def test_nothing_is_asked_about_a_closed_case(cast: Cast, at: datetime, desk) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(desk):
        casework.withdraw(case=case, by=cast.claire, at=at)
        with pytest.raises(NotAwaited, match="clos"):
            actions.ask(case=case, asked=asked(), by=cast.claire, at=at)


def test_the_answer_brings_the_case_back_to_the_top(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    answered(one, cast.malik, at + LATER)
    row = known(one)
    assert (row.state, row.heard, row.ended_by) == (State.ANSWERED, Heard.ONLINE, "Malik Ferhat")
    assert answer_of(row) == ANSWER
    assert row.case.has_news
    with rowsecurity.working_for(desk):
        step = Step.objects.filter(case=row.case).latest("pk")
    assert (step.act, step.by_kind) == (Act.ANSWER_CONSULTATION, "service")
    assert step.words == "Prestations\u00a0: Malik Ferhat"


def test_the_same_answer_sent_twice_is_one(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    answered(one, cast.malik, at + LATER)
    answered(one, cast.malik, at + LATER)
    with pytest.raises(NotAwaited, match="Malik Ferhat, le 12\u00a0novembre\u00a02026"):
        answered(one, cast.odile, at + LATER, "Non.")
    with rowsecurity.working_for(desk):
        assert Step.objects.filter(act=Act.ANSWER_CONSULTATION).count() == 1


def test_another_service_reads_and_answers_nothing(cast: Cast, at: datetime) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(of_service(cast.yann)):
        assert found_for_service(one.public_id) is None
        assert not Consultation.objects.exists()
    with pytest.raises(PermissionDenied), rowsecurity.working_for(of_service(cast.malik)):
        actions.answer(consultation=Consultation.objects.get(), text=ANSWER, by=cast.yann, at=at)


def test_a_service_reads_neither_case_nor_person_nor_file(cast: Cast, at: datetime) -> None:
    a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(of_service(cast.malik)), connection.cursor() as cursor:
        for table in (
            "casework_case",
            "people_beneficiary",
            "documents_document",
            "casework_note",
            "casework_step",
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("UPDATE consultations_consultation SET due_on = due_on + 30")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO consultations_chase"
                " (organisation_id, consultation_id, word, due_on, at, by_name) SELECT"
                " organisation_id, id, 'reminded', due_on, asked_at, 'x' FROM consultations_consultation"
            )


def test_called_off_the_service_reads_nothing_of_it(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at, is_named=True)
    with rowsecurity.working_for(desk):
        actions.call_off(consultation=known(one), seen_version=1, by=cast.nadia, at=at + LATER)
    with rowsecurity.working_for(of_service(cast.malik)):
        assert found_for_service(one.public_id) is None
        with pytest.raises(actions.NothingAsked):
            actions.open_question(public_id=one.public_id, today=TODAY, by=cast.malik, at=at)
    with rowsecurity.working_for(desk):
        with pytest.raises(NotAwaited, match="Nadia Pruvost a retiré"):
            actions.remind(consultation=known(one), by=cast.claire, at=at + LATER)
        assert [chase.word for chase in known(one).chases.order_by("pk")] == [Word.ASKED, Word.CALLED_OFF]


def test_whoever_acts_second_is_told_who_was_first(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(desk):
        actions.remind(consultation=known(one), seen_version=1, by=cast.nadia, at=at + LATER)
        with pytest.raises(ChangedMeanwhile, match=r"Nadia Pruvost a agi .* «\u00a0Relance\u00a0»"):
            actions.remind(consultation=known(one), seen_version=1, by=cast.claire, at=at + LATER)
        with pytest.raises(ChangedMeanwhile):
            actions.call_off(consultation=known(one), seen_version=1, by=cast.claire, at=at + LATER)
        actions.change_due(
            consultation=known(one), due_on=DUE + LATER, seen_version=2, by=cast.claire, at=at + LATER
        )
        assert known(one).due_on == DUE + LATER


def test_a_draft_is_kept_for_the_service_and_a_colleague_is_told(cast: Cast, at: datetime, desk) -> None:
    one, page, other = a_consultation(cast.samira, cast.claire, at), uuid4(), uuid4()
    with rowsecurity.working_for(of_service(cast.malik)):
        row = Consultation.objects.get()
        for text in ("Je", "Je cherche"):
            actions.save_draft(consultation=row, text=text, page=page, seen_version=0, by=cast.malik, at=at)
        with pytest.raises(WrittenMeanwhile, match="Malik Ferhat"):
            actions.save_draft(consultation=row, text="Moi", page=other, seen_version=0, by=cast.odile, at=at)
        with pytest.raises(WrittenMeanwhile):
            actions.answer(consultation=row, text="Moi", page=other, seen_version=0, by=cast.odile, at=at)
        assert question(row, today=TODAY).drafted == "Je cherche"
        actions.save_draft(consultation=row, text="Nous", page=other, seen_version=2, by=cast.odile, at=at)
    with rowsecurity.working_for(desk):
        assert AnswerDraft.objects.get().saved_by == "Odile Perrin"
        assert opened_consultation(known(one), today=TODAY).shown.answer == ""


def test_files_of_a_draft_are_no_part_of_an_answer_typed_at_the_desk(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(of_service(cast.malik)):
        row = Consultation.objects.get()
        actions.join_file(consultation=row, name="releve.png", data=photo(), by=cast.malik, at=at)
    with rowsecurity.working_for(desk):
        said = actions.NotedAnswer(heard=Heard.PHONE, text="Oui.", files=[("note.png", photo())])
        actions.note_answer(consultation=known(one), said=said, by=cast.nadia, at=at + LATER)
        row = known(one)
        assert [file.shown_name for file in opened_consultation(row, today=TODAY).answered] == ["note.png"]
        assert list(Joined.objects.order_by("pk").values_list("kind", flat=True)) == [Kind.DRAFT, Kind.ANSWER]
        # Whoever typed it has read it.
        assert row.read_at is not None
        assert not row.case.has_news


def test_files_sent_with_the_answer_are_read_at_the_desk_only_then(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(of_service(cast.malik)):
        row = Consultation.objects.get()
        actions.join_file(consultation=row, name="releve.png", data=photo(), by=cast.malik, at=at)
    with rowsecurity.working_for(desk):
        assert opened_consultation(known(one), today=TODAY).answered == []
        assert not known(one).case.key.document_set.exists()
    answered(one, cast.malik, at + LATER)
    with rowsecurity.working_for(desk):
        (file,) = opened_consultation(known(one), today=TODAY).answered
        assert file.shown_name == "releve.png"


def test_with_its_case_a_question_stops_and_goes_on(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at, is_named=True)
    case = known(one).case
    with rowsecurity.working_for(desk):
        casework.answer(
            case=case,
            outcome=Outcome.UPHELD,
            cause="LATE_PROCESSING",
            grounds=[],
            by=cast.claire,
            at=at + LATER,
        )
        (shown,) = consultations_of(case, today=TODAY)
        assert shown.standing == "stopped"
        with pytest.raises(NotAwaited, match="clos"):
            actions.call_off(consultation=known(one), by=cast.claire, at=at + LATER)
    with rowsecurity.working_for(of_service(cast.malik)):
        assert found_for_service(one.public_id) is None
    with rowsecurity.working_for(desk):
        casework.reopen(case=case, because="Nouvelle pièce", by=cast.claire, at=at + 2 * LATER)
    with rowsecurity.working_for(of_service(cast.malik)):
        assert found_for_service(one.public_id) is not None
    with rowsecurity.working_for(desk):
        actions.call_off(consultation=known(one), by=cast.claire, at=at + 2 * LATER)
        assert known(one).state == State.CALLED_OFF


def test_the_person_who_withdraws_closes_what_was_asked(cast: Cast, at: datetime) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        case = casework.consult_own(reference=known_reference(one), by=cast.samira.as_actor(), at=at)
        casework.withdraw(case=case, by=cast.samira.as_actor(), at=at + LATER)
        assert not Consultation.objects.exists()
    assert not known(one).is_case_open


def known_reference(one: Consultation) -> str:
    case: Case = known(one).case
    return case.reference


def test_an_answer_is_read_once(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    answered(one, cast.malik, at + LATER)
    with rowsecurity.working_for(desk):
        actions.read_answer(consultation=known(one), by=cast.nadia, at=at + LATER)
        first = known(one).read_at
        actions.read_answer(consultation=known(one), by=cast.claire, at=at + 2 * LATER)
        assert known(one).read_at == first
