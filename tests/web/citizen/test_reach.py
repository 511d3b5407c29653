"""« Comment vous joindre »: what holds today, said in sentences, and said again in one form."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from mediane.casework.models import ContactWord
from mediane.kit import clock, rowsecurity
from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS
from tests.casework.queries.test_reaching import SHELTER, an_alias_of, written_to
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import acting, given
from tests.stories import a_case

HERE = "/espace/joindre/"
SECRETS = ("BP 12", "75010", "sure@exemple.fr")


@pytest.fixture(autouse=True)
def time_goes_on(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """From the next day, a second at each reading."""
    seconds = count(1)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=1, seconds=next(seconds)))


def typed(**differs: str) -> dict[str, str]:
    return {"channel": "courriel", "seen_at": clock.now().isoformat(), **differs}


def words_kept(cast: Cast) -> int:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return ContactWord.objects.count()


def test_what_holds_is_said_in_sentences_without_any_secret_place(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    a_case(cast.samira, at, safe_contact=SHELTER, notice_by_email=False)
    page = browser.as_person(cast.samira).get(HERE).content.decode()
    assert "Nous ne vous envoyons pas de courriel." in page
    assert "Votre adresse reste secrète" in page
    assert "Si vous décochez une précaution" in page
    assert not any(place in page for place in SECRETS)
    assert "Comment vous joindre" in browser.get("/espace/").content.decode()


def test_a_box_ticked_by_mistake_is_unticked_and_what_is_not_shown_stays(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at, safe_contact=SHELTER | {NO_LETTERS: "oui"}, notice_by_email=False)
    answer = browser.as_person(cast.samira).post(HERE, typed(keep_secret="on"), follow=True)
    page = answer.content.decode()
    assert "C’est noté" in page
    assert "Vous l’avez dit ici" in page
    assert written_to(cast, case) == (("BP 12", "75010 Paris"), "sure@exemple.fr", True)
    browser.post(HERE, typed())
    page = browser.get(HERE).content.decode()
    assert "reste secrète" not in page
    assert "BP 12" in page
    browser.post(HERE, typed(address="", email=""))
    assert written_to(cast, case)[1] == cast.samira.email


def test_every_account_of_hers_is_read_and_replaced(browser: SignedIn, cast: Cast, at: datetime) -> None:
    alias = an_alias_of(cast.samira, cast, at)
    case = a_case(alias, at, safe_contact={NO_LETTERS: "oui"})
    assert "pas de lettre par la poste" in browser.as_person(cast.samira).get(HERE).content.decode()
    browser.post(HERE, typed(address="9 rue Sûre\n75011 Paris"))
    assert written_to(cast, case)[0] == ("9 rue Sûre", "75011 Paris")


def test_a_page_shown_before_a_request_was_sent_is_read_again(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    a_case(cast.samira, clock.now(), safe_contact={"caution": HIDDEN_ADDRESS})
    page = browser.as_person(cast.samira).post(HERE, typed(seen_at=at.isoformat(), hours="Le mardi"))
    text = page.content.decode()
    assert "vient d’être envoyée" in text
    assert "Le mardi" in text
    assert words_kept(cast) == 0


@pytest.mark.parametrize("seen_at", ["", "hier"])
def test_a_page_that_was_tampered_with_says_nothing(browser: SignedIn, cast: Cast, seen_at: str) -> None:
    page = browser.as_person(cast.samira).post(HERE, typed(seen_at=seen_at, phone="1"))
    assert "govuk-error-summary" in page.content.decode()
    assert words_kept(cast) == 0


def test_whoever_acts_for_her_neither_sees_nor_sends_it(browser: SignedIn, cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at, safe_contact=SHELTER)
    holder = acting(given(cast.samira, at))
    assert "Comment vous joindre" not in holder.get("/espace/").content.decode()
    assert holder.get(HERE).status_code == 403
    assert holder.post(HERE, typed()).status_code == 403
    assert words_kept(cast) == 0
