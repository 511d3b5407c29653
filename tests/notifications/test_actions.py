"""E-mails as they arrive in a real mailbox: once, where it is safe, and revealing nothing."""

import smtplib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.eligibility.models import EligibilityCheck
from mediane.eligibility.queries import policy_on
from mediane.kit import rowsecurity
from mediane.notifications import actions as notifications
from mediane.notifications.models import Delivery
from mediane.notifications.queries import possible_now
from mediane.notifications.rules import Kind
from mediane.people.models import Beneficiary
from mediane.referrals import actions as referrals
from tests.cast import Cast
from tests.notifications.letterbox import Letterbox, free_port, receiving
from tests.stories import a_case, a_draft

CANARIES = (
    "APL",
    "1 842",
    "187 €",
    "médiat",
    "Belkacem",
    "Samira",
    "4817263",
    "allocataire",
    "recevab",
    "Caf de",
)


@pytest.fixture
def box(settings) -> Iterator[Letterbox]:
    port = free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    with receiving(port) as letterbox:
        yield letterbox


def told(case: Case, cast: Cast, at: datetime) -> Kind:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        fresh = Case.objects.select_related("organisation", "beneficiary", "referral__key").get(pk=case.pk)
        return notifications.announce(case=fresh, at=at)


def a_case_of(cast: Cast, at: datetime, safe: dict[str, str] | None = None, **wishes: Any) -> Case:
    draft = a_draft(cast.samira, at, **wishes)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        if safe is not None:
            referrals.save(draft=draft, at=at, safe_contact=safe)
        referrals.file(draft=draft, by=cast.samira.as_actor(), at=at)
        return casework.open_case(referral=draft, by=cast.samira.as_actor(), at=at)


def test_a_notice_says_that_there_is_a_message_and_nothing_else(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    case = a_case_of(cast, at)
    assert told(case, cast, at) is Kind.NOTICE
    (envelope,), (message,) = box.envelopes, box.messages
    assert envelope.rcpt_tos == ["samira@exemple.fr"]
    assert message["Subject"] == "Vous avez un message"
    assert message["Auto-Submitted"] == "auto-generated"
    whole = message["Subject"] + str(message["From"]) + message.get_content()
    for canary in (*CANARIES, case.reference):
        assert canary.lower() not in whole.lower().replace("\u00a0", " ")
    assert "/espace/\r\n" in message.get_content()


def test_the_receipt_carries_what_the_law_asks_where_it_was_allowed(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    case = a_case_of(cast, at, receipt_by_email=True)
    assert told(case, cast, at) is Kind.REGISTRATION
    text = box.messages[0].get_content()
    for required in (case.reference, "9\u00a0novembre\u00a02026", "service médiation, Caf de Paris"):
        assert required in text
    assert "APL" not in text
    assert "médiation" not in box.messages[0]["Subject"]


def test_what_happens_at_once_is_told_once(cast: Cast, box: Letterbox, at: datetime) -> None:
    case = a_case_of(cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=case, by=cast.claire, at=at)
        casework.write_to_person(case=case, body="Bonjour", by=cast.claire, at=at)
    assert told(case, cast, at) is Kind.NOTICE
    assert told(case, cast, at) is Kind.NONE
    assert len(box.messages) == 1


def test_the_safe_address_is_the_one_written_to(cast: Cast, box: Letterbox, at: datetime) -> None:
    told(a_case_of(cast, at, safe={"email": "chez.une.amie@exemple.fr"}), cast, at)
    assert box.envelopes[0].rcpt_tos == ["chez.une.amie@exemple.fr"]


def test_whoever_said_no_is_not_written_to(cast: Cast, box: Letterbox, at: datetime) -> None:
    case = a_case_of(cast, at, notice_by_email=False, receipt_by_email=True)
    assert told(case, cast, at) is Kind.NONE
    assert not box.messages
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Delivery.objects.get().kind == Kind.NONE


@pytest.mark.parametrize(
    "hostile",
    [
        "a@exemple.fr\nBcc: tous@exemple.fr",
        "a@exemple.fr, tous@exemple.fr",
        "a@exemple.fr\r\n\r\nAutre texte",
        "<a@exemple.fr> RCPT TO:<tous@exemple.fr>",
        "pas une adresse",
    ],
)
def test_an_address_that_hides_another_receives_nothing(
    cast: Cast, box: Letterbox, at: datetime, hostile: str
) -> None:
    assert told(a_case_of(cast, at, safe={"email": hostile}), cast, at) is Kind.NONE
    assert not box.envelopes


def test_a_mailbox_that_refuses_leaves_everything_to_do_again(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    case = a_case_of(cast, at)
    box.is_open = False
    with pytest.raises(smtplib.SMTPException):
        told(case, cast, at)
    box.is_open = True
    assert told(case, cast, at) is Kind.NOTICE
    assert len(box.messages) == 1


def test_the_same_message_sent_again_after_a_crash_has_the_same_name(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    case = a_case_of(cast, at)
    with pytest.raises(InterruptedError), rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        told(case, cast, at)
        # The process dies after sending, before the commit.
        raise InterruptedError
    told(case, cast, at)
    first, second = (message["Message-ID"] for message in box.messages)
    assert first == second


def premature(of: Beneficiary, cast: Cast, at: datetime, possible_from: date) -> None:
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        row, _ = policy_on(at.date())
        EligibilityCheck.objects.create(
            organisation=cast.paris,
            beneficiary=of,
            policy=row,
            answers={},
            obstacles=["premature"],
            possible_from=possible_from,
            taken_at=at,
        )


def possible(cast: Cast, at: datetime, today: date) -> list[Kind]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        checks = possible_now(cast.paris.pk, today=today)
        return [notifications.announce_possible(check=check, at=at) for check in checks]


def test_whoever_came_too_early_is_told_on_the_day_once(cast: Cast, box: Letterbox, at: datetime) -> None:
    for _ in range(2):
        premature(cast.samira, cast, at, date(2026, 12, 14))
    assert possible(cast, at, date(2026, 12, 13)) == []
    assert possible(cast, at, date(2026, 12, 14)) == [Kind.POSSIBLE, Kind.NONE]
    assert possible(cast, at, date(2026, 12, 15)) == []
    (message,) = box.messages
    for canary in CANARIES:
        assert canary.lower() not in message.get_content().lower()


def test_whoever_filed_meanwhile_is_not_told_to_come_back(cast: Cast, box: Letterbox, at: datetime) -> None:
    premature(cast.samira, cast, at, date(2026, 11, 10))
    a_case(cast.samira, at.replace(hour=20))
    assert possible(cast, at, date(2026, 12, 14)) == [Kind.NONE]
    assert not box.messages
