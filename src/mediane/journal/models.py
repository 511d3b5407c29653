from django.db import models


class Entry(models.Model):
    """Who did or saw what. Points nowhere, so that it outlives what it speaks of."""

    at = models.DateTimeField("quand")
    organisation_id = models.BigIntegerField("organisme")
    beneficiary_id = models.BigIntegerField("allocataire", null=True)
    actor_kind = models.CharField("auteur", max_length=10)
    actor_id = models.BigIntegerField("numéro de l’auteur")
    actor_name = models.CharField("nom de l’auteur", max_length=120)
    verb = models.CharField("acte", max_length=40)
    subject_kind = models.CharField("objet", max_length=20)
    subject = models.CharField("référence de l’objet", max_length=40)
    details = models.JSONField("détails", default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_kind", "subject", "at"], name="journal_of_a_subject"
            ),
            models.Index(fields=["organisation_id", "actor_id", "at"], name="journal_of_an_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.subject}"
