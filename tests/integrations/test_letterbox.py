import smtplib
import socket
import sys
from email.message import EmailMessage
from pathlib import Path

from mediane.kit.processes import Program, Supervision


def test_a_message_sent_is_a_file_kept(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (sys.executable, "-m", "mediane.integrations.letterbox", str(tmp_path / "courrier"), str(port))
    supervision = Supervision()
    supervision.start(Program("boîte aux lettres", command, tmp_path / "log"))
    supervision.watch(until=lambda: _is_listening(port))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Reçu"
    message.set_content("Votre saisine est enregistrée.")

    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message)
    supervision.stop()

    (kept,) = (tmp_path / "courrier").iterdir()
    assert kept.suffix == ".eml"
    assert b"Votre saisine" in kept.read_bytes()


def _is_listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
