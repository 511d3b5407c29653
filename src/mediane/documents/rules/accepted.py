"""A file is taken when it is a PDF or a picture that opens, within the announced limits."""

from dataclasses import dataclass, field

from mediane.documents.rules import pdf_files, pictures
from mediane.documents.rules.kinds import Kind, Unfit, kind_of
from mediane.documents.rules.names import shown_name
from mediane.kit.refusal import Refusal

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_FILES = 20
MAX_TOTAL_BYTES = 100 * 1024 * 1024

ANNOUNCEMENT = (
    "PDF, ou photo JPEG, PNG ou WebP. 10 Mo au plus par fichier, 20 fichiers et 100 Mo au plus en tout."
)
# Given to the file field: a phone that photographs in HEIC then converts to JPEG by itself.
ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/jpeg,image/png,image/webp"


class FileRefused(Refusal):
    """Says which file, why, and what to do."""


@dataclass(frozen=True)
class Accepted:
    """What to keep: a picture is rebuilt (nothing hidden in it remains), a PDF is as received."""

    kind: Kind
    data: bytes = field(repr=False)
    media_type: str
    pages: int


def check(name: str, data: bytes) -> Accepted:
    """Decide by the content; the name only serves to say which file is refused."""
    try:
        _check_weight(data)
        return _opened(data)
    except Unfit as unfit:
        sentence = f"« {shown_name(name)} » n’a pas été ajouté : {unfit}"
        raise FileRefused(sentence) from unfit


def check_room(*, files: int, total_bytes: int) -> None:
    """Refuse when the file being added would make too many, or too much, altogether."""
    if files > MAX_FILES:
        raise FileRefused(
            f"Vous pouvez joindre {MAX_FILES} fichiers au plus. Retirez-en un, ou réunissez "
            "plusieurs pages dans un seul PDF."
        )
    if total_bytes > MAX_TOTAL_BYTES:
        raise FileRefused(
            "Vos fichiers pèsent ensemble plus de 100 Mo. Retirez ceux qui ne sont pas utiles, "
            "ou réduisez la qualité des scans."
        )


def _check_weight(data: bytes) -> None:
    if not data:
        raise Unfit("il est vide. Choisissez-le de nouveau, ou refaites la photo ou le scan.")
    if len(data) > MAX_FILE_BYTES:
        weight = f"{len(data) / 1_000_000:.1f}".replace(".", ",")
        raise Unfit(
            f"il pèse {weight} Mo et la limite est de 10 Mo. Réduisez la qualité du scan "
            "ou de la photo, ou partagez-le en plusieurs fichiers."
        )


def _opened(data: bytes) -> Accepted:
    kind = kind_of(data)
    if kind is Kind.PDF:
        return Accepted(kind, data, kind.media_type, pdf_files.count_pages(data))
    kept, rebuilt = pictures.rebuild(data, kind)
    return Accepted(kept, rebuilt, kept.media_type, 1)
