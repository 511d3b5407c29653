"""Every page where something is typed: refused, all of it comes back; left, its long texts are kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mediane.kit import clock
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.house.doors import DOORS
from tests.house.test_doors import URLS
from tests.house.written import Filled, Reader, lost, to_refuse
from tests.stories import a_studied_case

# Who opens: Samira her pages, Claire those of the desk.
SAMIRA, CLAIRE = 1, 4
PAGES = sorted(
    name
    for name, pattern in URLS.items()
    if set(pattern.pattern.converters) <= {"reference"}
    and (
        (name.startswith("desk:") and DOORS[name][CLAIRE] == 200)
        or (name.startswith("citizen:") and "reference" in pattern.pattern.converters)
    )
)
# A place to keep hidden is typed again rather than shown again.
NEVER_SHOWN_AGAIN = ("citizen:reach", "desk:how_to_reach")


def written_form(page: str) -> Filled | None:
    """The form of the page where most is written, if any."""
    forms = [form for form in Reader(page).forms if form.areas or form.texts]
    return max(forms, key=lambda form: (len(form.areas), len(form.texts)), default=None)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_typed_comes_back_when_it_is_refused(name: str, cast: Cast) -> None:
    case = a_studied_case(cast.samira, cast.claire, clock.now() - timedelta(days=3))
    visitor = (
        SignedIn().as_person(cast.samira) if name.startswith("citizen:") else SignedIn().as_staff(cast.claire)
    )
    keys = URLS[name].pattern.converters
    address = reverse(name, kwargs={"reference": case.reference} if keys else {})
    page = visitor.get(address)
    is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    form = written_form(page.content.decode()) if is_page else None
    if form is None:
        return
    if form.areas and name not in NEVER_SHOWN_AGAIN:
        assert form.is_kept, f"{name} keeps nothing of what is written: see web/keeping.py"
    sent = to_refuse(form)
    said = visitor.post(form.address or address, sent)
    assert said.status_code == 200, f"{name}: {said.status_code} instead of a page with what is wrong"
    back = written_form(said.content.decode())
    assert back is not None
    assert lost(sent, form, back) == []
