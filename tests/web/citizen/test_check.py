from io import BytesIO

import pytest
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from mediane.casework.models import Case
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from mediane.referrals import actions as referrals
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.citizen.steps import REACH, WHAT, Journey
from tests.web.citizen.test_request_steps import a_photo


def cases(samira: Journey) -> list[Case]:
    with rowsecurity.working_for(rowsecurity.person(samira.person.pk)):
        return list(Case.objects.all())


def test_every_answer_can_be_read_and_changed(samira: Journey) -> None:
    samira.fill_everything()
    page = samira.get("/saisir/verifier/").content.decode()
    for words in (
        "Samira Belkacem",
        "Aide personnalisée au logement",
        "rentrée scolaire",
        "14\u00a0octobre 2026",
    ):
        assert words.replace(" ", "\u00a0") in page.replace(" ", "\u00a0")
    assert page.count("Modifier") >= 11
    changed = samira.post(
        "/saisir/demande/prestations-et-motifs/?retour=verifier", WHAT | {"benefits": ["RSA"]}
    )
    assert changed.headers["Location"] == "/saisir/verifier/"
    assert "solidarité active" in samira.get("/saisir/verifier/").content.decode()


@pytest.mark.parametrize(
    "given", [{"phone": "06 39 98 41 27"}, {"email": "s@exemple.fr"}, {"address": "Ici"}]
)
def test_one_other_way_to_be_reached_is_enough(samira: Journey, given: dict[str, str]) -> None:
    samira.fill_everything()
    samira.fill("vous-joindre", REACH | given)
    page = samira.get("/saisir/verifier/")
    assert page.status_code == 200
    assert next(iter(given.values())) in page.content.decode()


def test_sending_opens_one_case_and_shows_its_receipt(samira: Journey) -> None:
    samira.fill_everything()
    reference = samira.draft.reference
    assert samira.send().headers["Location"] == f"/saisir/accuse/{reference}/"
    [case] = cases(samira)
    assert (case.reference, case.channel) == (reference, "ONLINE")
    page = samira.get(f"/saisir/accuse/{reference}/").content.decode()
    for words in (
        reference,
        "lundi 9\u00a0novembre\u00a02026 à 14\u00a0h\u00a041",
        "service médiation de la Caf de Paris",
    ):
        assert words in page
    assert "Avant le mardi 24\u00a0novembre" in page


def test_no_e_mail_is_promised_to_somebody_without_an_address(samira: Journey) -> None:
    with rowsecurity.working_for(rowsecurity.signin()):
        Beneficiary.objects.filter(pk=samira.person.pk).update(email="")
    samira.fill_everything()
    page = samira.get(samira.send().headers["Location"]).content.decode()
    assert "Un courriel vous confirme l’envoi" not in page
    assert "Aucun courriel ne vous est envoyé" in page


def test_sending_again_finds_the_same_receipt(samira: Journey) -> None:
    samira.fill_everything()
    reference = samira.draft.reference
    first, second = samira.send(reference), samira.send(reference)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(cases(samira)) == 1


def test_what_was_sent_is_not_typed_over(samira: Journey) -> None:
    samira.fill_everything()
    samira.send()
    for path in ("/saisir/verifier/", "/saisir/demande/explication/", "/saisir/test/organisme/"):
        assert samira.client.get(path).headers["Location"] == "/espace/"


def test_an_incomplete_request_is_not_sent(samira: Journey) -> None:
    samira.pass_the_test()
    assert samira.send().headers["Location"] == "/saisir/"
    assert samira.client.get("/saisir/verifier/").headers["Location"] == "/saisir/"
    assert not cases(samira)


def test_changing_an_answer_into_an_obstacle_stops_the_sending(samira: Journey) -> None:
    samira.fill_everything()
    samira.answer("tribunal", before_a_court="oui")
    assert samira.send().headers["Location"] == "/saisir/"
    assert not cases(samira)


def test_a_refusal_of_the_domain_is_said_on_the_page(
    samira: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise referrals.Incomplete("Expliquez ce qui s’est passé.")

    samira.fill_everything()
    monkeypatch.setattr(referrals, "file", refuse)
    samira.send()
    assert samira.last.status_code == 200
    assert "Expliquez ce qui s’est passé." in samira.last.content.decode()


def test_nobody_sends_or_reads_somebody_elses(samira: Journey, cast: Cast) -> None:
    samira.fill_everything()
    reference = samira.draft.reference
    lucette = SignedIn().as_person(cast.lucette)
    assert lucette.post("/saisir/verifier/", {"reference": reference}).status_code == 404
    samira.send(reference)
    for path in ("", "pdf/"):
        assert lucette.get(f"/saisir/accuse/{reference}/{path}").status_code == 404
    assert lucette.get("/saisir/accuse/2222-2222/").status_code == 404


def test_the_receipt_on_paper_says_what_the_law_asks(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("documents", {"documents": [a_photo()]})
    samira.fill_everything()
    reference = samira.draft.reference
    samira.send()
    answer = samira.get(f"/saisir/accuse/{reference}/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for words in (reference, "4817263", "notification.png", "novembre"):
        assert words in text


@pytest.mark.parametrize(("path", "most"), [("/saisir/demande/explication/", 10), ("/saisir/verifier/", 12)])
def test_the_pages_ask_little_of_the_database(
    samira: Journey, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    samira.fill_everything()
    with django_assert_max_num_queries(most):
        samira.get(path)
    samira.fill("documents", {"documents": [a_photo(f"{number}.png") for number in range(6)]})
    with django_assert_max_num_queries(most):
        samira.get(path)
