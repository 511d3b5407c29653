"""Envelope encryption: each thing has its own key, wrapped by a key from the settings."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 8
TAG_BYTES = 16
VERSION = b"\x01"


class Broken(Exception):
    """What was sealed does not open: altered, moved, or another key. Never shown to a person."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"mediane key id" + key).digest()[:ID_BYTES]


@dataclass(frozen=True)
class Keyring:
    """The wrapping keys: `current` wraps; `previous` ones only open what they wrapped."""

    current: bytes = field(repr=False)
    previous: tuple[bytes, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        for key in (self.current, *self.previous):
            if len(key) != KEY_BYTES:
                raise ValueError(f"A wrapping key has {KEY_BYTES} bytes, this one {len(key)}.")

    @classmethod
    def from_setting(cls, text: str) -> Self:
        """Read keys of 32 bytes in base64, separated by commas, the current one first."""
        try:
            keys = [base64.b64decode(part.strip(), validate=True) for part in text.split(",")]
        except binascii.Error as error:
            raise ValueError("A wrapping key is not valid base64.") from error
        return cls(current=keys[0], previous=tuple(keys[1:]))

    def key_named(self, key_id: bytes) -> bytes:
        for key in (self.current, *self.previous):
            if _key_id(key) == key_id:
                return key
        raise Broken("No wrapping key of this name: it was removed from the settings.")


def wrap(key: bytes, keyring: Keyring) -> bytes:
    """Return version, name of the wrapping key, nonce, wrapped key."""
    head = VERSION + _key_id(keyring.current)
    return head + _encrypt(key, keyring.current, b"wrap" + head)


def unwrap(wrapped: bytes, keyring: Keyring) -> bytes:
    head, body = wrapped[: 1 + ID_BYTES], wrapped[1 + ID_BYTES :]
    _check_version(head)
    return _decrypt(body, keyring.key_named(head[1:]), b"wrap" + head)


def seal(plain: bytes, key: bytes, *, context: bytes) -> bytes:
    """Seal for one place: `context` names the row and the field, and is needed to open."""
    return VERSION + _encrypt(plain, key, _bound_to(context))


def unseal(sealed: bytes, key: bytes, *, context: bytes) -> bytes:
    _check_version(sealed)
    return _decrypt(sealed[1:], key, _bound_to(context))


def _bound_to(context: bytes) -> bytes:
    if not context:
        raise ValueError("Without a context, a sealed value could be moved to another row.")
    return b"seal" + VERSION + context


def _check_version(sealed: bytes) -> None:
    if sealed[:1] != VERSION:
        raise Broken("Unknown version of sealing.")


def _encrypt(plain: bytes, key: bytes, bound: bytes) -> bytes:
    # A random 96-bit nonce is safe for 2**32 messages a key; a case has a few hundred.
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, plain, bound)


def _decrypt(body: bytes, key: bytes, bound: bytes) -> bytes:
    if len(body) < NONCE_BYTES + TAG_BYTES:
        raise Broken("Too short to have been sealed.")
    try:
        return _cipher(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], bound)
    except InvalidTag as error:
        raise Broken("Altered, moved from its place, or sealed with another key.") from error


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes, this one {len(key)}.")
    return AESGCM(key)
