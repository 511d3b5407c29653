from datetime import date, timedelta

import pytest

from mediane.complaints.models import Source
from mediane.kit import clock
from tests.web.citizen.registers import HERE
from tests.web.citizen.steps import DECLARED, Journey


def where(journey: Journey) -> str:
    return journey.last.headers["Location"]


def page(journey: Journey) -> str:
    return journey.last.content.decode()


def test_the_questions_come_one_by_one_in_their_order(samira: Journey) -> None:
    samira.get("/saisir/")
    assert samira.last.redirect_chain[-1][0] == "/saisir/test/organisme/"
    samira.answer("organisme")
    assert where(samira) == "/saisir/test/sujet/"
    samira.answer("sujet")
    assert where(samira) == "/saisir/reclamation/"
    samira.choose("grc-26-884120")
    assert where(samira) == "/saisir/test/commission/"


def test_the_answer_the_register_knows_is_not_asked_again(samira: Journey) -> None:
    samira.pass_the_test()
    assert samira.draft.answers["answered_on"] == "2026-11-04"
    assert where(samira) == "/saisir/demande/prestations-et-motifs/"


def test_the_passed_test_is_kept(samira: Journey) -> None:
    samira.pass_the_test()
    [check] = samira.checks
    assert (check.obstacles, check.policy.version) == ([], 1)
    assert samira.draft.check_passed_id == check.pk


def test_an_unanswered_question_says_so_beside_it_and_above(samira: Journey) -> None:
    samira.get("/saisir/")
    samira.post("/saisir/test/organisme/")
    assert page(samira).count("Répondez par oui ou par non") == 2


@pytest.mark.parametrize(
    ("slug", "answer", "obstacle"),
    [
        ("organisme", {"about_caf": "non"}, "pas-la-caf"),
        ("sujet", {"subject": "family_conflict"}, "autre-sujet"),
        ("tribunal", {"before_a_court": "oui"}, "tribunal"),
    ],
)
def test_an_obstacle_has_its_page_and_is_kept_once(
    samira: Journey, slug: str, answer: dict, obstacle: str
) -> None:
    samira.get("/saisir/")
    for _ in range(2):
        samira.answer(slug, **answer)
        assert where(samira) == f"/saisir/obstacle/{obstacle}/"
    samira.get(f"/saisir/obstacle/{obstacle}/")
    samira.get(f"/saisir/obstacle/{obstacle}/")
    assert "Par courrier" in page(samira)
    [check] = samira.checks
    assert check.obstacles
    assert check.told.split(".")[0] in page(samira)


@pytest.mark.parametrize("subject", ["family_conflict", "partner_funding", "personal_data", "other"])
def test_each_subject_out_of_competence_has_somewhere_to_go(samira: Journey, subject: str) -> None:
    samira.get("/saisir/")
    samira.answer("sujet", subject=subject)
    samira.get("/saisir/obstacle/autre-sujet/")
    assert samira.last.status_code == 200


