from django.db import models

from mediane.organisations.models import Organisation


class KeptText(models.Model):
    """What somebody typed on a page and has not sent yet: theirs alone, sealed with a key of its own.

    The row goes with its key once the page is sent, or a month later.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    writer_kind = models.CharField("qui écrit", max_length=10)
    writer_id = models.BigIntegerField("son numéro")
    place = models.CharField("adresse de la page", max_length=200)
    # The page it was last typed on, among those open side by side.
    page = models.UUIDField("page ouverte")
    version = models.PositiveIntegerField("version", default=1)
    wrapped = models.BinaryField("clé emballée")
    sealed = models.BinaryField("texte scellé")
    kept_at = models.DateTimeField("gardé le")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "writer_kind", "writer_id", "place"], name="kept_text_once_a_page"
            )
        ]
        indexes = [models.Index(fields=["organisation", "kept_at"], name="kept_text_by_age")]

    def __str__(self) -> str:
        return f"texte gardé, version {self.version}"
