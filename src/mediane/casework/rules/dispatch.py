"""The number of a letter that is tracked: what can be checked of it is, and nothing else is made up."""

import re

# What people type between the groups of a number.
_GAPS = re.compile(r"[\s.\-\u00a0\u202f]+")
# UPU S10, which La Poste prints on registered letters among others: service, serial, check digit, country.
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
# The others have no published check that we know of: long enough to be one, and made of the right signs.
_ANY = re.compile(r"(?=.*\d)[0-9A-Z]{8,20}")
MISTYPED = "Ce numéro ne peut pas exister\u00a0: un chiffre est faux. Recopiez-le depuis le bordereau."
UNREADABLE = "Un numéro a de 8 à 20 chiffres et lettres, sans autre signe. Recopiez-le depuis le bordereau."


def tidy(typed: str) -> str:
    """As it is kept: capitals, no gaps."""
    return _GAPS.sub("", typed).upper()


def check_digit(serial: str) -> int:
    """The ninth digit that eight digits call for (UPU S10, weights 8 6 4 2 3 5 9 7, modulo 11)."""
    left = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(left, left)


def fault(number: str) -> str:
    """Why a tidy number is not one, in a sentence; nothing when it may be."""
    if not _ANY.fullmatch(number):
        return UNREADABLE
    international = _S10.fullmatch(number)
    if international and check_digit(international[1]) != int(international[2]):
        return MISTYPED
    return ""
