import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from mediane.casework.actions import DeclaredComplaint, Entry, register
from mediane.casework.models import Case, Step
from mediane.casework.states import State
from mediane.documents.models import Document
from mediane.documents.rules import FileRefused
from mediane.integrations.demonstration.papers import sheet
from mediane.journal.models import Entry as Line
from mediane.kit import rowsecurity
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary
from mediane.referrals.actions import AlreadyEntered, start_or_resume
from mediane.referrals.models import Referral
from mediane.referrals.queries import documents_of, safe_contact_of
from mediane.referrals.rules import Arrival
from tests.cast import Cast
from tests.stories import PLAIN, a_case

RECEIVED = date(2026, 11, 2)
SCAN = ("lettre.pdf", sheet("lettre.pdf"))
STRANGER = Identity(
    organisation_code="", number="3951207", title="Monsieur", first_name="Ibrahima", last_name="Sow"
)


def a_letter(key: UUID | None = None, *, received_on: date = RECEIVED, **differs: Any) -> Entry:
    return Entry(
        arrival=Arrival(channel="MAIL", origin="ELECTED", received_on=received_on, entry_key=key or uuid4()),
        typed=PLAIN | {"helper": "Maire de Paris 19e", "notice_by_email": False} | differs,
        safe_contact={"address": "4 rue Haute\n75019 Paris"},
    )


def test_a_letter_opens_a_case_like_any_other(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
        referral = Referral.objects.get(pk=case.referral_id)
        step = Step.objects.get(case=case)
        line = Line.objects.get(verb="file", subject_kind="referral")
        assert safe_contact_of(referral) == {"address": "4 rue Haute\n75019 Paris"}
    assert (case.state, case.channel, case.origin) == (State.RECEIVED, "MAIL", "ELECTED")
    assert (step.act, step.by_name, step.at) == ("file", "Nadia Pruvost", at)
    assert (line.actor_name, line.beneficiary_id) == ("Nadia Pruvost", cast.lucette.pk)
    assert referral.filed_at == at


def test_the_day_of_receipt_and_not_of_entry_rules_the_deadlines(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        entered = register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
        late = {due.kind: (due.due_on, due.because) for due in entered.deadlines.all()}
    online = a_case(cast.samira, at - timedelta(days=7))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        same = {due.kind: (due.due_on, due.because) for due in online.deadlines.all()}
    assert entered.received_on == online.received_on == RECEIVED
    assert late == same
    assert "la réception du 2 novembre 2026" in late["acknowledgement"][1].replace("\u00a0", " ")
    assert entered.received_at < at


def test_entered_the_day_it_came_it_keeps_its_hour(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = register(entry=a_letter(received_on=at.date()), of=cast.lucette, by=cast.nadia, at=at)
    assert (case.received_at, case.received_on) == (at, at.date())


def test_the_draft_of_the_person_is_neither_seen_nor_touched(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        draft = start_or_resume(of=cast.lucette, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
        assert [one.pk for one in Referral.objects.all()] == [case.referral_id]
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        assert start_or_resume(of=cast.lucette, at=at).pk == draft.pk
        assert Case.objects.count() == 1


def test_scan_and_complaint_come_with_it(cast: Cast, at: datetime) -> None:
    complaint = DeclaredComplaint(made_on=date(2026, 9, 1), channel="Lettre", reference="R-1")
    entry = replace(a_letter(), files=(SCAN,), complaint=complaint)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = register(entry=entry, of=cast.lucette, by=cast.nadia, at=at)
        referral = Referral.objects.select_related("complaint").get(pk=case.referral_id)
        (scan,) = documents_of(referral)
    assert referral.complaint is not None
    assert (referral.complaint.source, referral.complaint.made_on) == ("DECLARED", date(2026, 9, 1))
    assert (scan.shown_name, scan.deposited_by) == ("lettre.pdf", "Nadia Pruvost")


def test_a_file_refused_leaves_nothing(cast: Cast, at: datetime) -> None:
    entry = replace(a_letter(), files=(SCAN, ("virus.exe", b"MZ\x90\x00")))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(FileRefused, match=r"virus\.exe"):
            register(entry=entry, of=STRANGER, by=cast.nadia, at=at)
        for model in (Case, Referral, Document):
            assert model.objects.count() == 0
        assert not Beneficiary.objects.filter(number=STRANGER.number).exists()


@pytest.mark.parametrize("who", ["known", "new"])
def test_a_page_sent_again_finds_the_first_case(cast: Cast, at: datetime, who: str) -> None:
    of: Any = cast.lucette if who == "known" else STRANGER
    entry = a_letter()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        first = register(entry=entry, of=of, by=cast.nadia, at=at)
        again = register(entry=entry, of=of, by=cast.nadia, at=at + timedelta(minutes=5))
        assert again.pk == first.pk
        assert (Case.objects.count(), Step.objects.count()) == (1, 1)


def test_a_page_that_served_is_not_silently_another_request(cast: Cast, at: datetime) -> None:
    key = uuid4()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        register(entry=a_letter(key), of=cast.lucette, by=cast.nadia, at=at)
        for other, of in ((a_letter(key, asked="Autre chose"), cast.lucette), (a_letter(key), cast.samira)):
            with pytest.raises(AlreadyEntered, match="de Lucette Morvan"):
                register(entry=other, of=of, by=cast.nadia, at=at)
        assert Case.objects.count() == 1


@pytest.mark.parametrize("who", ["known", "new"])
def test_of_a_double_click_one_case_is_born(committed: str, cast: Cast, at: datetime, who: str) -> None:
    of: Any = cast.lucette if who == "known" else STRANGER
    entry, line, found = a_letter(), threading.Barrier(3), []

    def click() -> None:
        try:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                line.wait(timeout=10)
                found.append(register(entry=entry, of=of, by=cast.nadia, at=at).pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(3)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(timeout=30)
    assert (len(found), len(set(found))) == (3, 1)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Case.objects.count() == 1
