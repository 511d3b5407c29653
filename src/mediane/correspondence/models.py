from django.db import models
from django.db.models import Q

from mediane.casework.models import Case
from mediane.organisations.models import Organisation


class Kind(models.TextChoices):
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT", "Accusé de réception"
    ADMISSIBLE = "ADMISSIBLE", "Demande recevable"
    INADMISSIBLE = "INADMISSIBLE", "Demande irrecevable"
    REDIRECTED = "REDIRECTED", "Demande réorientée"
    RECLASSIFIED = "RECLASSIFIED", "Étude reprise"
    LITIGATION = "LITIGATION", "Fin de la médiation"
    REPLY = "REPLY", "Réponse"


class LetterTemplate(models.Model):
    """A pre-established letter, national, in one version. Reference data."""

    code = models.CharField("code", max_length=40)
    version = models.PositiveSmallIntegerField("version")
    kind = models.CharField("sorte", max_length=16, choices=Kind)
    name = models.CharField("nom", max_length=120)
    title = models.CharField("titre de la lettre", max_length=160)
    body = models.TextField("texte, avec les champs de la liste fixe")
    valid_from = models.DateField("valable depuis")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Letter(models.Model):
    """A letter to the person: a draft until signed, the same for ever after."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="letters", db_constraint=False, db_index=False
    )
    template = models.ForeignKey(LetterTemplate, models.PROTECT)
    kind = models.CharField("sorte", max_length=16, choices=Kind)
    public_id = models.UUIDField("identifiant public", unique=True)
    title = models.CharField("titre", max_length=160)
    body = models.TextField("texte")
    # The same said in a few short sentences, beside the letter; empty when nobody wrote it.
    easy = models.TextField("facile à lire", blank=True)
    saved_at = models.DateTimeField("enregistrée le")
    saved_by = models.CharField("enregistrée par", max_length=120)
    version = models.PositiveIntegerField("version", default=1)
    # The page it was last saved from.
    edited_in = models.UUIDField("page de rédaction", null=True, blank=True)
    # The first version since which that page alone wrote.
    alone_since = models.PositiveIntegerField("seule page à écrire depuis", default=1)
    # Whose words nobody else read since, by their number.
    unread_by = models.JSONField("mots pas encore relus de", default=dict, blank=True)
    reading_asked_at = models.DateTimeField("relecture demandée le", null=True, blank=True)
    reading_asked_by = models.CharField("relecture demandée par", max_length=120, blank=True)
    # What each person chose before signing, by their number: empty once signed, when the closing says it.
    chosen = models.JSONField("choix avant la signature", default=dict, blank=True)
    signed_at = models.DateTimeField("signée le", null=True, blank=True)
    signed_by = models.CharField("signée par", max_length=120, blank=True)
    signed_as = models.CharField("en qualité de", max_length=120, blank=True)
    # From whom and to whom, as it was signed: sealed with the key of the case, never read again elsewhere.
    letterhead = models.BinaryField("en-tête scellé", null=True, blank=True)
    # Made once by a job after the signature; sealed with the key of the case, kept for ever.
    pdf = models.BinaryField("PDF scellé", null=True, blank=True)
    pdf_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)
    read_at = models.DateTimeField("ouverte le", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(signed_at=None, kind="REPLY"),
                name="letter_one_draft_reply_a_case",
            ),
        ]
        indexes = [models.Index(fields=["case", "signed_at"], name="letter_of_a_case")]

    def __str__(self) -> str:
        return self.title


class ReadingPolicy(models.Model):
    """Whether a Caf wants its replies read by a second person before they are signed, from a day on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    is_wanted = models.BooleanField("seconde lecture")
    effective_from = models.DateField("à partir du")
    chosen_at = models.DateTimeField("choisie le")
    chosen_by = models.CharField("choisie par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "effective_from"], name="reading_policy_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{'seconde lecture' if self.is_wanted else 'sans'} depuis le {self.effective_from}"


class SecondReading(models.Model):
    """What somebody said of the words that others wrote in a draft. Stays as it was given."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="readings", db_constraint=False, db_index=False
    )
    version = models.PositiveIntegerField("version relue")
    approves = models.BooleanField("approuve")
    sealed = models.BinaryField("remarques scellées")
    read_at = models.DateTimeField("relue le")
    read_by = models.CharField("relue par", max_length=120)

    class Meta:
        indexes = [models.Index(fields=["letter"], name="second_reading_of_a_letter")]

    def __str__(self) -> str:
        return f"version {self.version}, le {self.read_at:%Y-%m-%d}"