def test_without_complaint_a_text_is_ready_and_the_rest_is_kept(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("explication", {})
    samira.choose("aucune")
    assert where(samira) == "/saisir/obstacle/sans-reclamation/"
    samira.get("/saisir/obstacle/sans-reclamation/")
    assert "4817263" in page(samira)
    assert samira.draft.answers["before_a_court"] is False
    assert samira.draft.check_passed_id is None


def test_too_early_keeps_the_attempt_and_lets_the_person_go_on(samira: Journey) -> None:
    samira.pass_the_test("grc-26-771002")
    assert where(samira) == "/saisir/test/reponse/"
    samira.answer("reponse", was_answered="non")
    assert where(samira) == "/saisir/obstacle/trop-tot/"
    samira.get("/saisir/obstacle/trop-tot/")
    assert "samedi 5\u00a0décembre 2026" in page(samira)
    assert "s•••@exemple.fr" in page(samira)
    [check] = samira.checks
    assert (check.obstacles, check.possible_from) == (["premature"], date(2026, 12, 5))
    samira.post("/saisir/obstacle/trop-tot/")
    samira.get("/saisir/")
    assert samira.last.redirect_chain[-1][0] == "/saisir/demande/prestations-et-motifs/"
    assert len(samira.checks) == 1


def test_on_the_day_it_becomes_possible_the_way_is_open(
    samira: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    samira.pass_the_test("grc-26-771002")
    samira.answer("reponse", was_answered="non")
    later = clock.now() + timedelta(days=27)
    monkeypatch.setattr(clock, "now", lambda: later)
    samira.get("/saisir/")
    assert samira.last.redirect_chain[-1][0] == "/saisir/demande/prestations-et-motifs/"
    assert [check.obstacles for check in samira.checks] == [["premature"], []]


def test_a_blocked_way_is_not_opened_by_posting(samira: Journey) -> None:
    samira.get("/saisir/")
    samira.answer("organisme", about_caf="non")
    samira.post("/saisir/obstacle/pas-la-caf/")
    assert samira.draft.check_passed_id is None
    assert samira.client.get("/saisir/demande/documents/").headers["Location"] == "/saisir/"


def test_a_declared_complaint_is_dated_then_asked_about(samira: Journey) -> None:
    samira.get("/saisir/")
    samira.answer("organisme")
    samira.answer("sujet")
    samira.choose("autre")
    made = {"made_on_day": "1", "made_on_month": "sept", "made_on_year": "2026", "channel": "Courrier"}
    samira.post("/saisir/reclamation/autre/", made)
    assert where(samira) == "/saisir/test/reponse/"
    too_soon = {"answered_on_day": "1", "answered_on_month": "8", "answered_on_year": "2026"}
    samira.answer("reponse", was_answered="oui", **too_soon)
    assert "ne peut pas venir avant votre réclamation" in page(samira)
    samira.answer("reponse", was_answered="oui", **too_soon | {"answered_on_month": "10"})
    complaint = samira.draft.complaint
    assert complaint is not None
    assert (complaint.made_on, complaint.answered_on) == (date(2026, 9, 1), date(2026, 10, 1))


def test_a_complaint_of_tomorrow_is_refused_and_stays_typed(samira: Journey) -> None:
    samira.get("/saisir/")
    made = {"made_on_day": "10", "made_on_month": "11", "made_on_year": "2026", "reference": "26-1"}
    samira.post("/saisir/reclamation/autre/", made)
    assert "dans le futur" in page(samira)
    assert "Dites comment vous avez réclamé" in page(samira)
    assert 'value="26-1"' in page(samira)


def test_when_the_register_does_not_answer_the_person_declares(samira: Journey, settings) -> None:
    settings.COMPLAINT_REGISTER = f"{HERE}.Down"
    samira.get("/saisir/")
    samira.get("/saisir/reclamation/")
    assert "ne répond pas en ce moment" in page(samira)
    samira.choose("autre")
    assert where(samira) == "/saisir/reclamation/autre/"
    samira.post("/saisir/reclamation/autre/", DECLARED)
    complaint = samira.draft.complaint
    assert complaint is not None
    assert complaint.get_source_display().startswith("le registre des réclamations n’a pas répondu")


def test_a_register_that_answered_is_not_said_to_be_silent(samira: Journey) -> None:
    samira.get("/saisir/")
    samira.post("/saisir/reclamation/autre/", DECLARED)
    complaint = samira.draft.complaint
    assert complaint is not None
    assert complaint.source == Source.DECLARED


def test_a_complaint_declared_by_its_reference_is_the_one_the_register_knows(samira: Journey) -> None:
    samira.get("/saisir/")
    samira.post("/saisir/reclamation/autre/", DECLARED | {"reference": " 26-771002 "})
    complaint = samira.draft.complaint
    assert complaint is not None
    assert (complaint.source, complaint.made_on) == (Source.REGISTER, date(2026, 10, 5))


def test_without_a_register_nobody_is_told_what_the_caf_knows(samira: Journey, settings) -> None:
    settings.COMPLAINT_REGISTER = "mediane.complaints.rules.NoRegister"
    samira.get("/saisir/")
    samira.get("/saisir/reclamation/")
    assert "n’en connaît aucune" not in page(samira)
    assert "ne répond pas" not in page(samira)
    samira.post("/saisir/reclamation/autre/", DECLARED)
    complaint = samira.draft.complaint
    assert complaint is not None
    assert complaint.source == Source.DECLARED


def test_urgency_never_refuses_and_reaches_the_request(samira: Journey) -> None:
    samira.pass_the_test()
    samira.answer("urgence", urgency=["no_food", "eviction"])
    assert where(samira) == "/saisir/demande/prestations-et-motifs/"
    assert samira.draft.urgency == ["no_food", "eviction"]


def test_no_urgency_cannot_be_ticked_with_one(samira: Journey) -> None:
    samira.get("/saisir/")
    samira.answer("urgence", urgency=["no_food", "aucune"])
    assert "Décochez" in page(samira)
