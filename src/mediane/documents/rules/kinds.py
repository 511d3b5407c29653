"""What a file is, told by its first bytes and never by its name."""

import re
from enum import StrEnum


class Unfit(Exception):
    """Why a file does not do, and what to do: the end of a French sentence."""


class Kind(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        return "application/pdf" if self is Kind.PDF else f"image/{self.value}"

    @property
    def extension(self) -> str:
        return "jpg" if self is Kind.JPEG else self.value


SAVE_AS_JPEG = "Enregistrez-la en JPEG sur votre appareil, ou faites-en une capture d’écran."
PICTURE = f"cette image est d’un format que nous ne savons pas ouvrir. {SAVE_AS_JPEG}"
HEIC = (
    "cette photo est au format HEIC. Enregistrez-la en JPEG : sur iPhone, Réglages > Appareil "
    "photo > Formats > « Le plus compatible », puis reprenez la photo."
)
OFFICE = (
    "c’est un document de traitement de texte ou de tableur. Exportez-le en PDF "
    "(Fichier > Exporter, ou Imprimer > Enregistrer au format PDF), puis ajoutez le PDF."
)
ARCHIVE = "c’est une archive. Ouvrez-la, puis ajoutez un à un les documents qu’elle contient."
FILM = "c’est une vidéo ou un son. Ajoutez plutôt une photo ou un PDF."
WEB_PAGE = (
    "c’est une page web. Ouvrez-la, choisissez Imprimer, puis Enregistrer au format PDF, et ajoutez le PDF."
)
UNKNOWN = (
    "ce n’est ni un PDF ni une photo JPEG, PNG ou WebP. Imprimez-le au format PDF, "
    "ou photographiez-le, puis ajoutez le résultat."
)

TAKEN = (
    (re.compile(rb"(?:\xef\xbb\xbf)?[\s\x00]{0,64}%PDF-"), Kind.PDF),
    (re.compile(rb"\xff\xd8\xff"), Kind.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Kind.PNG),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), Kind.WEBP),
)
REFUSED = (
    (re.compile(rb".{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL), HEIC),
    (re.compile(rb"GIF8|II\*\x00|MM\x00\*|BM.{4}\x00{4}|.{4}ftypavi[fs]", re.DOTALL), PICTURE),
    (re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|ID3|OggS|RIFF", re.DOTALL), FILM),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf"), OFFICE),
    (
        re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|\(\xb5/\xfd|.{257}ustar", re.DOTALL),
        ARCHIVE,
    ),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}<(?:!doctype|html|\?xml|svg|head|body)", re.IGNORECASE),
        WEB_PAGE,
    ),
)
ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
# Parts found in the zips that office software writes: Microsoft, OpenDocument, Apple.
OFFICE_PARTS = (b"[Content_Types].xml", b"vnd.oasis.opendocument", b"Index/Document.iwa")


def kind_of(data: bytes) -> Kind:
    for beginning, kind in TAKEN:
        if beginning.match(data):
            return kind
    raise Unfit(_why_refused(data))


def _why_refused(data: bytes) -> str:
    if ZIP.match(data):
        return OFFICE if any(part in data for part in OFFICE_PARTS) else ARCHIVE
    for beginning, why in REFUSED:
        if beginning.match(data):
            return why
    return UNKNOWN
