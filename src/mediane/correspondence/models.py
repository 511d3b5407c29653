from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mediane.casework.models import Case
from mediane.correspondence.states import OPEN, TemplateState
from mediane.documents.models import Document
from mediane.documents.models import State as Checked
from mediane.organisations.models import Organisation

# What the code of a local template begins with: unlike that of any national one.
LOCAL = "local-"


class Kind(models.TextChoices):
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT", "Accusé de réception"
    ADMISSIBLE = "ADMISSIBLE", "Demande recevable"
    INADMISSIBLE = "INADMISSIBLE", "Demande irrecevable"
    REDIRECTED = "REDIRECTED", "Demande réorientée"
    RECLASSIFIED = "RECLASSIFIED", "Étude reprise"
    LITIGATION = "LITIGATION", "Fin de la médiation"
    REPLY = "REPLY", "Réponse"


class LetterTemplate(models.Model):
    """A pre-established letter in one version, national or of a Caf: once approved, it never changes.

    Letters keep the version they were begun from.
    """

    # None: national, of everybody.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, db_index=False)
    code = models.CharField("code", max_length=40)
    version = models.PositiveSmallIntegerField("version")
    kind = models.CharField("sorte", max_length=16, choices=Kind)
    name = models.CharField("nom", max_length=120)
    title = models.CharField("titre de la lettre", max_length=160)
    body = models.TextField("texte, avec les champs et les conditions des listes fixes", blank=True)
    # For whom it is offered: codes of the catalogue, empty for everybody.
    benefits = ArrayField(
        models.CharField(max_length=30), verbose_name="prestations", default=list, blank=True
    )
    grounds = ArrayField(models.CharField(max_length=30), verbose_name="motifs", default=list, blank=True)
    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=TemplateState, default=TemplateState.DRAFT)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, db_index=False)
    revision = models.PositiveIntegerField("révision", default=1)
    # The page it was last saved from: one’s own automatic savings never come too late.
    edited_in = models.UUIDField("page de rédaction", null=True, blank=True)
    entry_key = models.UUIDField("page de création", null=True, blank=True)
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    saved_by = models.CharField("enregistré par", max_length=120, blank=True)
    saved_by_id = models.BigIntegerField("numéro de qui l’a enregistré", null=True, blank=True)
    submitted_at = models.DateTimeField("soumis le", null=True, blank=True)
    submitted_by = models.CharField("soumis par", max_length=120, blank=True)
    submitted_by_id = models.BigIntegerField("numéro de qui l’a soumis", null=True, blank=True)
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True)
    approved_by = models.CharField("approuvé par", max_length=120, blank=True)
    approved_by_id = models.BigIntegerField("numéro de qui l’a approuvé", null=True, blank=True)
    retired_on = models.DateField("retiré le", null=True, blank=True)
    retired_by = models.CharField("retiré par", max_length=120, blank=True)
    word = models.CharField("dernier mot échangé", max_length=500, blank=True)
    word_by = models.CharField("de qui", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="template_version_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(state__in=OPEN),
                name="template_one_open_version",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["organisation", "entry_key"],
                condition=Q(entry_key__isnull=False),
                name="template_entered_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="template_local_by_its_code",
                condition=Q(organisation=None) & ~Q(code__startswith=LOCAL)
                | Q(organisation__isnull=False) & Q(code__startswith=LOCAL),
            ),
            models.CheckConstraint(
                name="template_approved_has_a_day",
                condition=Q(state__in=OPEN, approved_at=None, retired_on=None)
                | Q(state=TemplateState.APPROVED, approved_at__isnull=False, valid_from__isnull=False)
                & Q(retired_on=None)
                | Q(state=TemplateState.RETIRED, approved_at__isnull=False, retired_on__isnull=False),
            ),
            models.CheckConstraint(
                name="template_ends_after_it_began",
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def is_national(self) -> bool:
        return self.organisation_id is None

    @property
    def whose(self) -> str:
        return "Modèle national" if self.is_national else "Modèle de votre Caf"

    @property
    def is_draft(self) -> bool:
        return self.state == TemplateState.DRAFT


class TemplateUse(models.Model):
    """One letter signed from a version, written by a trigger: no case, no person, no day.

    The only trace of letters that the national mediation reads.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    template = models.ForeignKey(LetterTemplate, models.PROTECT)

    def __str__(self) -> str:
        return f"lettre d’après le modèle {self.template_id}"


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
    reading_asked_by_id = models.BigIntegerField("numéro de qui la demande", null=True, blank=True)
    # What each person chose before signing, by their number: empty once signed, when the closing says it.
    chosen = models.JSONField("choix avant la signature", default=dict, blank=True)
    # The explanation of an overpayment, as it was when it was joined; sealed as the PDF is.
    annex = models.BinaryField("explication jointe, scellée", null=True, blank=True)
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


class Enclosure(models.Model):
    """A document of the case that goes with a letter; at the signature, what it was then is kept for ever."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="enclosures", db_constraint=False, db_index=False
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="enclosed_in", db_constraint=False)
    rank = models.PositiveSmallIntegerField("place")
    # Written when the letter is signed.
    name = models.CharField("nom à la signature", max_length=120, blank=True)
    sha256 = models.CharField("empreinte à la signature", max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "document"], name="enclosure_once_in_a_letter"),
            models.CheckConstraint(
                name="enclosure_signed_with_its_name",
                condition=Q(name="", sha256="") | ~Q(name="") & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"pièce {self.rank}"

    @property
    def shown_name(self) -> str:
        return self.name or self.document.shown_name

    @property
    def is_verified(self) -> bool:
        """Refused since it was joined, it is opened nowhere."""
        return self.document.state == Checked.CLEAN


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
