from datetime import timedelta

import pytest
from django.urls import reverse

from mediane.casework.models import Case
from mediane.kit import rowsecurity
from mediane.mailroom.actions import choose_policy
from mediane.mailroom.states import Policy
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.transfers.moving import an_admitted_case, packed, sent, taken_in

LATER = timedelta(days=5)


def page(browser: SignedIn, person: Beneficiary, case: Case) -> str:
    answer = browser.as_person(person).get(reverse("citizen:follow", args=(case.reference,)))
    return answer.content.decode().replace("\u00a0", " ")


def test_both_pages_lead_to_each_other(browser: SignedIn, cast: Cast, at) -> None:
    case = an_admitted_case(cast, at)
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    before = page(browser, cast.samira, case)
    assert "Votre demande est transmise à la Caf de Tarn-et-Garonne" in before
    assert there.reference in before
    assert "Écrire un message" not in before
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        newcomer = Beneficiary.objects.get(pk=there.beneficiary_id)
    after = page(browser, newcomer, there)
    assert "Elle vient de la Caf de Paris" in after
    assert case.reference in after
    assert "Écrire un message" in after
    copy = after.split("/copies/")[1].split("/")[0]
    address = reverse("citizen:copied_letter", args=(there.reference, copy))
    assert browser.as_person(newcomer).get(address).content.startswith(b"%PDF")
    assert browser.as_person(cast.awa).get(address).status_code == 404
    papers = browser.as_person(newcomer).get(reverse("citizen:documents", args=(there.reference,)))
    assert "Caf de Paris" in papers.content.decode()


def test_before_it_arrives_the_page_says_that_a_reference_will_come(
    browser: SignedIn, cast: Cast, at
) -> None:
    case = an_admitted_case(cast, at)
    sent(case, cast, at + LATER)
    assert "nouvelle référence" in page(browser, cast.samira, case)


@pytest.mark.parametrize("code", ["75", "01"])
def test_the_page_of_a_caf_says_every_way_to_write(client, cast: Cast, code: str) -> None:
    said = client.get(f"/caf/{code}/").content.decode()
    assert ("/saisir/" in said) == (code == "75")
    assert "par courrier" in said


def test_a_closed_mailbox_is_not_proposed(client, cast: Cast, at, settings) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.CLOSED, effective_from=at.date(), by=cast.claire, at=at
        )
    assert "Par courriel" not in client.get("/caf/75/").content.decode()


def test_no_page_proposes_to_write_where_nobody_would_read(browser: SignedIn, cast: Cast, at) -> None:
    case = an_admitted_case(cast, at)
    sent(case, cast, at + timedelta(days=5))
    page = reverse("citizen:follow", kwargs={"reference": case.reference})
    answer = browser.as_person(cast.samira).get(f"{page}message/")
    assert (answer.status_code, answer.get("Location")) == (302, page)
    refused = browser.post(f"{page}message/", {"body": "Bonjour."})
    assert "est maintenant suivie par la médiation" in refused.content.decode()
    assert "vous pouvez encore écrire" not in refused.content.decode()
    assert "Bonjour." in refused.content.decode()
