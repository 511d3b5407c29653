from django.db import models

from mediane.organisations.models import Organisation


class Delivery(models.Model):
    """A message sent, or given up: at most one of each kind for one thing announced."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    about = models.CharField("objet annoncé", max_length=40)
    kind = models.CharField("message", max_length=30)
    message_id = models.CharField("Message-ID", max_length=120)
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "about", "kind"], name="delivery_once"),
        ]
        indexes = [models.Index(fields=["organisation", "message_id"], name="delivery_by_message_id")]

    def __str__(self) -> str:
        return f"{self.kind} pour {self.about}"
