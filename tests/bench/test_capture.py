"""What the floors play again: the page’s own statements, with the numbers its rows were given."""

import re
from datetime import datetime

from bench.capture import writing
from mediane.casework.models import Case, Step
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case


def test_a_gesture_is_played_without_its_journal_and_with_the_number_of_its_step(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at)
    page = f"/bureau/dossiers/{case.reference}/prise-en-charge/"
    played = writing(browser.as_staff(cast.claire), page, {"version": str(case.version)})
    assert not [text for text in played.statements if "journal_entry" in text or "SAVEPOINT" in text]
    steps = [text for text in played.statements if 'INTO "casework_step"' in text]
    numbered = r'\("id", "organisation_id", .* VALUES \(\d+, \d+, '
    assert steps
    assert all(re.search(numbered, step, re.DOTALL) for step in steps)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Case.objects.get(pk=case.pk).version == case.version
        assert not Step.objects.filter(case=case, act="take_up").exists()
