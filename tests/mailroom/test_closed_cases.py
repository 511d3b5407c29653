"""A mail about a case that nobody works on any more: it waits where somebody reads it."""

from datetime import datetime, timedelta

import pytest

from mediane.casework import actions as casework
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import Case, Message
from mediane.kit import rowsecurity
from mediane.mailroom import actions
from mediane.mailroom.models import Mail, MailFile
from mediane.mailroom.queries import Tab, tray
from mediane.mailroom.states import State
from mediane.notifications.queries import sent_among
from tests.cast import Cast
from tests.documents.test_quarantine import a_pdf
from tests.mailroom.letters import a_mail, taken, the_mail
from tests.mailroom.test_taking import the_notice
from tests.stories import a_case, a_studied_case
from tests.transfers.moving import sent

pytestmark = pytest.mark.usefixtures("opened")
LATER = timedelta(days=5)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def answered_by_mail(case: Case, cast: Cast, at: datetime, message_id: str) -> Mail:
    """Samira answers what left for her, with a file."""
    answer = a_mail("Voici mon avis.", In_Reply_To=message_id)
    answer.add_attachment(a_pdf("avis"), maintype="application", subtype="pdf", filename="avis.pdf")
    taken(answer, by_caf=cast.paris, at=at, sent=sent_among)
    return the_mail(cast.paris)


def number_of_messages() -> int:
    return Message.objects.count()


def test_it_waits_with_its_files_and_the_case_it_speaks_of(case: Case, cast: Cast, at: datetime) -> None:
    notice = the_notice(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.withdraw(case=case, by=cast.claire, at=at)
    mail = answered_by_mail(case, cast, at + LATER, notice.message_id)
    assert (mail.state, mail.case_id) == (State.WAITING, case.pk)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert number_of_messages() == 0
        assert [one.mail.pk for one in tray(cast.paris.pk, Tab.WAITING)] == [mail.pk]
        assert MailFile.objects.get(mail=mail).document is not None
        message = actions.attach(mail=mail, case=case, by=cast.nadia, at=at + LATER)
        assert message.joined.count() == 1
        case.refresh_from_db()
    assert not case.is_open


def test_the_answer_of_the_body_is_filed_on_the_case_sent_there(case: Case, cast: Cast, at: datetime) -> None:
    notice = the_notice(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    mail = answered_by_mail(case, cast, at + LATER, notice.message_id)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.attach(mail=mail, case=case, by=cast.nadia, at=at + LATER)
        assert Message.objects.get(case=case).author == "Samira Belkacem, par courriel"


@pytest.mark.parametrize("is_kept_open", [True, False])
def test_about_a_duplicate_it_follows_the_case_that_answers_for_both(
    cast: Cast, at: datetime, is_kept_open: bool
) -> None:
    kept, duplicate = a_case(cast.samira, at), a_studied_case(cast.samira, cast.claire, at + LATER)
    notice = the_notice(duplicate, cast, at + LATER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.merge_cases(case=duplicate, other=kept, seen_rank=0, by=cast.claire, at=at + LATER)
        if not is_kept_open:
            casework.withdraw(case=kept, by=cast.claire, at=at + LATER)
    mail = answered_by_mail(duplicate, cast, at + 2 * LATER, notice.message_id)
    assert mail.state == (State.ATTACHED if is_kept_open else State.WAITING)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Message.objects.filter(case=kept).count() == is_kept_open


def test_about_a_case_that_went_to_another_caf_it_waits_and_joins_nothing_here(
    case: Case, cast: Cast, at: datetime
) -> None:
    notice = the_notice(case, cast, at)
    sent(case, cast, at + LATER)
    mail = answered_by_mail(case, cast, at + 2 * LATER, notice.message_id)
    assert (mail.state, mail.case_id) == (State.WAITING, case.pk)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(MoveRefused, match="Tarn-et-Garonne"):
            actions.attach(mail=mail, case=case, by=cast.nadia, at=at + 2 * LATER)
        assert number_of_messages() == 0
        # Refused, nothing of it is gone from the tray.
        assert MailFile.objects.get(mail=mail).document is not None
        assert Mail.objects.get(pk=mail.pk).state == State.WAITING
