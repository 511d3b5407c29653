from datetime import datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions
from mediane.casework.models import Case
from mediane.kit import rowsecurity
from mediane.organisations.queries import team_of
from mediane.web.desk.filters import mark_of
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

URL = "/bureau/"


def fresh(case: Case, cast: Cast) -> Case:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Case.objects.select_related("assignee").get(pk=case.pk)


@pytest.mark.parametrize("rows", [1, 20])
def test_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_num_queries
) -> None:
    for n in range(rows):
        a_case(cast.samira, at + timedelta(minutes=n))
    browser.as_staff(cast.claire)
    browser.get(URL)
    # A savepoint and its end around: session, context, membership, team, the desk, absences, counts, rows,
    # signals, changes, appointments.
    with django_assert_num_queries(13):
        browser.get(URL)


def test_a_row_says_who_asks_what_and_by_when(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, urgency=["eviction"])
    shown = browser.as_staff(cast.claire).get(URL)
    for words in (
        case.reference,
        "Samira Belkacem",
        "Expulsion",
        "APL",
        "À qualifier",
        "Non lu",
        "9\u00a0nov.",
    ):
        assertContains(shown, words)


def test_the_cases_of_another_caf_are_not_there(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.awa, at)
    assertNotContains(browser.as_staff(cast.claire).get(URL), case.reference)
    assertContains(browser.as_staff(cast.remi).get(URL), case.reference)


def test_an_empty_tab_says_what_will_come(browser: SignedIn, cast: Cast, at: datetime) -> None:
    browser.as_staff(cast.claire)
    assertContains(browser.get(URL), "Aucun dossier ouvert")
    assertContains(browser.get(f"{URL}?vue=reponses"), "Rien de nouveau à lire")
    assertContains(browser.get(f"{URL}?vue=clos"), "Aucun dossier clos")
    assertContains(browser.get(f"{URL}?canal=MAIL"), "Effacer les filtres")


