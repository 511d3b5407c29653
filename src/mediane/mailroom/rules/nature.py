"""Who wrote a mail, by its headers; and whether a machine may answer it (RFC 3834)."""

import re
from collections.abc import Iterable
from email.utils import getaddresses

from mediane.mailroom.rules.reading import Letter
from mediane.mailroom.states import Nature

# Written on everything that leaves by itself: it comes back with it.
LOOP_MARK = "mediane"
POSTMASTERS = ("mailer-daemon", "postmaster")
NOBODY = re.compile(r"(?:no|ne|do-?not)[-_.]?(?:pas[-_.]?)?(?:reply|repondre|repondez)", re.IGNORECASE)
AUTOMATIC_HEADERS = {"x-autoreply", "x-autorespond", "x-autoresponder"}
IN_NUMBER = {"bulk", "junk", "list", "auto_reply"}
FAILED = re.compile(r"\bdmarc=(?:fail|permerror)\b", re.IGNORECASE)
SPF_FAILED = re.compile(r"\bspf=(?:fail|softfail)\b", re.IGNORECASE)
SIGNED = re.compile(r"\bdkim=pass\b", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]+")


def nature_of(letter: Letter, *, ours: frozenset[str]) -> Nature:
    """`ours` are the addresses that we write from, in small letters."""
    tests = (
        (Nature.LOOP, LOOP_MARK in letter.header("x-loop").lower() or without_tag(letter.sender) in ours),
        # An absence is announced by an automatic answer, whose return path may be empty too.
        (Nature.AUTOMATIC, _is_automatic(letter) and letter.media_type != "multipart/report"),
        (Nature.BOUNCE, _is_bounce(letter)),
        (Nature.SPAM, _is_spam(letter)),
        (
            Nature.BULK,
            letter.header("precedence").strip().lower() in IN_NUMBER or "list-id" in letter.headers,
        ),
    )
    return next((nature for nature, is_one in tests if is_one), Nature.PERSON)


def is_forged(letter: Letter) -> bool:
    """The server that received it says so, or its sender hides behind another address."""
    if any(map(_is_refused, _verdicts(letter))) or _has_two_authors(letter):
        return True
    shown = ADDRESS.search(letter.sender_name)
    return shown is not None and shown.group().lower() != letter.sender.lower()


def _verdicts(letter: Letter) -> Iterable[str]:
    """What each server says, all of its lines together: the sender may have signed some with another name."""
    said: dict[str, str] = {}
    for line in letter.headers.get("authentication-results", ()):
        server = line.partition(";")[0].strip().lower()
        said[server] = f"{said.get(server, '')} {line}"
    return said.values()


def _is_refused(verdict: str) -> bool:
    return bool(FAILED.search(verdict) or (SPF_FAILED.search(verdict) and not SIGNED.search(verdict)))


def _has_two_authors(letter: Letter) -> bool:
    """The server vouches for one of them only, who knows which."""
    lines = letter.headers.get("from", ())
    return len(lines) > 1 or sum("@" in address for _, address in getaddresses(lines)) > 1


def may_be_answered(letter: Letter, *, ours: frozenset[str]) -> bool:
    """By a machine: a person, at an address that is surely theirs, who did not ask for silence."""
    returned = letter.header("return-path").strip().strip("<>").lower()
    return (
        nature_of(letter, ours=ours) is Nature.PERSON
        and not is_forged(letter)
        and not letter.is_broken
        and "x-auto-response-suppress" not in letter.headers
        and ADDRESS.fullmatch(letter.sender) is not None
        and NOBODY.search(letter.sender.partition("@")[0]) is None
        and returned in ("", letter.sender.lower())
    )


def without_tag(address: str) -> str:
    """« boite+jeton@caf » is « boite@caf »."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _is_bounce(letter: Letter) -> bool:
    returned = letter.headers.get("return-path")
    return (
        (returned is not None and returned[0].strip() == "<>")
        or letter.media_type == "multipart/report"
        or letter.sender.partition("@")[0].lower() in POSTMASTERS
    )


def _is_automatic(letter: Letter) -> bool:
    submitted = letter.header("auto-submitted").partition(";")[0].strip().lower()
    return submitted not in ("", "no") or not AUTOMATIC_HEADERS.isdisjoint(letter.headers)


def _is_spam(letter: Letter) -> bool:
    flags = letter.header("x-spam-flag"), letter.header("x-spam-status")
    return any(flag.strip().lower().startswith("yes") for flag in flags)
