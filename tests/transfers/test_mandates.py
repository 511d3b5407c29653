"""A mandate is of one Caf: the next one is told of it, with its proof, and opens nothing on its word."""

import hashlib
from datetime import date, datetime, timedelta

from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.documents.queries import content
from mediane.kit import rowsecurity
from mediane.mandates import actions as mandates
from mediane.mandates.models import Mandate
from mediane.transfers import actions, queries
from mediane.transfers.models import Arrival, CopiedMandate, Parcel
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import PAPER, acting, given, protected
from tests.stories import a_case, a_studied_case
from tests.transfers.moving import departure, packed, sent, taken_in

LATER = timedelta(days=5)


def arrived(case: Case, cast: Cast, at: datetime) -> tuple[Case, list[CopiedMandate]]:
    there = taken_in(packed(case, cast, at), cast, at)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        return there, queries.mandates_with(Arrival.objects.get(case=there))


def test_the_next_caf_is_told_who_spoke_for_her_and_on_what_proof(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    guardian = protected(cast.samira, cast.claire, at)
    given(cast.samira, at)
    there, told = arrived(case, cast, at + LATER)
    assert [(one.name, one.kind) for one in told] == [
        ("Bruno Lacaze", "Tutelle"),
        ("Maud Garrigues", "Association"),
    ]
    assert (told[0].judged_on, told[0].court) == (date(2025, 3, 12), "Tribunal de Paris")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        proof = Mandate.objects.select_related("proof__key").get(pk=guardian.pk).proof
        own = content(proof)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        copy = told[0].proof
        assert copy is not None
        assert content(copy) == own
        assert hashlib.sha256(own).hexdigest() == copy.sha256
        # Of the service alone, under a key of its own.
        assert (copy.beneficiary_id, copy.key_id == there.key_id) == (None, False)
        assert Mandate.objects.count() == 0
        assert told[1].proof is None


def test_neither_the_person_nor_whoever_spoke_for_her_reads_it_there(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    protected(cast.samira, cast.claire, at)
    there, told = arrived(case, cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.person(there.beneficiary_id)):
        assert CopiedMandate.objects.count() == 0
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert CopiedMandate.objects.filter(pk=told[0].pk).count() == 0


def test_what_was_taken_back_or_is_of_another_request_does_not_leave(cast: Cast, at: datetime) -> None:
    case, other = a_case(cast.samira, at), a_case(cast.samira, at)
    given(cast.samira, at, other)
    taken_back = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        mandates.revoke(mandate=taken_back, by=cast.samira.as_actor(), at=at)
    assert arrived(case, cast, at + LATER)[1] == []


def test_what_whoever_spoke_for_her_did_is_told_on_her_side(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        due_on = (at + LATER).date()
        asked = casework.ask_documents(case=case, labels=["Bail"], due_on=due_on, by=cast.nadia, at=at)
        by = Mandate.objects.select_related("representative", "beneficiary").get(pk=mandate.pk).as_actor()
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        item = asked.items.get()
        casework.excuse_document(case=case, item=item, excuse="Chez le notaire.", by=by, at=at)
    there, _ = arrived(case, cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        told = queries.story_of(Arrival.objects.get(case=there), there)
    assert [one.side for one in told if "Maud Garrigues" in one.text] == ["person"]


def test_nothing_of_a_proof_is_left_on_the_way(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    protected(cast.samira, cast.claire, at)
    parcel = packed(case, cast, at + LATER)
    assert len(parcel.blobs) == 1
    assert taken_in(parcel, cast, at + LATER) is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Parcel.objects.get(pk=parcel.pk).blobs == []


def test_it_goes_on_with_a_case_that_moves_twice(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    protected(cast.samira, cast.claire, at)
    there, _ = arrived(case, cast, at + LATER)
    back = departure(cast, to=cast.paris, number=cast.samira.number)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        parcel = actions.send(case=there, departure=back, by=cast.remi, at=at + 2 * LATER)
        actions.pack(parcel=parcel, at=at + 2 * LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        home = actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + 2 * LATER)
        (told,) = queries.mandates_with(Arrival.objects.get(case=home))
        assert told.name == "Bruno Lacaze"
        assert told.proof is not None


def test_the_page_of_the_next_caf_says_it_is_to_be_given_again(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    protected(cast.samira, cast.claire, at)
    there, told = arrived(case, cast, at + LATER)
    page = browser.as_staff(cast.remi).get(f"/bureau/dossiers/{there.reference}/")
    assertContains(page, "mandat donné à la Caf de Paris")
    assertContains(page, "vérifiez le jugement et enregistrez-le")
    paper = browser.get(f"/bureau/dossiers/{there.reference}/copies/{told[0].public_id}/mandat/")
    assert paper.status_code == 200
    assert len(paper.content) >= len(PAPER[1]) // 2
    assert browser.as_staff(cast.nadia).get(paper.request["PATH_INFO"]).status_code == 404


def test_the_person_and_whoever_spoke_for_her_read_what_to_do(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    protected(cast.samira, cast.claire, at)
    sent(case, cast, at + LATER)
    follow = f"/espace/{case.reference}/"
    page = browser.as_person(cast.samira).get(follow)
    assertContains(page, "Maud Garrigues pouvait agir pour vous ici.")
    theirs = acting(mandate).get(follow)
    assertContains(theirs, "Votre mandat ne vaut pas dans cette Caf.")
    # Where she lives now is hers to tell them, by whichever page they come.
    told = acting(mandate).post(
        f"{follow}message/", {"mandate": str(mandate.public_id), "body": "Où est-elle ?"}
    )
    assertContains(told, "est maintenant suivie par la médiation d’une autre Caf")
    for page in (theirs, told):
        assertNotContains(page, "Tarn")
    assertContains(browser.get(follow), "Suivez-la à la Caf de Tarn-et-Garonne")
    assertNotContains(theirs, "pouvait agir pour vous")
