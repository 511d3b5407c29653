"""A worker killed, a full disk, a mail that breaks everything: nothing is lost, nothing is taken twice."""

import logging
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import LazySettings
from django.db import connections

from mediane.integrations import mailbox
from mediane.jobs import mail as tasks
from mediane.kit import jobs, rowsecurity
from mediane.kit.processes import is_over
from mediane.mailroom.models import Mail
from mediane.mailroom.queries import original_of, originals, words_of
from mediane.mailroom.states import Remark
from tests.cast import Cast
from tests.integrations.dovecot import PASSWORD, Dovecot
from tests.integrations.test_mailbox import dovecot, kept, one_server  # noqa: F401 — fixtures
from tests.jobs.test_worker import environment, rows
from tests.mailroom.letters import a_mail
from tests.notifications.letterbox import free_port

pytestmark = pytest.mark.slow
MAILS = 40
MEGABYTE = 1024 * 1024


def texts(cast: Cast) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return sorted(words_of(mail).text for mail in Mail.objects.select_related("key"))


@contextmanager
def a_worker(server: Dovecot) -> Iterator["subprocess.Popen[bytes]"]:
    address = f"imap://mediation:{PASSWORD}@127.0.0.1:{server.port}/INBOX?address=mediation@caf75.exemple"
    surroundings = environment(free_port()) | {"MAILBOXES": f"75 {address}"}
    worker = subprocess.Popen([sys.executable, "-m", "mediane", "worker"], env=surroundings)
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def test_killed_again_and_again_a_worker_loses_nothing_and_takes_nothing_twice(
    committed: str,
    cast: Cast,
    dovecot: Dovecot,  # noqa: F811
) -> None:
    written = sorted(f"Lettre {number}" for number in range(MAILS))
    for text in written:
        dovecot.deliver(a_mail(text).as_bytes())
    for reached in (2, 13, 27):
        rows("DELETE FROM procrastinate_jobs")
        jobs.defer("collect_mailbox", organisation_id=cast.paris.pk)
        with a_worker(dovecot) as worker:
            while dovecot.count("Mediane") < reached:
                assert not is_over(worker.pid, within=0.01)
        assert dovecot.count("INBOX") + dovecot.count("Mediane") >= MAILS
        assert reached <= dovecot.count("Mediane") <= len(kept(cast)) < MAILS
    mailbox.collect(cast.paris)
    assert (dovecot.count("INBOX"), dovecot.count("Mediane")) == (0, MAILS)
    assert texts(cast) == written


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """The kernel itself stops whoever writes more, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_half_way_leaves_the_rest_on_the_server(
    committed: str,
    cast: Cast,
    dovecot: Dovecot,  # noqa: F811
    settings: LazySettings,
    tmp_path,
) -> None:
    settings.DATA = tmp_path
    large = "x" * 70 + "\n"
    for text in ("La première", large * (2 * MEGABYTE // len(large)), "La dernière"):
        dovecot.deliver(a_mail(text).as_bytes())
    with no_file_above(MEGABYTE):
        tasks.collect_mailbox(organisation_id=cast.paris.pk)
    assert (len(kept(cast)), dovecot.count("INBOX"), dovecot.count("Mediane")) == (1, 2, 1)
    assert len([path for path in originals().folder.rglob("*") if path.is_file()]) == 1
    tasks.collect_mailbox(organisation_id=cast.paris.pk)
    assert (len(kept(cast)), dovecot.count("INBOX"), dovecot.count("Mediane")) == (3, 0, 3)


BREAKS = """
CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken by %', NEW.name; END $$;
CREATE CONSTRAINT TRIGGER breaks AFTER INSERT ON mailroom_mailfile DEFERRABLE INITIALLY {}
    FOR EACH ROW WHEN (NEW.name = 'piège.pdf') EXECUTE FUNCTION breaks();
"""


@pytest.mark.parametrize("when", ["IMMEDIATE", "DEFERRED"])
def test_a_mail_that_nothing_foresaw_is_put_aside_and_the_others_are_taken(
    committed: str,
    cast: Cast,
    dovecot: Dovecot,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
    when: str,
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(BREAKS.format(when))
    trap = a_mail("Je suis un piège.", Subject="Un secret")
    trap.add_attachment(b"MZ", maintype="application", subtype="pdf", filename="piège.pdf")
    for letter in (a_mail("Avant"), trap, a_mail("Après")):
        dovecot.deliver(letter.as_bytes())
    with caplog.at_level(logging.INFO):
        tasks.collect_mailbox(organisation_id=cast.paris.pk)
    assert (dovecot.count("INBOX"), dovecot.count("Mediane")) == (0, 3)
    assert [mail.remarks for mail in kept(cast)] == [[], [Remark.UNFORESEEN], []]
    aside = kept(cast)[1]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert original_of(aside).replace(b"\r\n", b"\n") == trap.as_bytes()
        assert "Subject: Un secret" in words_of(aside).text
    # The journal of the machine says where, never what.
    assert re.search(r"a mail of 75 put aside: \w+, .+\.py:\d+", caplog.text)
    assert "broken by" not in caplog.text
    assert tasks.mailbox.collect(cast.paris).new == 0


def test_a_mail_that_its_server_withholds_stops_no_other(
    committed: str,
    cast: Cast,
    dovecot: Dovecot,  # noqa: F811
) -> None:
    dovecot.deliver(a_mail("Abîmée").as_bytes())
    (spoilt,) = [path for part in ("new", "cur") for path in (dovecot.folder / "mail" / part).iterdir()]
    dovecot.deliver(a_mail("Après").as_bytes())
    # The server knows of it, and cannot open it.
    spoilt.chmod(0)
    done = mailbox.collect(cast.paris)
    assert (done.new, done.left, texts(cast)) == (1, 1, ["Après"])
    (moved,) = (dovecot.folder / "mail").glob(f"*/{spoilt.name}*")
    moved.chmod(0o600)
    assert mailbox.collect(cast.paris).new == 1
    assert texts(cast) == ["Abîmée", "Après"]
