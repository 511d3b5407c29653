"""Registers of complaints as a test needs them; named by settings.COMPLAINT_REGISTER."""

from datetime import date

from mediane.complaints.rules import KnownComplaint, NoRegister, RegisterUnavailable

HERE = "tests.web.citizen.registers"
ANSWERED = KnownComplaint(
    "26-884120", "Trop-perçu d’APL", "Par votre espace caf.fr", date(2026, 10, 14), date(2026, 11, 4)
)
WAITING = KnownComplaint("26-771002", "Changement d’adresse", "Par téléphone", date(2026, 10, 5))


class TwoComplaints(NoRegister):
    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        return [ANSWERED, WAITING]


class Down(NoRegister):
    def complaints_of(self, *, organisation_code: str, number: str) -> list[KnownComplaint]:
        raise RegisterUnavailable
