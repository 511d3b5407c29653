import re
from datetime import timedelta

import pytest

from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.queries import published
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.steering.test_funnel import runs_of

URL = "/pilotage/regles/"
NEW = f"{URL}projets/nouveau/"
TYPED = {
    "revision": "0",
    "waiting_months": "3",
    "early": "arrete",
    "cra": "avertit",
    "put": ["subject", "cra", "court", "already_asked", "urgency"],
    "source": "Décision du 2 novembre",
}


@pytest.fixture
def national(browser, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.helene)


def the_draft(cast: Cast) -> EligibilityPolicy:
    with rowsecurity.working_for(cast.cnaf.context()):
        return EligibilityPolicy.objects.get(version=None)


def on(day) -> dict[str, str]:
    return {
        "effective_from_day": str(day.day),
        "effective_from_month": str(day.month),
        "effective_from_year": str(day.year),
    }


def test_a_draft_is_written_tried_and_published(national, cast: Cast) -> None:
    runs_of([cast.samira, cast.awa], 2)
    written = national.post(NEW, TYPED)
    draft = the_draft(cast)
    trial = f"{URL}projets/{draft.pk}/essai/"
    assert written["Location"] == trial

    said = national.get(trial).content.decode()
    assert "4\u00a0tests passés" in said
    assert "4\u00a0auraient fini autrement" in said
    assert "Irait plus loin dans le test" in said
    assert "Caf de Paris" in said

    day = clock.today() + timedelta(days=40)
    assert national.post(trial, {"revision": "1"} | on(day))["Location"] == URL
    with rowsecurity.working_for(rowsecurity.public()):
        assert [(row.version, row.effective_from) for row in published()][1:] == [(2, day)]
    assert "Version 2, à venir" in national.get(URL).content.decode()
    assert national.get(trial).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_a_trial_tells_every_number_and_asks_as_much_for_one_test_as_for_twenty(
    national, cast: Cast, number: int, django_assert_num_queries
) -> None:
    runs_of([cast.samira, cast.awa], number)
    trial = national.post(NEW, TYPED)["Location"]
    national.get(trial)
    with django_assert_num_queries(8):
        said = national.get(trial).content.decode()
    there = said[said.index("82 Caf de Tarn-et-Garonne") :].split("</tr>")[0]
    assert re.findall(r'<td class="m-number">(.*?)</td>', there) == [str(number), "0", "0", "0", str(number)]


def test_what_was_typed_stays_when_it_is_refused(national, cast: Cast) -> None:
    wrong = TYPED | {"waiting_months": "deux", "source": ""}
    said = national.post(NEW, wrong).content.decode()
    assert "Deux points à corriger" in said
    assert 'value="deux"' in said
    contradictory = TYPED | {"cra": "arrete", "put": ["subject"]}
    said = national.post(NEW, contradictory).content.decode()
    assert "que si la question est posée" in said
    assert "Décision du 2 novembre" in said


@pytest.mark.parametrize(
    "typed",
    [
        {"waiting_months": "99999999999999999999"},
        {"waiting_months": "0"},
        {"put": ["complaint"]},
        {"early": "x"},
        {"revision": "x"},
        {"source": "a" * 501},
    ],
)
def test_odd_values_are_told_and_nothing_is_written(national, cast: Cast, typed: dict) -> None:
    answer = national.post(NEW, TYPED | typed)
    assert answer.status_code == 200
    with rowsecurity.working_for(cast.cnaf.context()):
        assert not EligibilityPolicy.objects.filter(version=None).exists()


def test_a_draft_changed_meanwhile_is_read_again_before_it_is_published(national, cast: Cast) -> None:
    national.post(NEW, TYPED)
    draft = the_draft(cast)
    place = f"{URL}projets/{draft.pk}/"
    national.post(place, TYPED | {"revision": "1", "waiting_months": "5"})
    day = on(clock.today() + timedelta(days=40))
    said = national.post(f"{place}essai/", {"revision": "1"} | day).content.decode()
    assert "a changé ce projet" in said
    assert "Cinq mois" in said
    assert 'name="revision" id="id_revision" value="2"' in said
    assert the_draft(cast).waiting_months == 5
    assert national.post(f"{place}essai/", {"revision": "2"} | day).status_code == 302
    late = national.post(place, TYPED | {"revision": "2"}).content.decode()
    assert "déjà publié" in late


def test_a_past_day_publishes_nothing(national, cast: Cast) -> None:
    national.post(NEW, TYPED)
    trial = f"{URL}projets/{the_draft(cast).pk}/essai/"
    said = national.post(trial, {"revision": "1"} | on(clock.today())).content.decode()
    assert "Choisissez un jour à venir" in said
    assert the_draft(cast).version is None


def test_a_draft_can_be_thrown_away(national, cast: Cast) -> None:
    national.post(NEW, TYPED)
    place = f"{URL}projets/{the_draft(cast).pk}/"
    assert national.post(f"{place}abandon/").status_code == 302
    assert national.post(f"{place}abandon/").status_code == 404
    assert national.get(place).status_code == 404


def test_staff_of_a_caf_neither_reads_nor_writes_rules(browser, cast: Cast) -> None:
    staff = browser.as_staff(cast.claire)
    assert staff.get(URL).status_code == 403
    assert staff.post(NEW, TYPED).status_code == 403
    assert staff.get(f"{URL}projets/1/essai/").status_code == 403


def test_a_question_switched_off_is_not_put_to_the_person(browser, cast: Cast) -> None:
    with rowsecurity.working_for(cast.cnaf.context()):
        EligibilityPolicy.objects.create(
            version=2,
            effective_from=clock.today(),
            waiting_months=2,
            early_filing_allowed=True,
            cra_pending_blocks=True,
            skipped=["about_caf", "urgency"],
            source="x",
        )
    samira = browser.as_person(cast.samira)
    assert samira.get("/saisir/", follow=True).redirect_chain[-1][0] == "/saisir/test/sujet/"
    said = samira.get("/saisir/test/sujet/").content.decode()
    assert "1 sur 6" in said.replace("\u00a0", " ")
    assert samira.get("/saisir/test/urgence/")["Location"] == "/saisir/test/deja-demande/"
    assert "aide à organiser le travail" not in samira.get("/saisir/test/commission/").content.decode()
