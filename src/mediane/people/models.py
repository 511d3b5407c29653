from django.contrib.postgres.indexes import GinIndex
from django.db import models

from mediane.journal.rules import Actor
from mediane.organisations.models import Organisation


class Beneficiary(models.Model):
    """A person known at a Caf by a file number; never by a social-security number."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    number = models.CharField("numéro allocataire", max_length=8)
    title = models.CharField("civilité", max_length=10, blank=True)
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    # Accents and case folded: what lists are sorted and searched by (no French collation everywhere).
    name_key = models.CharField("clé de nom", max_length=130)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    postal_address = models.TextField("adresse", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="beneficiary_once_per_caf"),
        ]
        indexes = [
            models.Index(fields=["organisation", "name_key"], name="beneficiary_by_name"),
            # Names with typos, by what their words have in common (pg_trgm).
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="beneficiary_by_like_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def polite_name(self) -> str:
        """« Madame Samira Belkacem », or the name alone."""
        return f"{self.title} {self.full_name}".strip()

    @property
    def formal_address(self) -> str:
        """How a letter begins."""
        return self.title or "Madame, Monsieur"

    def as_actor(self) -> Actor:
        return Actor("person", self.pk, self.full_name, self.organisation_id)
