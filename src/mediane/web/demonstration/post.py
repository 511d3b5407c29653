"""The e-mails that left, as the letter box kept them."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

from mediane.kit import clock


@dataclass(frozen=True)
class Sent:
    name: str
    subject: str
    sender: str
    to: str
    at: datetime
    text: str
    attachments: tuple[str, ...]


def folder() -> Path:
    return Path(settings.DATA) / "courrier"


def names() -> list[str]:
    """Newest first: a name begins with the instant of arrival."""
    return sorted((file.stem for file in folder().glob("*.eml")), reverse=True)


def read(name: str) -> Sent:
    """One message, by a name that `names()` gave."""
    file = folder() / f"{name}.eml"
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Sent(
        name=name,
        subject=str(message["Subject"] or "Sans objet"),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        at=datetime.fromtimestamp(file.stat().st_mtime, tz=clock.now().tzinfo),
        text=str(body.get_content()).strip() if body is not None else "",
        attachments=tuple(part.get_filename() or "sans nom" for part in message.iter_attachments()),
    )
