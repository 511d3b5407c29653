"""Findings as the head of a Caf reads them."""

from datetime import date, datetime

from mediane.findings import actions
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

LIST = "/pilotage/constats/"


def test_the_head_reads_what_is_proposed_and_no_case(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        told = actions.Told(title="Attestations mal lues", words="Le droit s’arrête trop souvent.")
        finding = actions.open_finding(told=told, by=cast.claire, at=at)
        actions.join_case(finding=finding, case=case, by=cast.claire, at=at)
        proposed = actions.Proposed(words="Relire deux fois", addressee="Direction", due_on=date(2027, 1, 15))
        actions.propose(finding=finding, proposed=proposed, by=cast.claire, at=at)
    browser.as_staff(cast.agnes)
    listed = browser.get(LIST).content.decode()
    assert f'href="{LIST}1/"' in listed
    assert "Suite attendue" in listed
    page = browser.get(f"{LIST}1/").content.decode()
    assert "Relire deux fois" in page
    assert case.reference not in page
    assert "Rattacher" not in page
    assert browser.get(f"{LIST}2/").status_code == 404
    assert browser.as_staff(cast.remi).get(f"{LIST}1/").status_code == 404


def test_an_empty_list_says_so(browser: SignedIn, cast: Cast) -> None:
    assert "Aucun constat" in browser.as_staff(cast.agnes).get(LIST).content.decode()
    assert browser.as_staff(cast.helene).get(LIST).status_code == 403
