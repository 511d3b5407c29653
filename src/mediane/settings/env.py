"""The only reader of the environment: typed, with secrets from files."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def secret(name: str) -> str:
    """A value given as NAME, or in the file named by NAME_FILE."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(name, "")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def yes(name: str) -> bool:
    """Said by the one word `yes`: anything else is no."""
    return text(name) == "yes"


def folder(name: str, default: str) -> Path:
    return Path(text(name, default)).expanduser().absolute()


def database(name: str) -> dict[str, Any]:
    """A PostgreSQL connection from its URL.

    :raises ImproperlyConfigured: if the URL is missing or speaks of another database.
    """
    url = urlsplit(secret(name))
    if url.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(f"{name} must be a postgresql:// URL")
    options = {key: values[-1] for key, values in parse_qs(url.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or options.pop("user", "")),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or options.pop("host", "")),
        "PORT": str(url.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def mail(name: str, default: str) -> dict[str, Any]:
    """The outgoing mail server from `smtp://` (STARTTLS where offered: `smtp+tls://`)."""
    url = urlsplit(text(name, default))
    return {
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or 25,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
    }


def address(name: str) -> str:
    """Another system’s `https://`; plain `http://` on one’s own machine only.

    :raises ImproperlyConfigured: if what is said there could be read on the way.
    """
    given = text(name)
    url = urlsplit(given)
    is_at_home = url.hostname in ("127.0.0.1", "localhost", "::1")
    if given and not (url.hostname and (url.scheme == "https" or (url.scheme == "http" and is_at_home))):
        raise ImproperlyConfigured(f"{name} must be an https:// URL")
    return given


def mailboxes(name: str) -> dict[str, dict[str, Any]]:
    """One mailbox a line, `75 imaps://user:password@host/INBOX?address=mediation@caf.example`.

    :raises ImproperlyConfigured: if a line is something else; never shows it, a password is in there.
    """
    lines = [line for line in secret(name).splitlines() if line.strip()]
    return dict(_mailbox(line, f"{name}, line {number}") for number, line in enumerate(lines, start=1))


def _mailbox(line: str, where: str) -> tuple[str, dict[str, Any]]:
    code, _, address = line.strip().partition(" ")
    url = urlsplit(address.strip())
    options = {key: values[-1] for key, values in parse_qs(url.query).items()}
    is_whole = url.hostname and url.username and url.password
    if url.scheme not in ("imaps", "imap+tls", "imap") or not is_whole:
        raise ImproperlyConfigured(f"{where}: a code, then imaps://user:password@host/folder?address=…")
    if url.scheme == "imap" and url.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ImproperlyConfigured(f"{where}: imap:// sends the password in the clear; use imaps://")
    if options.get("address", "").count("@") != 1:
        raise ImproperlyConfigured(f"{where}: ?address= says what people write to")
    return code, {
        "scheme": url.scheme,
        "host": url.hostname,
        "port": url.port or (993 if url.scheme == "imaps" else 143),
        "user": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "folder": unquote(url.path.strip("/")) or "INBOX",
        "taken": options.get("taken", "Mediane"),
        "address": options["address"],
    }


def furnish_tests() -> None:
    """Give a test run a folder of its own, shared with its parallel workers, and its variables."""
    place = os.environ.setdefault("MEDIANE_TEST_FOLDER", f"/dev/shm/mediane-test-{os.getpid()}")
    server = quote(f"{place}/server/socket", safe="")
    os.environ.setdefault("DATABASE_URL", f"postgresql://mediane_app@/mediane?host={server}")
    os.environ.setdefault("DATABASE_OWNER_URL", f"postgresql://mediane_owner@/mediane?host={server}")
    os.environ.setdefault("SECRET_KEY", "a key for tests, neither secret nor used elsewhere")
    os.environ.setdefault("MEDIANE_SEALING_KEYS", "dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCBzbyB3aGE=")
    os.environ.setdefault("MEDIANE_DATA", f"{place}/data")
