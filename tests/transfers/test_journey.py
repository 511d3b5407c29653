"""From one Caf to another: what arrives, what stays, and who sees what."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions as casework
from mediane.casework.models import Case, Deadline, FileTransfer, Note
from mediane.casework.queries.casefile import casefile
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.meetings import Spoken
from mediane.casework.states import CallKind, State
from mediane.correspondence.models import Letter
from mediane.correspondence.queries import pdf_of as own_pdf_of
from mediane.documents.models import Document
from mediane.documents.queries import content
from mediane.integrations.demonstration.papers import sheet
from mediane.kit import rowsecurity, sealing
from mediane.kit.refusal import Refusal
from mediane.referrals import actions as referrals
from mediane.transfers import actions, queries
from mediane.transfers.models import Arrival, CopiedLetter, Parcel
from mediane.transfers.states import Stage
from tests.cast import Cast
from tests.stories import a_case, a_draft
from tests.transfers.moving import NUMBER, an_admitted_case, departure, packed, sent, taken_in

LATER = timedelta(days=5)


def test_a_transferred_case_is_closed_here_with_its_decision(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    parcel = sent(case, cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        decided = FileTransfer.objects.get(case=case)
    assert (case.state, case.closed_at) == (State.TRANSFERRED, at + LATER)
    assert (decided.to_id, decided.number, decided.decided_by) == (cast.tarn.pk, NUMBER, "Nadia Pruvost")
    assert parcel.stage is Stage.SENT


def test_the_next_caf_goes_on_from_the_day_the_first_one_received_it(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        there = Case.objects.select_related("referral__complaint", "beneficiary").get(pk=there.pk)
        due = {row.kind: row for row in Deadline.objects.filter(case=there)}
    assert there.reference != case.reference
    assert (there.state, there.origin, there.assignee_id) == (State.RECEIVED, "TRANSFER", None)
    assert there.received_on == case.received_on
    assert (there.beneficiary.number, there.beneficiary.full_name) == (NUMBER, "Samira Belkacem")
    assert there.referral.explanation == case.referral.explanation
    assert there.referral.complaint.reference == "26-884120"
    assert there.key_id != case.key_id
    # What was told to the person there is not told again; what was decided stands.
    assert due[Kind.ACKNOWLEDGEMENT].met_on == date(2026, 11, 10)
    assert (there.admissible_on, due[Kind.ADMISSIBILITY].met_on) == (date(2026, 11, 12), date(2026, 11, 12))
    assert there.due_what == "Répondre"


def test_letters_arrive_byte_for_byte_and_notes_stay(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    parcel = packed(case, cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        own = own_pdf_of(Letter.objects.select_related("case__key").get(case=case))
    there = taken_in(parcel, cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        arrival = Arrival.objects.get(case=there)
        copy = CopiedLetter.objects.get(arrival=arrival)
        assert queries.pdf_of(copy, there) == own
        assert copy.pdf_sha256 == hashlib.sha256(own).hexdigest()
        assert (copy.written_by, copy.signed_by) == (cast.paris.name, "Claire Vasseur")
        told = [one.text for one in queries.story_of(arrival, there)]
        assert "Où habitez-vous maintenant ?" in told
        assert not any("épuisée" in text for text in told)
        assert Note.objects.count() == 0
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            CopiedLetter.objects.filter(pk=copy.pk).update(title="x")


def test_what_the_person_reads_of_a_call_goes_with_it_and_the_rest_stays(cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for minute, (said, is_shared) in enumerate(
            (("Son bail est signé.", True), ("Elle pleurait.", False))
        ):
            spoken = Spoken(
                kind=CallKind.RECEIVED,
                called_at=at + timedelta(minutes=minute),
                spoke_to="Samira Belkacem",
                text=said,
                is_shared=is_shared,
            )
            casework.note_call(case=case, spoken=spoken, by=cast.nadia, at=at + LATER)
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        told = queries.story_of(Arrival.objects.get(case=there), there)
    calls = [(one.at, one.side, one.text) for one in told if "ppel" in one.title]
    assert calls == [
        (at, "person", "Son bail est signé. Noté par Nadia Pruvost"),
        (at + LATER, "mediation", "Appel reçu, par Nadia Pruvost"),
    ]
    assert not any("pleurait" in one.text for one in told)


def test_files_are_the_same_under_another_key(cast: Cast, at: datetime, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        referrals.join(draft=draft, name="Bail.pdf", data=sheet("Bail.pdf"), by=cast.samira.as_actor(), at=at)
        case = casework.receive(draft=draft, by=cast.samira.as_actor(), at=at)
    parcel = packed(case, cast, at + LATER)
    on_the_way = list(parcel.blobs)
    there = taken_in(parcel, cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        copy = Document.objects.select_related("key").get(key_id=there.key_id)
        assert hashlib.sha256(content(copy)).hexdigest() == copy.sha256
        assert there.referral.joined.get().document_id == copy.pk
        emptied = Parcel.objects.get(pk=parcel.pk)
    assert len(on_the_way) == 1
    assert (emptied.stage, emptied.blobs, emptied.sealed, emptied.wrapped) == (Stage.TAKEN_IN, [], None, None)
    assert emptied.arrived_as == there.reference


def test_what_comes_back_is_not_proposed_as_a_duplicate_of_what_left(cast: Cast, at: datetime) -> None:
    first = a_case(cast.samira, at)
    there = taken_in(packed(first, cast, at + LATER), cast, at + LATER)
    assert there is not None
    home = departure(cast, to=cast.paris, number=cast.samira.number)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        parcel = actions.send(case=there, departure=home, by=cast.remi, at=at + LATER)
        actions.pack(parcel=parcel, at=at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        back = actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + LATER)
        assert back is not None
        for one, other in ((first, back), (back, first)):
            file = casefile(casework.consult(reference=one.reference, by=cast.nadia, at=at + LATER))
            assert file.near == []
            assert [listed.reference for listed in file.earlier] == [other.reference]


def test_a_parcel_delivered_twice_opens_one_case(cast: Cast, at: datetime) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    assert taken_in(parcel, cast, at + LATER) is not None
    assert taken_in(parcel, cast, at + LATER) is None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.count() == Arrival.objects.count() == 1


def test_the_sender_writes_nothing_at_the_receiver_s(cast: Cast, at: datetime) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    with pytest.raises(DatabaseError, match="row-level security"):
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            actions.take_in(parcel=parcel, at=at + LATER)


@pytest.mark.parametrize(
    ("caf", "change"),
    [
        (
            "paris",
            "arrived_as = 'K7MQ-4TRX', taken_in_at = now(), wrapped = NULL, sealed = NULL, blobs = '{}'",
        ),
        ("paris", "number = '1111111'"),
        ("paris", "sealed = 'x'"),
        ("tarn", "sealed = 'x'"),
        ("tarn", "packed_at = now()"),
    ],
)
def test_a_parcel_goes_one_way(cast: Cast, at: datetime, caf: str, change: str) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    with pytest.raises(DatabaseError, match="one way"):
        with rowsecurity.working_for(rowsecurity.staff(getattr(cast, caf).pk)):
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE transfers_parcel SET {change} WHERE id = {parcel.pk}")


def test_a_third_caf_sees_no_parcel(cast: Cast, at: datetime) -> None:
    packed(a_case(cast.samira, at), cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(1)):
        assert Parcel.objects.count() == 0


def test_a_parcel_sent_to_another_caf_does_not_open(cast: Cast, at: datetime) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + LATER)
    parcel.to_id = cast.paris.pk
    with pytest.raises(sealing.Broken):
        queries.contents_of(parcel)


@pytest.mark.parametrize(
    "differs", [{"to": "paris"}, {"to": "cnaf"}, {"moved_on": date(2026, 12, 25)}], ids=str
)
def test_a_case_goes_neither_home_nor_to_the_cnaf_nor_before_the_day(
    cast: Cast, at: datetime, differs
) -> None:
    case = a_case(cast.samira, at)
    differs = {name: getattr(cast, value) if name == "to" else value for name, value in differs.items()}
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), pytest.raises(Refusal):
        actions.send(case=case, departure=departure(cast, **differs), by=cast.nadia, at=at)


def test_a_case_that_answers_for_another_does_not_leave_without_it(cast: Cast, at: datetime) -> None:
    kept, duplicate = a_case(cast.samira, at), a_case(cast.samira, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.merge_cases(case=duplicate, other=kept, seen_rank=0, by=cast.nadia, at=at + LATER)
        with pytest.raises(Refusal, match="séparez-les"):
            actions.send(case=kept, departure=departure(cast), by=cast.nadia, at=at + LATER)


def test_the_person_no_longer_writes_where_nobody_reads(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    sent(case, cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        with pytest.raises(Refusal, match="Tarn-et-Garonne"):
            casework.write_to_service(case=case, body="Bonjour", by=cast.samira.as_actor(), at=at + LATER)


def test_a_case_may_move_twice_and_takes_all_its_letters(cast: Cast, at: datetime) -> None:
    first = an_admitted_case(cast, at)
    there = taken_in(packed(first, cast, at + LATER), cast, at + LATER)
    assert there is not None
    back = departure(cast, to=cast.paris, number=cast.samira.number)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        parcel = actions.send(case=there, departure=back, by=cast.remi, at=at + 2 * LATER)
        actions.pack(parcel=parcel, at=at + 2 * LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        home = actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + 2 * LATER)
        assert home is not None
        assert home.received_on == first.received_on
        assert home.beneficiary_id == cast.samira.pk
        assert CopiedLetter.objects.get(arrival__case=home).written_by == cast.paris.name
