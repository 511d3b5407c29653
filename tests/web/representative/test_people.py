"""Acting for somebody: chosen, named on every page, over the second the mandate is."""

from datetime import date, datetime

import pytest
from django.conf import settings
from django.test import Client

from mediane.casework import actions as casework
from mediane.casework.models import Message, RequestedDocument
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.mandates import actions
from mediane.mandates.models import Mandate
from mediane.mandates.rules import account_of
from mediane.web import gate
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import BRUNO, MAUD, acting, given, protected, sent
from tests.stories import a_case, a_draft, a_studied_case

BOTH = "Maud Garrigues, pour Samira Belkacem"


def signed_in(email: str = MAUD.email, name: str = MAUD.name) -> Client:
    browser = SignedIn()
    session = browser.session
    session[gate.REPRESENTATIVE] = [str(account_of(email, name)), None]
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def taken_back(mandate: Mandate, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.revoke(mandate=mandate, by=cast.nadia, at=at)


def test_one_sees_whom_one_acts_for_now_and_chooses(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    given(cast.lucette, at, starts_on=date(2099, 1, 1))
    browser = signed_in()
    page = browser.get("/representer/").content.decode()
    assert "Samira Belkacem" in page
    assert "Lucette" not in page
    answer = browser.post("/representer/agir/", {"mandate": str(mandate.public_id)})
    assert answer["Location"] == "/espace/"
    page = browser.get("/espace/").content.decode()
    assert BOTH in page
    assert "Les demandes de Madame Belkacem" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Entry.objects.get(verb="act_for").actor_name == BOTH


def test_whoever_was_named_by_a_judge_does_not_read_that_it_may_be_taken_back(
    cast: Cast, at: datetime
) -> None:
    protected(cast.lucette, cast.claire, at)
    guardian = signed_in(BRUNO.email, BRUNO.name)
    page = guardian.get("/representer/").content.decode()
    assert "Elle voit tout ce que vous faites." in page
    assert "peut retirer" not in page
    assert "lui seul y met fin" in page
    given(cast.samira, at)
    page = signed_in().get("/representer/").content.decode()
    assert "peut retirer son mandat" in page
    assert "lui seul" not in page


def test_a_mistyped_address_or_name_opens_nothing(cast: Cast, at: datetime) -> None:
    given(cast.samira, at)
    for email, name in ((MAUD.email, "Maude Garrigue"), ("maud.garrigue@asso.invalid", MAUD.name)):
        page = signed_in(email, name).get("/representer/").content.decode()
        assert "Vous n’agissez pour personne" in page


@pytest.mark.parametrize("rows", [1, 8])
def test_the_list_costs_the_same_for_one_and_for_eight(
    cast: Cast, at: datetime, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        case = a_case(cast.samira, at)
        given(cast.samira, at, case=case)
    browser = signed_in()
    browser.get("/representer/")
    with django_assert_num_queries(5):
        assert browser.get("/representer/").content.decode().count("m-reference") == rows


def test_one_writes_answers_and_is_named(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.ask_documents(case=case, labels=["Avis"], due_on=date(2099, 1, 1), by=cast.claire, at=at)
    browser = acting(mandate)
    browser.post(f"/espace/{case.reference}/message/", sent(mandate, body="Bonjour"))
    browser.post(f"/espace/{case.reference}/pieces/1/absente/", sent(mandate, excuse="Elle ne l’a pas reçu"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Message.objects.get().author == BOTH
        assert RequestedDocument.objects.get().excuse == "Elle ne l’a pas reçu"
        names = set(Entry.objects.filter(actor_kind="mandate").values_list("actor_name", flat=True))
        assert names == {BOTH}
    page = SignedIn().as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/").content.decode()
    assert f"Message de {BOTH}" in page


def test_a_request_is_filed_in_their_name(cast: Cast, at: datetime) -> None:
    hers = a_draft(cast.samira, at)
    mandate = given(cast.samira, at)
    browser = acting(mandate)
    assert browser.get("/saisir/").status_code == 302
    with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
        theirs = mandate.referral_set.get()
        assert theirs.pk != hers.pk
    page = browser.get("/espace/").content.decode()
    assert "Demande commencée" in page


def test_taken_back_the_open_session_ends_at_the_next_request(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    browser = acting(mandate)
    assert browser.get(f"/espace/{case.reference}/").status_code == 200
    taken_back(mandate, cast, at)
    page = browser.get(f"/espace/{case.reference}/")
    assert page.status_code == 403
    assert "Votre mandat a pris fin" in page.content.decode()
    assert "Samira" not in page.content.decode()
    assert browser.get("/espace/")["Location"] == "/representer/"


def test_what_was_being_written_is_shown_once_more_and_not_sent(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    browser = acting(mandate)
    taken_back(mandate, cast, at)
    words = "Nous avons <retrouvé> l’avis d’imposition"
    for _ in range(2):
        # In another tab, too, after the first one learnt of it.
        page = browser.post(f"/espace/{case.reference}/message/", sent(mandate, body=words))
        assert page.status_code == 403
        assert "Nous avons &lt;retrouvé&gt; l’avis d’imposition" in page.content.decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Message.objects.exists()


def test_a_page_open_for_one_person_sends_nothing_for_another(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    hers, other = given(cast.samira, at), given(cast.lucette, at)
    page = acting(other).post(f"/espace/{case.reference}/message/", sent(hers, body="Pour Samira seulement"))
    assert page.status_code == 403
    assert "Pour Samira seulement" in page.content.decode()
    assert "pour Lucette Morvan" in page.content.decode()


def test_a_mandate_of_one_request_makes_no_other(cast: Cast, at: datetime) -> None:
    case, other = a_case(cast.samira, at), a_case(cast.samira, at)
    browser = acting(given(cast.samira, at, case=case))
    assert "Faire une autre demande" not in browser.get("/espace/").content.decode()
    assert browser.get("/saisir/").status_code == 403
    assert browser.get(f"/espace/{case.reference}/").status_code == 200
    assert browser.get(f"/espace/{other.reference}/").status_code == 404


def test_one_may_stop_acting_but_not_a_protection(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    browser = signed_in()
    address = f"/representer/{mandate.public_id}/arreter/"
    assert "Ne plus agir pour Samira" in browser.get(address).content.decode()
    assert browser.post(address)["Location"] == "/representer/"
    assert "Vous n’agissez pour personne" in browser.get("/representer/").content.decode()
    judged = protected(cast.lucette, cast.claire, at)
    guardian = signed_in("bruno.lacaze@tutelles.invalid", "Bruno Lacaze")
    assert "jugement du 12" in guardian.get("/representer/").content.decode()
    assert guardian.get(f"/representer/{judged.public_id}/arreter/").status_code == 404


def test_whoever_only_signals_a_situation_reads_nothing(cast: Cast, at: datetime) -> None:
    """An elected official is an origin: without a mandate, no account of theirs opens anything."""
    case = a_case(cast.samira, at)
    browser = signed_in("depute@assemblee.invalid", "Une Élue")
    for address in (f"/espace/{case.reference}/", f"/espace/{case.reference}/documents/", "/espace/"):
        assert browser.get(address)["Location"] == "/representer/"


def test_whoever_acts_gives_no_mandate(cast: Cast, at: datetime) -> None:
    browser = acting(given(cast.samira, at))
    for address in ("/espace/mandats/", "/espace/mandats/donner/"):
        assert browser.get(address).status_code == 403


def test_the_person_is_told_of_what_is_done_in_her_name(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    mandate = given(cast.samira, at)
    acting(mandate).post(f"/espace/{case.reference}/message/", sent(mandate, body="Bonjour"))
    page = SignedIn().as_person(cast.samira).get(f"/espace/{case.reference}/").content.decode()
    assert BOTH in page
