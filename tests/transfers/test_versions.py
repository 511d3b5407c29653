"""A letter arrives with its large print and its easy version: whoever needs them has them there too."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.correspondence import actions as correspondence
from mediane.correspondence.actions import Conclusion
from mediane.kit.rowsecurity import staff, working_for
from mediane.transfers import queries
from mediane.transfers.models import CopiedLetter
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.letters import a_reply
from tests.stories import a_studied_case
from tests.transfers.moving import an_admitted_case, packed, taken_in
from tests.transfers.test_work import with_work

DAY = timedelta(days=1)


@pytest.fixture
def there(cast: Cast, at: datetime) -> Case:
    """Answered with an easy version, reopened, worked upon, then sent on."""
    case = a_studied_case(cast.samira, cast.claire, at)
    with working_for(staff(cast.paris.pk)):
        letter = a_reply(cast.claire, at + DAY, easy="La Caf s’est trompée.\n\nVous ne devez plus rien.")
        correspondence.sign_and_send(
            letter=letter,
            conclusion=Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",)),
            seen_version=letter.version,
            by=cast.claire,
            at=at + 2 * DAY,
        )
        case.refresh_from_db()
        casework.reopen(case=case, because="Une pièce nouvelle", by=cast.claire, at=at + 3 * DAY)
    with_work(case, cast, at + 4 * DAY)
    arrived = taken_in(packed(case, cast, at + 5 * DAY), cast, at + 5 * DAY)
    assert arrived is not None
    return arrived


def test_each_version_opens_for_the_service_and_for_the_person(
    browser: SignedIn, cast: Cast, there: Case
) -> None:
    with working_for(staff(cast.tarn.pk)):
        (letter,) = CopiedLetter.objects.filter(arrival__case=there)
        pdfs = [queries.pdf_of(letter, there, version) for version in queries.VERSIONS]
        person = there.beneficiary
    assert all(pdf.startswith(b"%PDF") for pdf in pdfs)
    assert len(set(pdfs)) == 3
    which = (there.reference, letter.public_id)
    for name, pdf in zip(("", "_large", "_easy"), pdfs, strict=True):
        for room, client in (
            ("desk", browser.as_staff(cast.remi)),
            ("citizen", browser.as_person(person)),
        ):
            said = client.get(reverse(f"{room}:copied_letter{name}", args=which))
            assert (said.status_code, said.content) == (200, pdf)
    listed = browser.as_person(person).get(reverse("citizen:documents", args=(there.reference,)))
    assert "facile à lire" in listed.content.decode()


def test_the_page_of_the_case_says_what_came_and_leads_to_it(
    browser: SignedIn, cast: Cast, there: Case
) -> None:
    page = browser.as_staff(cast.remi)
    said = page.get(reverse("desk:case", args=(there.reference,))).content.decode()
    for words in (
        "1 tableau",
        "1 calcul",
        "1 jour du délai",
        "1 estimation",
        "en grands caractères",
        "facile",
    ):
        assert words in said.replace("\u00a0", " ")
    for name in ("explain", "deduct", "appeal_clock", "entitlements"):
        address = reverse(f"desk:{name}", args=(there.reference,))
        assert address in said
        assert page.get(address).status_code == 200
    assert cast.paris.name in page.get(reverse("desk:appeal_clock", args=(there.reference,))).content.decode()


def test_a_letter_without_an_easy_version_has_none(browser: SignedIn, cast: Cast, at: datetime) -> None:
    there = taken_in(packed(an_admitted_case(cast, at), cast, at + 5 * DAY), cast, at + 5 * DAY)
    assert there is not None
    with working_for(staff(cast.tarn.pk)):
        letter = CopiedLetter.objects.get(arrival__case=there)
    address = reverse("desk:copied_letter_easy", args=(there.reference, letter.public_id))
    assert browser.as_staff(cast.remi).get(address).status_code == 404
