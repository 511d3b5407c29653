"""How to reach each Caf, invented where it must be. Reference tables are the owner's to write."""

from django.db import connections

from mediane.integrations.demonstration.cast import read
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs, by_code, by_id

TITLES = {"75": "la médiatrice", "82": "le médiateur"}
PARIS_PHONE = "01 99 00 12 34"


def introduce() -> None:
    cities = read("cities")
    cafs = all_cafs()
    for rank, caf in enumerate(cafs):
        caf.city = cities[caf.code]
        caf.postal_address = f"{_postcode(caf.code)} {caf.city}"
        caf.phone = PARIS_PHONE if caf.code == "75" else f"01 99 00 {20 + rank // 100:02} {rank % 100:02}"
        caf.email = f"mediation@caf{caf.code.lower()}.invalid"
        caf.mediator_title = TITLES.get(caf.code, "le service médiation")
    fields = ["city", "postal_address", "phone", "email", "mediator_title"]
    Organisation.objects.using("owner").bulk_update(cafs, fields)
    connections["owner"].close()
    # Kept by the process as they were.
    for kept in (by_code, by_id):
        kept.cache_clear()


def _postcode(code: str) -> str:
    """Of the prefecture, as its post office writes it."""
    department = "20" if code in ("2A", "2B") else code
    return f"{department:0<5}"
