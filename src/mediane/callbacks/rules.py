"""What a call-back request may hold, how long it is kept, and how many one connection may send."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

from mediane.callbacks.states import Moment

KEPT_FOR = timedelta(days=30)
# A shared computer, or the few public addresses of a mobile network, send several in one day.
MOST_A_DAY = 10
NEIGHBOURS = 64  # bits: one subscriber holds all that follow

_PHONE = re.compile(r"\+?[\d\s.()/-]+")


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Whom to call: sealed as soon as it is received."""

    first_name: str
    last_name: str
    phone: str
    number: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody without access asks for."""

    caller: Caller
    moment: Moment
    voicemail: bool = False


def forget_on(handled_on: date) -> date:
    """The day a request that was handled is erased."""
    return handled_on + KEPT_FOR


def is_phone(text: str) -> bool:
    """A number that can be dialled, however it is spaced."""
    return bool(_PHONE.fullmatch(text)) and 6 <= sum(map(str.isdecimal, text)) <= 15


def phone_as_read(text: str) -> str:
    """« 06 39 98 41 27 » for a French number; any other as it was written."""
    digits = "".join(symbol for symbol in text if symbol.isdecimal())
    if text.lstrip().startswith("+33") and len(digits) == 11:
        digits = f"0{digits[2:]}"
    if len(digits) == 10 and digits.startswith("0"):
        return "\u00a0".join(digits[place : place + 2] for place in range(0, 10, 2))
    return " ".join(text.split())


def neighbourhood(address: str) -> str:
    """What counts as one connection; empty when it is not known."""
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        read = IPv6Address(address)
    except AddressValueError:
        return ""
    return str(read.ipv4_mapped or IPv6Network((read, NEIGHBOURS), strict=False))
