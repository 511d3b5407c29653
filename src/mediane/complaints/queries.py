from django.conf import settings
from django.utils.module_loading import import_string

from mediane.complaints.rules import KnownComplaint, Register
from mediane.people.models import Beneficiary


def register() -> Register:
    """The register named by the setting COMPLAINT_REGISTER."""
    chosen: Register = import_string(settings.COMPLAINT_REGISTER)()
    return chosen


def known_complaints(beneficiary: Beneficiary) -> list[KnownComplaint]:
    """Ask the register for the person’s complaints. Holds no lock; leaves the database alone.

    :raises RegisterUnavailable: the screen then asks the person to declare the complaint.
    """
    return register().complaints_of(
        organisation_code=beneficiary.organisation.code, number=beneficiary.number
    )
