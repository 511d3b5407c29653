"""Documents of a case, to go with its letter."""

import io
from datetime import datetime

from PIL import Image

from mediane.casework.models import Case
from mediane.documents.actions import deposit
from mediane.documents.models import Document
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary


def a_picture(width: int = 8) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, 8), "white").save(drawn, "PNG")
    return drawn.getvalue()


def a_document(case: Case, of: Beneficiary, at: datetime, name: str = "Bail.png") -> Document:
    """Sent by the person herself."""
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        return deposit(name=name, data=a_picture(), position=1, key=case.key, by=of.as_actor(), at=at)
