"""What seals the PDF of a letter: it opens for this letter and no other."""

from uuid import UUID


def context_of(public_id: UUID) -> bytes:
    return b"correspondence.letter:" + public_id.bytes