def test_a_filter_keeps_the_others(browser: SignedIn, cast: Cast, at: datetime) -> None:
    a_studied_case(cast.samira, cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        marks = {member.user_id: mark_of(member) for member in team_of(cast.paris.pk)}
    address = f"{URL}?canal=ONLINE&suivi-par={marks[cast.nadia.id]}"
    shown = browser.as_staff(cast.claire).get(address)
    assertContains(shown, "Samira Belkacem")
    assertContains(shown, '<input type="hidden" name="canal" value="ONLINE">', html=True)
    assertContains(
        browser.get(f"{URL}?canal=ONLINE&suivi-par={marks[cast.claire.id]}"), "Aucun dossier ne répond"
    )


@pytest.mark.parametrize(
    "address",
    ["?apres=x", "?apres=2026-13-45.K7MQ", "?depuis=hier&canal=%27", "?vue=rien", "?suivi-par=1&apres=.."],
)
def test_an_address_typed_by_hand_breaks_nothing(
    browser: SignedIn, cast: Cast, at: datetime, address: str
) -> None:
    a_case(cast.samira, at)
    assertContains(browser.as_staff(cast.claire).get(URL + address), "Samira Belkacem")


def test_several_cases_are_assigned_at_once(browser: SignedIn, cast: Cast, at: datetime) -> None:
    cases = [a_case(cast.samira, at), a_case(cast.lucette, at)]
    ticked = [f"{case.reference}.{case.version}" for case in cases]
    sent = browser.as_staff(cast.claire).post(
        f"{URL}attribuer/", {"case": ticked, "to": cast.nadia.id, "here": "?vue=a-qualifier"}
    )
    assertRedirects(sent, f"{URL}?vue=a-qualifier")
    assert {fresh(case, cast).assignee_id for case in cases} == {cast.nadia.id}


@pytest.mark.parametrize("version", ["9" * 5000, "٣" * 5000, "²", "-1", ""])
def test_a_version_nobody_was_shown_assigns_nothing(
    browser: SignedIn, cast: Cast, at: datetime, version: str
) -> None:
    case = a_case(cast.samira, at)
    sent = {"case": f"{case.reference}.{version}", "to": cast.nadia.id}
    shown = browser.as_staff(cast.claire).post(f"{URL}attribuer/", sent, follow=True)
    assertContains(shown, case.reference)
    assert fresh(case, cast).assignee_id is None


def test_assigning_many_writes_nothing_on_those_already_in_these_hands(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    hers, new = a_studied_case(cast.samira, cast.nadia, at), a_case(cast.lucette, at)
    ticked = [f"{case.reference}.{case.version}" for case in (hers, new)]
    sent = {"case": ticked, "to": cast.nadia.id}
    shown = browser.as_staff(cast.claire).post(f"{URL}attribuer/", sent, follow=True)
    assertContains(shown, "Nadia Pruvost le suit déjà")
    assert fresh(hers, cast).version == hers.version
    assert fresh(new, cast).assignee_id == cast.nadia.id


def test_a_case_that_moved_meanwhile_is_named_and_left_as_it_is(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    moved, still = a_studied_case(cast.samira, cast.nadia, at), a_case(cast.lucette, at)
    ticked = [f"{moved.reference}.1", f"{still.reference}.{still.version}"]
    sent = {"case": ticked, "to": cast.amine.id}
    shown = browser.as_staff(cast.claire).post(f"{URL}attribuer/", sent, follow=True)
    assertContains(shown, "Nadia Pruvost a agi sur ce dossier")
    assertContains(shown, moved.reference)
    assert fresh(moved, cast).assignee_id == cast.nadia.id
    assert fresh(still, cast).assignee_id == cast.amine.id


def test_nobody_of_another_caf_receives_or_gives_a_case(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    ticked = [f"{case.reference}.{case.version}"]
    browser.as_staff(cast.claire).post(f"{URL}attribuer/", {"case": ticked, "to": cast.remi.id})
    browser.as_staff(cast.remi).post(f"{URL}attribuer/", {"case": ticked, "to": cast.remi.id})
    assert fresh(case, cast).assignee_id is None


def test_the_way_back_stays_in_the_desk(browser: SignedIn, cast: Cast) -> None:
    sent = browser.as_staff(cast.claire).post(f"{URL}attribuer/", {"here": "//ailleurs.exemple"})
    assert sent["Location"] == URL


def test_giving_nothing_says_what_to_do(browser: SignedIn, cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    shown = browser.as_staff(cast.claire).post(
        f"{URL}attribuer/", {"to": cast.amine.id, "here": "?vue=miens"}
    )
    assertContains(shown, "cochez-en au moins un")
    assertContains(shown, 'href="/bureau/?vue=miens"')


def test_a_case_closed_meanwhile_is_named(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    seen = f"{case.reference}.{case.version}"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=case, by=cast.nadia, at=at + timedelta(days=2))
    sent = {"to": cast.amine.id, "case": seen}
    shown = browser.as_staff(cast.claire).post(f"{URL}attribuer/", sent, follow=True)
    assertContains(shown, case.reference)
    assertContains(shown, "Nadia Pruvost a agi sur ce dossier")


@pytest.mark.parametrize("case", ["2222-2222.²", "\x00.1", "2222-2222.9" + "9" * 40])
def test_a_case_ticked_by_hand_breaks_nothing(browser: SignedIn, cast: Cast, case: str) -> None:
    answer = browser.as_staff(cast.claire).post(f"{URL}attribuer/", {"to": cast.amine.id, "case": case})
    assertContains(answer, "Aucun dossier n’est coché")


def test_a_case_ticked_with_a_strange_version_is_refused(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    sent = {"to": cast.amine.id, "case": f"{case.reference}.²"}
    shown = browser.as_staff(cast.claire).post(f"{URL}attribuer/", sent, follow=True)
    assertContains(shown, "a agi sur ce dossier")
