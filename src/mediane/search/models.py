from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from mediane.organisations.models import Organisation


class Entry(models.Model):
    """What one case is found by. Kept by the triggers of the first migration, and by nothing else."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    # Goes with the case: the database removes it, the application may not.
    case_id = models.BigIntegerField("dossier", unique=True)
    received_at = models.DateTimeField("reçue le")
    words = SearchVectorField("mots, noms et Caf")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-received_at", "-case_id"], name="search_newest_first"),
            # No pending list: it is read whole by every search until the next vacuum.
            GinIndex(fields=["words"], name="search_by_word", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"dossier {self.case_id}"


class Copied(models.Model):
    """What a case is found by of what another Caf sent with it, sealed: stems only, without their order."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case_id = models.BigIntegerField("dossier", unique=True)
    words = SearchVectorField("mots")

    def __str__(self) -> str:
        return f"mots venus avec le dossier {self.case_id}"
