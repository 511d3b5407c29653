from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.right_body import SIGNS, Known, propose
from mediane.casework.rules.rsa_authority import rsa_authority

DAY = date(2026, 11, 9)
COURTS = {"APL": "tribunal administratif", "AF": "tribunal judiciaire, pôle social"}


def bodies(text: str = "", *benefits: str, **differs: Any) -> list[tuple[str, str]]:
    known: dict[str, Any] = {"day": DAY, "caf_code": "82", "has_complained": True, "courts": COURTS} | differs
    return [
        (one.body, one.reason) for one in propose(Known(text=text, benefits=frozenset(benefits), **known))
    ]


def test_the_rate_of_a_disability_is_for_the_mdph() -> None:
    assert bodies("La MDPH a baissé mon taux d’incapacité", "AAH") == [("MDPH", "OTHER_BODY")]


def test_the_mdph_is_not_proposed_for_a_benefit_it_does_not_decide() -> None:
    assert bodies("La MDPH m’a écrit", "APL") == []


def test_a_remission_goes_to_the_department_for_the_rsa_and_to_the_commission_for_the_rest() -> None:
    asked = "Je demande une remise de dette"
    assert bodies(asked, "RSA") == [("DEPARTMENT", "APPEAL")]
    assert bodies(asked, "APL") == [("CRA", "APPEAL")]
    assert bodies(asked, "RSA", "APL") == [("DEPARTMENT", "APPEAL"), ("CRA", "APPEAL")]


def test_where_the_state_took_the_rsa_back_the_commission_is_proposed() -> None:
    asked = "Je demande une remise de dette"
    assert bodies(asked, "RSA", caf_code="974") == [("CRA", "APPEAL")]
    assert bodies(asked, "RSA", caf_code="974", day=date(2019, 12, 31)) == [("DEPARTMENT", "APPEAL")]


@pytest.mark.parametrize("caf_code", ["93", "66", "09", "973", "974", "976"])
def test_where_the_state_took_the_rsa_back_the_rest_stays_at_the_department(caf_code: str) -> None:
    assert bodies("Une sanction sur mon contrat d’engagement", "RSA", caf_code=caf_code) == [
        ("DEPARTMENT", "OTHER_BODY")
    ]
    both = "Une sanction, et je demande une remise de dette"
    assert bodies(both, "RSA", caf_code=caf_code) == [("CRA", "APPEAL"), ("DEPARTMENT", "OTHER_BODY")]


def test_the_department_of_the_rest_is_not_said_to_be_the_state() -> None:
    known = Known(day=DAY, caf_code="93", benefits=frozenset({"RSA"}), text="sanction", has_complained=True)
    (proposal,) = propose(known)
    assert "l’État" not in proposal.because


def test_a_remission_without_any_known_benefit_goes_to_the_commission() -> None:
    assert bodies("Je demande une remise de dette") == [("CRA", "APPEAL")]


def test_the_department_has_a_successor_from_its_day_on() -> None:
    assert rsa_authority("75", DAY).with_article == "la Ville de Paris"
    assert rsa_authority("67", date(2020, 12, 31)).with_article == "le conseil départemental"
    assert rsa_authority("67", date(2021, 1, 1)).with_article == "la Collectivité européenne d’Alsace"


def test_what_was_answered_comes_before_what_is_read() -> None:
    found = bodies("On parle de fraude", "AF", subject="family_conflict")
    assert found == [("FAMILY_MEDIATION", "FAMILY_CONFLICT"), ("CAF_DIRECTION", "FRAUD_FILE")]


def test_after_a_rejected_appeal_comes_the_court_of_the_benefit() -> None:
    assert bodies("La CRA a rejeté ma demande", "APL") == [("TA", "APPEAL")]
    assert bodies("Mon recours a été rejeté", "AF") == [("TJ_SOCIAL", "APPEAL")]


def test_without_a_complaint_the_first_step_is_proposed_last() -> None:
    assert bodies("Erreur de France Travail", "PPA", has_complained=False) == [
        ("FRANCE_TRAVAIL", "OTHER_BODY"),
        ("CAF_SERVICES", "COMPLAINT_SERVICE"),
    ]


def test_nothing_is_proposed_where_nothing_points_elsewhere() -> None:
    assert bodies("On me retient 187 € par mois", "APL") == []


def test_a_proposal_shows_the_words_it_was_read_from_and_its_source() -> None:
    known = Known(
        day=DAY, caf_code="82", benefits=frozenset({"AAH"}), text="J’attends la MDPH.", has_complained=True
    )
    (proposal,) = propose(known)
    assert proposal.words == "J’attends la MDPH"
    assert "L. 241-6" in proposal.source


@given(st.text(max_size=200), st.sets(st.sampled_from(["APL", "RSA", "AAH", "AF"])))
def test_each_body_is_proposed_once_with_its_reason_and_source(text: str, benefits: set[str]) -> None:
    signs = " ".join(phrase.removesuffix("*") for sign in SIGNS for phrase in sign.phrases)
    known = Known(day=DAY, caf_code="75", benefits=frozenset(benefits), text=f"{text} {signs}", courts=COURTS)
    found = propose(known)
    assert len({one.body for one in found}) == len(found)
    assert all(one.reason and one.because and one.source for one in found)
