"""What seals what, and what a person should not write in a request."""

import re

SAFE_CONTACT = b"referrals.safe_contact"
TYPED = b"referrals.typed"

# A social-security number: 13 symbols, or 15 with its key, however they are spaced. Corsica has 2A and 2B.
_GAP = r"[\s.\-\u00a0\u202f]?"
_NIR = re.compile(rf"(?<!\d)[12](?:{_GAP}\d){{4}}{_GAP}(?:\d{_GAP}\d|2{_GAP}[abAB])(?:{_GAP}\d){{6,8}}(?!\d)")


def holds_social_security_number(text: str) -> bool:
    """Whether something in the text looks like one. We have no right to keep it (decree 2019-341)."""
    return _NIR.search(text) is not None


def without_social_security_number(text: str) -> str:
    return _NIR.sub("[numéro retiré]", text)
