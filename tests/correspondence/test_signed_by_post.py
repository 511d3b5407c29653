"""One gesture signs a letter, puts it in the space, and sends it by the one other way that reaches."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from pypdf import PdfReader

from mediane.casework import actions as casework
from mediane.casework.actions import Said
from mediane.casework.models import Case, Posting
from mediane.casework.states import Heard, Outcome, Paper, State
from mediane.correspondence import actions
from mediane.correspondence.actions import Conclusion, LetterText, Ruling
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.queries import posting_pdf, template_of
from mediane.kit import rowsecurity
from mediane.notifications.actions import announce
from tests.casework.actions.test_postings import BY_POST
from tests.cast import Cast
from tests.letters import a_reply
from tests.stories import a_studied_case

DAY = timedelta(days=1)
Signing = Callable[[Case, Cast, datetime], object]


def text(kind: Kind, at: datetime) -> LetterText:
    template = template_of(kind, at.date())
    return LetterText(template, template.body)


def replies(case: Case, cast: Cast, at: datetime) -> None:
    letter = a_reply(cast.claire, at)
    done = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))
    version = letter.version
    actions.sign_and_send(letter=letter, conclusion=done, seen_version=version, by=cast.claire, at=at)


SIGNINGS: dict[str, Signing] = {
    "reply": replies,
    "admissible": lambda case, cast, at: actions.decide_admissible(
        case=case, ruling=Ruling(), letter=text(Kind.ADMISSIBLE, at), by=cast.claire, at=at
    ),
    "inadmissible": lambda case, cast, at: actions.decide_inadmissible(
        case=case, ruling=Ruling(reason="UNCLEAR"), letter=text(Kind.INADMISSIBLE, at), by=cast.claire, at=at
    ),
    "redirected": lambda case, cast, at: actions.redirect(
        case=case,
        ruling=Ruling(reason="OTHER_BODY", body="MDPH"),
        letter=text(Kind.REDIRECTED, at),
        by=cast.nadia,
        at=at,
    ),
    "litigation": lambda case, cast, at: actions.end_by_litigation(
        case=case,
        ruling=Ruling(seized_on=date(2026, 11, 2), evidence="Assignation"),
        letter=text(Kind.LITIGATION, at),
        by=cast.claire,
        at=at,
    ),
}


def in_paris(cast: Cast) -> Any:
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def told_by_email(at: datetime) -> int:
    before = len(mail.outbox)
    announce(case=Case.objects.select_related("organisation", "beneficiary", "referral", "key").get(), at=at)
    return len(mail.outbox) - before


def letters_to_print() -> list[Posting]:
    return list(Posting.objects.filter(kind=Paper.LETTER).select_related("case__organisation"))


@pytest.mark.parametrize("signing", SIGNINGS)
@pytest.mark.parametrize(
    ("differs", "by_email", "by_post"),
    [
        ({}, 1, 0),
        (BY_POST, 0, 1),
        (BY_POST | {"safe_contact": {"no_letters": "oui"}}, 0, 0),
    ],
)
def test_each_signed_letter_takes_one_way_beside_the_space(
    cast: Cast, at: datetime, signing: str, differs: dict[str, Any], by_email: int, by_post: int
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    with in_paris(cast):
        announce(case=case, at=at)
        SIGNINGS[signing](case, cast, at + DAY)
        assert told_by_email(at + DAY) == by_email
        assert len(letters_to_print()) == by_post
        letter = Letter.objects.get(signed_at__isnull=False)
        if by_post:
            (waits,) = letters_to_print()
            assert (waits.letter, waits.title) == (letter.public_id, letter.title)


def test_a_decision_seen_otherwise_is_posted_too(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
    with in_paris(cast):
        SIGNINGS["inadmissible"](case, cast, at + DAY)
        actions.reclassify(
            case=case,
            to=State.UNDER_STUDY,
            ruling=Ruling(because="Une pièce retrouvée"),
            letter=text(Kind.RECLASSIFIED, at),
            by=cast.claire,
            at=at + 2 * DAY,
        )
        assert len({one.letter for one in letters_to_print()}) == 2


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def test_what_is_printed_is_what_was_signed_under_the_address_of_today(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
    with in_paris(cast):
        SIGNINGS["admissible"](case, cast, at + DAY)
        letter = Letter.objects.select_related("case__key").get()
        actions.make_pdf(letter=letter, at=at + DAY)
        (waits,) = letters_to_print()
        signed = pages(posting_pdf(waits))
        assert "4 rue Haute" in signed[0]

        said = Said(
            contact={"address": "8 rue Basse\n75020 Paris"},
            notice_by_email=False,
            heard=Heard.PHONE,
            note="",
            seen_at=at + DAY,
        )
        casework.note_how_to_reach(case=case, said=said, by=cast.nadia, at=at + DAY)
        (waits,) = letters_to_print()
        under = pages(posting_pdf(waits))
        assert "8 rue Basse" in under[0]
        assert "Notre lettre du 10 novembre 2026" in under[0]
        assert under[1:] == signed
