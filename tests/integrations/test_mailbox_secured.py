"""A mailbox over TLS, on a real server: whoever is not vouched for is told no password."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from mediane.integrations import mailbox
from mediane.kit import rowsecurity
from mediane.mailroom.models import Mail
from tests.cast import Cast
from tests.integrations.certificates import Authority
from tests.integrations.dovecot import Dovecot, running
from tests.mailroom.letters import a_mail, open_the_mailbox

pytestmark = pytest.mark.slow
OURS, ANOTHER = Authority("Une Caf"), Authority("Quelqu’un")


@pytest.fixture(scope="module")
def secured() -> Iterator[Dovecot]:
    with running(secured_by=OURS) as server:
        yield server


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def trust(authority: Authority) -> None:
        """As an installation does: the file that OpenSSL is told of."""
        file = tmp_path / "authority.pem"
        file.write_bytes(authority.certificate())
        monkeypatch.setenv("SSL_CERT_FILE", str(file))

    return trust


@pytest.fixture(autouse=True)
def paris_reads_its_mail(committed: str, cast: Cast, at: datetime) -> None:
    open_the_mailbox(cast, at)


def deliver(server: Dovecot) -> None:
    """From the server’s own side: the test’s plain client may not sign in."""
    place = server.folder / "mail" / "new"
    (place / "1.a.b").write_bytes(a_mail().as_bytes())
    (place / "1.a.b").chmod(0o666)


def kept(cast: Cast) -> int:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Mail.objects.count()


@pytest.mark.parametrize("scheme", ["imaps", "imap+tls"])
def test_mail_is_taken_from_a_server_that_is_vouched_for(
    cast: Cast, settings: LazySettings, secured: Dovecot, trusting, scheme: str
) -> None:
    trusting(OURS)
    settings.MAILBOXES = secured.settings(scheme, "localhost")
    mailbox.collect(cast.paris)
    deliver(secured)
    assert mailbox.collect(cast.paris).new == kept(cast) == 1


@pytest.mark.parametrize("scheme", ["imaps", "imap+tls"])
@pytest.mark.parametrize(
    ("authority", "host"), [(ANOTHER, "localhost"), (OURS, "127.0.0.1")], ids=["unknown", "another name"]
)
def test_a_server_nobody_vouches_for_is_told_no_password(
    cast: Cast,
    settings: LazySettings,
    secured: Dovecot,
    trusting,
    scheme: str,
    authority: Authority,
    host: str,
) -> None:
    trusting(authority)
    settings.MAILBOXES = secured.settings(scheme, host)
    said_before = secured.log.count("mediation")
    with pytest.raises(mailbox.Unreachable, match="SSLCertVerificationError"):
        mailbox.collect(cast.paris)
    assert secured.log.count("mediation") == said_before


def test_a_server_that_will_not_close_the_line_is_told_no_password(
    cast: Cast, settings: LazySettings
) -> None:
    with running() as plain:
        settings.MAILBOXES = plain.settings("imap+tls", "localhost")
        with pytest.raises(mailbox.Unreachable):
            mailbox.collect(cast.paris)
        assert "mediation" not in plain.log
