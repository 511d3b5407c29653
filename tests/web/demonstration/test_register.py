"""The register of the Caf, as the demonstration shows it."""

from datetime import date

import pytest

from mediane.integrations.crm.store import FILE, Mood, Store, ToldFact

URL = "/demonstration/grc/"
TYPED = {
    "person": "75-4817263",
    "subject": "Trop-perçu d’APL",
    "reference": "26-884120",
    "channel": "Courrier",
    "made_on_day": "14",
    "made_on_month": "10",
    "made_on_year": "2026",
    "answered_on_day": "",
    "answered_on_month": "",
    "answered_on_year": "",
}


@pytest.fixture
def register(tmp_path, settings):
    settings.DATA = tmp_path
    return Store(tmp_path / FILE)


def test_an_empty_register_says_what_to_do(browser, register):
    page = browser.get(URL).content.decode()

    assert "Aucune réclamation connue" in page
    assert "Rien n’a encore été transmis" in page


def test_a_complaint_is_added_then_changed_then_removed(browser, register):
    assert browser.post(f"{URL}ajouter/", TYPED).url == URL
    (added,) = register.read().complaints
    assert (added.number, added.made_on, added.answered_on) == ("4817263", date(2026, 10, 14), None)

    answered = {"answered_on_day": "4", "answered_on_month": "11", "answered_on_year": "2026"}
    browser.post(f"{URL}{added.id}/", TYPED | answered)
    (changed,) = register.read().complaints
    assert (changed.id, changed.answered_on) == (added.id, date(2026, 11, 4))
    assert "Samira Belkacem" in browser.get(URL).content.decode()

    assert browser.post(f"{URL}{added.id}/supprimer/").url == URL
    assert register.read().complaints == ()


def test_mistakes_are_said_and_what_was_typed_stays(browser, register):
    wrong = {"answered_on_day": "1", "answered_on_month": "2", "answered_on_year": "2026", "subject": ""}
    page = browser.post(f"{URL}ajouter/", TYPED | wrong).content.decode()

    assert "Indiquez l’objet de la réclamation" in page
    assert "La réponse ne peut pas précéder la réclamation" in page
    assert "26-884120" in page
    assert register.read().complaints == ()


def test_what_was_told_is_shown_in_words(browser, register):
    told = {"organisation": "75", "number": "4817263", "reference": "K7MQ-4TRX", "on": date(2026, 11, 9)}
    register.note(ToldFact(key="a", fact="registered", **told))

    page = browser.get(URL).content.decode()

    assert "K7MQ-4TRX" in page
    assert "Enregistrée" in page


def test_a_register_spoilt_by_hand_is_said_to_be_so(browser, register):
    register.file.write_text("{")

    assert "La GRC ne répond pas" in browser.get(URL).content.decode()
    assert browser.get(f"{URL}absente/").status_code == 404
    assert "La GRC ne répond pas" in browser.post(f"{URL}ajouter/", TYPED).content.decode()
    assert browser.post(f"{URL}absente/supprimer/").url == URL


def test_an_unknown_complaint_is_not_found(browser, register):
    assert browser.get(f"{URL}absente/").status_code == 404


def test_an_outage_is_begun_and_ended_by_a_button(browser, register):
    assert "La GRC est en panne" not in browser.get(URL).content.decode()
    assert browser.post(f"{URL}humeur/", {"mood": "hangs"}).url == URL
    assert register.read().mood is Mood.HANGS
    assert "La GRC est en panne" in browser.get(URL).content.decode()
    browser.post(f"{URL}humeur/", {"mood": "furieuse"})
    assert register.read().mood is Mood.HANGS
    browser.post(f"{URL}humeur/", {"mood": "well"})
    assert register.read().mood is Mood.WELL
