"""A real Dovecot of Debian, alone in a folder: one account, no root needed beyond what the test has."""

import getpass
import grp
import imaplib
import pwd
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mediane.kit.processes import Program, Supervision
from tests.integrations.certificates import Authority
from tests.notifications.letterbox import free_port

PATIENCE = 20.0  # seconds
PASSWORD = "essai-dovecot"
PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
disable_plaintext_auth = no
{security}
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {nobody}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
mail_max_userip_connections = 50
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/home
}}
namespace inbox {{
  inbox = yes
}}
"""


IN_CLEAR = "ssl = no"
# Nobody signs in before the line is closed.
SECURED = """ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
"""


@dataclass
class Dovecot:
    folder: Path
    port: int
    secure_port: int = 0

    @property
    def log(self) -> str:
        return (self.folder / "dovecot.log").read_text()

    def settings(self, scheme: str = "imap", host: str = "127.0.0.1") -> dict[str, dict[str, Any]]:
        return {
            "75": {
                "scheme": scheme,
                "host": host,
                "port": self.secure_port if scheme == "imaps" else self.port,
                "user": "mediation",
                "password": PASSWORD,
                "folder": "INBOX",
                "taken": "Mediane",
                "address": "mediation@caf75.exemple",
            }
        }

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login("mediation", PASSWORD)
        return client

    def deliver(self, raw: bytes) -> None:
        client = self.client()
        status, said = client.append("INBOX", "", None, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        client.logout()
        assert status == "OK", said

    def count(self, folder: str) -> int:
        client = self.client()
        status, said = client.select(folder, readonly=True)
        client.logout()
        return int(said[0]) if status == "OK" else 0


def configuration(folder: Path, port: int, secure_port: int) -> str:
    me, owner = getpass.getuser(), _owner()
    return CONFIGURATION.format(
        folder=folder,
        port=port,
        secure_port=secure_port,
        security=SECURED.format(folder=folder) if secure_port else IN_CLEAR,
        me=me,
        group=_group_of(me),
        owner=owner,
        owner_group=_group_of(owner),
        nobody=_nobody(me),
        password=PASSWORD,
    )


def _nobody(me: str) -> str:
    """Dovecot answers strangers as nobody in particular; without being root there is only oneself."""
    return "dovenull" if me == "root" else me


def _owner() -> str:
    """It reads no mail as root."""
    me = getpass.getuser()
    return "mail" if me == "root" else me


def _group_of(name: str) -> str:
    return grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name


@contextmanager
def running(*, secured_by: Authority | None = None) -> Iterator[Dovecot]:
    # Not among pytest’s own folders, which are closed to whoever reads the mail.
    with TemporaryDirectory(prefix="mediane-dovecot-") as place:
        folder = Path(place)
        folder.chmod(0o755)
        if secured_by is not None:
            secured_by.vouch_for("localhost", folder)
        with _running(folder, free_port(), free_port() if secured_by else 0) as server:
            yield server


@contextmanager
def _running(folder: Path, port: int, secure_port: int) -> Iterator[Dovecot]:
    for name in ("run", "state", "mail", "home"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("mail", "home"):
        shutil.chown(folder / name, _owner())
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)  # so that the nobody in particular gets to the socket
    file = folder / "dovecot.conf"
    file.write_text(configuration(folder, port, secure_port))
    supervision = Supervision()
    supervision.start(Program("dovecot", (PROGRAM, "-F", "-c", str(file)), folder / "start.log"))
    try:
        limit = time.monotonic() + PATIENCE
        supervision.watch(until=lambda: _greets(port) or time.monotonic() > limit)
        assert _greets(port), (folder / "dovecot.log").read_text()
        yield Dovecot(folder, port, secure_port)
    finally:
        supervision.stop()


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
            client.settimeout(2)
            return client.recv(64).startswith(b"* OK")
    except OSError:
        return False
