"""A real IMAP server, whose mail is taken once and lost never, whoever dies in between."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.db import connection

from mediane.casework.models import Message
from mediane.integrations import mailbox
from mediane.jobs import mail as tasks
from mediane.kit import rowsecurity
from mediane.kit.blobs import Blobs, NoSpace
from mediane.mailroom.actions import choose_policy
from mediane.mailroom.models import Collection, Mail
from mediane.mailroom.queries import original_of
from mediane.mailroom.states import Policy, Remark, State
from mediane.notifications import actions as notifications
from tests.cast import Cast
from tests.integrations.dovecot import Dovecot, running
from tests.jobs.test_tasks import queued
from tests.mailroom.letters import a_mail
from tests.notifications.letterbox import free_port, receiving
from tests.stories import a_studied_case

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def one_server() -> Iterator[Dovecot]:
    with running() as server:
        yield server


@pytest.fixture
def dovecot(one_server: Dovecot, settings: LazySettings, cast: Cast, at: datetime) -> Iterator[Dovecot]:
    settings.MAILBOXES = one_server.settings()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.OPEN, effective_from=at.date(), by=cast.claire, at=at
        )
    yield one_server
    client = one_server.client()
    for folder in ("INBOX", "Mediane"):
        status, number = client.select(folder)
        if status == "OK" and number != [b"0"]:
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()
    client.logout()


def kept(cast: Cast) -> list[Mail]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(Mail.objects.select_related("key").order_by("pk"))


def test_what_waits_is_taken_then_moved_as_it_was_written(
    committed: str, cast: Cast, dovecot: Dovecot
) -> None:
    letter = a_mail("Déjà deux mois.").as_bytes().replace(b"\n", b"\r\n")
    dovecot.deliver(letter)
    done = mailbox.collect(cast.paris)
    assert (done.new, dovecot.count("INBOX"), dovecot.count("Mediane")) == (1, 0, 1)
    (mail,) = kept(cast)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert original_of(mail) == letter
        assert Collection.objects.get().succeeded_at is not None
    assert mailbox.collect(cast.paris).new == 0


def test_a_worker_that_dies_before_the_server_is_told_takes_it_once(
    committed: str, cast: Cast, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.deliver(a_mail().as_bytes())

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr("imap_tools.MailBoxUnencrypted.move", die)
        mailbox.collect(cast.paris)
    assert (len(kept(cast)), dovecot.count("INBOX")) == (1, 1)
    done = mailbox.collect(cast.paris)
    assert (done.new, done.known, len(kept(cast)), dovecot.count("INBOX")) == (0, 1, 1, 0)


def test_a_disk_that_is_full_leaves_it_on_the_server(
    committed: str, cast: Cast, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.deliver(a_mail().as_bytes())

    def full(self: Blobs, data: bytes) -> str:
        raise NoSpace

    with monkeypatch.context() as crowded, pytest.raises(mailbox.Unreachable):
        crowded.setattr(Blobs, "write", full)
        mailbox.collect(cast.paris)
    assert (kept(cast), dovecot.count("INBOX")) == ([], 1)
    assert mailbox.collect(cast.paris).new == 1


def test_bad_mail_is_filed_with_its_reason_and_the_good_one_behind_it_too(
    committed: str, cast: Cast, dovecot: Dovecot
) -> None:
    huge = a_mail().as_bytes() + b"x" * 76 + b"\r\n"
    dovecot.deliver(huge + (b"x" * 76 + b"\r\n") * (60 * 1024 * 1024 // 78))
    dovecot.deliver(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: x")
    many = a_mail()
    for number in range(200):
        many.add_attachment(b"MZ", maintype="application", subtype="x-dos", filename=f"{number}.exe")
    dovecot.deliver(many.as_bytes())
    dovecot.deliver(a_mail("Le bon").as_bytes())
    tasks.collect_mailbox(organisation_id=cast.paris.pk)
    assert [mail.remarks for mail in kept(cast)] == [
        [Remark.TOO_LARGE],
        [Remark.BROKEN],
        [Remark.TOO_MANY_FILES, Remark.FILES_REFUSED],
        [],
    ]
    assert (dovecot.count("INBOX"), dovecot.count("Mediane")) == (0, 4)


def test_a_server_that_is_away_or_refuses_us_stops_no_worker(
    committed: str, cast: Cast, dovecot: Dovecot, settings: LazySettings
) -> None:
    wrong = dovecot.settings()["75"]
    for change in ({"port": free_port()}, {"password": "autre"}, {"folder": "Nulle part"}):
        settings.MAILBOXES = {"75": wrong | change}
        tasks.collect_mailbox(organisation_id=cast.paris.pk)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Collection.objects.get().succeeded_at is None


def test_a_mailbox_that_the_caf_says_absent_is_not_looked_into(
    committed: str, cast: Cast, dovecot: Dovecot, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.ABSENT, effective_from=at.date(), by=cast.claire, at=at
        )
    dovecot.deliver(a_mail().as_bytes())
    mailbox.collect(cast.paris)
    assert (kept(cast), dovecot.count("INBOX")) == ([], 1)


def test_one_job_a_caf_waits_however_often_it_is_asked(committed: str, cast: Cast, dovecot: Dovecot) -> None:
    for _ in range(3):
        tasks.collect_mail(timestamp=0)
    assert queued("collect_mailbox") == [{"organisation_id": cast.paris.pk}]
    with connection.cursor() as cursor:
        cursor.execute("SELECT lock FROM procrastinate_jobs WHERE task_name = 'collect_mailbox'")
        assert cursor.fetchall() == [("mailbox:75",)]


def test_a_notice_goes_out_by_smtp_and_its_answer_comes_back_by_imap(
    committed: str, cast: Cast, dovecot: Dovecot, at: datetime, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    case = a_studied_case(cast.samira, cast.claire, at)
    with receiving(settings.EMAIL_PORT) as box:
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            notifications.announce(case=type(case).objects.get(pk=case.pk), at=at)
        (notice,) = box.messages
    assert "Vous pouvez y répondre" in notice.get_content()
    # A mail program that keeps no thread, and answers the address it was given.
    dovecot.deliver(a_mail("Je réponds.", To=str(notice["Reply-To"])).as_bytes())
    mailbox.collect(cast.paris)
    assert [mail.state for mail in kept(cast)] == [State.ATTACHED]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert "Je réponds." in Message.objects.get(case_id=case.pk).body


def test_the_answer_of_a_closed_mailbox_leaves_by_smtp_once(
    committed: str, cast: Cast, dovecot: Dovecot, at: datetime, settings: LazySettings
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.CLOSED, effective_from=at.date(), by=cast.claire, at=at
        )
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    dovecot.deliver(a_mail("Un").as_bytes())
    dovecot.deliver(a_mail("Deux").as_bytes())
    with receiving(settings.EMAIL_PORT) as box:
        mailbox.collect(cast.paris)
        for job in queued("send_pointer"):
            tasks.send_pointer(**job)
        (answer,) = box.messages
    assert answer["Auto-Submitted"] == "auto-replied"
    # It comes back to us, as it is: a loop, that nobody answers.
    dovecot.deliver(box.envelopes[0].original_content)
    mailbox.collect(cast.paris)
    assert kept(cast)[-1].nature == "loop"
    assert len(queued("send_pointer")) == 1
