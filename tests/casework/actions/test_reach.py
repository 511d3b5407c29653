"""A word of hers replaces what was said before, in all her requests; nobody else says it for her."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mediane.casework import actions
from mediane.casework.models import Case, ContactWord, Step
from mediane.casework.queries.reaching import reaching, said_of, words_among
from mediane.casework.states import Act, Heard
from mediane.correspondence.queries.sheets import HANDED_OVER
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.people import actions as people
from mediane.people.queries import proposals
from mediane.people.states import Verdict
from mediane.referrals.rules import NO_LETTERS
from tests.casework.queries.test_reaching import LATER, SHELTER, an_alias_of, read, written_to
from tests.cast import Cast
from tests.mandates.stories import given
from tests.stories import a_case
from tests.transfers.moving import packed, taken_in

HOME = "2 rue Retrouvée\n75011 Paris"
SAFE: dict[str, Any] = {"contact": {"address": HOME}, "notice_by_email": True}


def words(at: datetime, **differs: Any) -> actions.Said:
    return actions.Said(**{"contact": {}, "notice_by_email": True, "seen_at": at} | differs)


def says(cast: Cast, at: datetime, others: tuple[int, ...] = (), **differs: Any) -> ContactWord:
    her = cast.samira
    with rowsecurity.working_for(rowsecurity.person(her.pk)):
        said = words(at, **differs)
        return actions.say_how_to_reach(person=her, others=others, said=said, by=her.as_actor(), at=at)


def noted(case: Case, cast: Cast, at: datetime, by: Actor | None = None, **differs: Any) -> ContactWord:
    heard = {"heard": Heard.DESK, "note": "Elle vit de nouveau seule, pièce d’identité vue."}
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        said = words(at, **heard | differs)
        return actions.note_how_to_reach(case=read(cast, case), said=said, by=by or cast.nadia, at=at)


@pytest.mark.parametrize("by_the_service", [True, False])
def test_what_earlier_requests_said_no_longer_holds(cast: Cast, at: datetime, by_the_service: bool) -> None:
    plain = a_case(cast.samira, at)
    secret = a_case(cast.samira, at, safe_contact=SHELTER | {NO_LETTERS: "oui"}, notice_by_email=False)
    assert written_to(cast, plain)[0] == HANDED_OVER
    if by_the_service:
        noted(plain, cast, at + LATER, **SAFE)
    else:
        says(cast, at + LATER, **SAFE)
    for case in (plain, secret):
        assert written_to(cast, case) == (tuple(HOME.splitlines()), cast.samira.email, True)


def test_a_request_sent_afterwards_adds_up_again(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, safe_contact=SHELTER)
    says(cast, at + LATER, **SAFE)
    a_case(cast.samira, at + 2 * LATER, safe_contact=SHELTER, notice_by_email=False)
    assert written_to(cast, case) == (("BP 12", "75010 Paris"), "sure@exemple.fr", False)


def test_a_word_that_keeps_secret_is_as_strict_as_a_request(cast: Cast, at: datetime) -> None:
    case, stranger = a_case(cast.samira, at), a_case(cast.lucette, at)
    says(cast, at + LATER, contact=SHELTER, notice_by_email=False)
    assert written_to(cast, case) == (("BP 12", "75010 Paris"), "sure@exemple.fr", False)
    assert written_to(cast, stranger)[1:] == ("lucette@exemple.fr", True)


def test_whoever_holds_a_mandate_neither_reads_nor_says_it(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    says(cast, at, contact=SHELTER)
    by = mandate.as_actor()
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        assert not ContactWord.objects.exists()
        with pytest.raises(PermissionDenied):
            actions.say_how_to_reach(person=cast.samira, said=words(at), by=by, at=at)


def test_another_caf_and_another_person_neither_read_nor_say_it(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    says(cast, at, contact=SHELTER)
    for other in (rowsecurity.person(cast.lucette.pk), rowsecurity.staff(cast.tarn.pk)):
        with rowsecurity.working_for(other):
            assert not ContactWord.objects.exists()
    with pytest.raises(PermissionDenied):
        noted(case, cast, at, by=cast.remi)
    with pytest.raises(PermissionDenied):
        actions.say_how_to_reach(person=cast.samira, said=words(at), by=cast.lucette.as_actor(), at=at)


def test_it_is_written_down_without_any_place(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    word = noted(case, cast, at + LATER, contact=SHELTER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        step = Step.objects.get(case=case, act=Act.SAY_HOW_TO_REACH)
        entries = Entry.objects.filter(verb=Act.SAY_HOW_TO_REACH, beneficiary_id=cast.samira.pk)
        written = [step.words, *(f"{entry.subject} {entry.details}" for entry in entries), str(word)]
        assert (step.words, step.is_shared, len(entries)) == ("à l’accueil", False, 2)
        assert not any(place in line for line in written for place in ("BP 12", "sure@", "75010"))
        (kept,) = words_among(said_of(person=cast.samira.pk))
        assert (kept.contact, kept.said_to) == (SHELTER, cast.nadia.name)
        assert kept.note.startswith("Elle vit")
        assert b"BP 12" not in bytes(ContactWord.objects.get().sealed)


def test_a_word_never_changes(cast: Cast, at: datetime) -> None:
    says(cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for verb in ("UPDATE casework_contactword SET heard = 'desk'", "DELETE FROM casework_contactword"):
            with (
                pytest.raises(Exception, match="permission denied"),
                rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)),
                connection.cursor() as cursor,
            ):
                cursor.execute(verb)


def test_whoever_has_not_read_what_was_said_since_is_told(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    a_case(cast.samira, at + timedelta(hours=1), safe_contact=SHELTER)
    with pytest.raises(actions.SaidMeanwhile, match="vient d’être envoyée"):
        noted(case, cast, at + LATER, seen_at=at, **SAFE)
    says(cast, at + LATER, contact=SHELTER)
    with pytest.raises(actions.SaidMeanwhile, match="dans l’espace de suivi"):
        noted(case, cast, at + 2 * LATER, seen_at=at + timedelta(days=1), **SAFE)
    noted(case, cast, at + 3 * LATER, **SAFE)
    with pytest.raises(actions.SaidMeanwhile, match=cast.nadia.name):
        says(cast, at + 4 * LATER, seen_at=at + 2 * LATER)
    assert written_to(cast, case)[0] == tuple(HOME.splitlines())


def test_oneself_says_it_again_from_the_same_page(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    says(cast, at + LATER, contact=SHELTER, seen_at=at)
    says(cast, at + LATER + timedelta(minutes=1), seen_at=at, **SAFE)
    assert written_to(cast, case)[0] == tuple(HOME.splitlines())


def test_her_word_is_of_the_accounts_that_were_hers(cast: Cast, at: datetime) -> None:
    alias = an_alias_of(cast.samira, cast, at)
    cases = [a_case(one, at, safe_contact=SHELTER) for one in (cast.samira, alias)]
    noted(cases[1], cast, at + LATER, **SAFE)
    for case in cases:
        assert written_to(cast, case)[0] == tuple(HOME.splitlines())
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        (likeness,) = proposals(cast.paris.pk, Verdict.SAME)
        people.keep_apart(likeness=likeness, by=cast.nadia, at=at + LATER)
    assert written_to(cast, cases[1])[0] == ("BP 12", "75010 Paris")


def test_a_word_lifts_nothing_of_an_account_found_to_be_hers_later(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    says(cast, at + LATER, **SAFE)
    alias = an_alias_of(cast.samira, cast, at)
    a_case(alias, at, safe_contact=SHELTER)
    assert written_to(cast, case)[0] == ("BP 12", "75010 Paris")


def test_the_other_caf_is_told_what_her_word_says(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, safe_contact=SHELTER)
    says(cast, at + LATER, **SAFE)
    there = taken_in(packed(case, cast, at + 2 * LATER), cast, at + 2 * LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        said = reaching(read(cast, there))
        assert (said.contact, said.is_secret) == ({"address": HOME}, False)


@pytest.mark.usefixtures("committed")
def test_of_two_words_at_once_one_is_read_before_the_other_is_kept(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    line, ends = threading.Barrier(2), []

    def act(by: Actor, place: str) -> None:
        line.wait()
        try:
            noted(case, cast, at + LATER, by=by, contact={"address": place}, seen_at=at)
            ends.append(place)
        except actions.SaidMeanwhile:
            ends.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in ((cast.nadia, "A"), (cast.claire, "B"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = filter(None, ends)
    assert written_to(cast, case)[0] == (kept,)
