from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mediane.complaints.models import PriorComplaint
from mediane.documents.models import Document, SealingKey
from mediane.eligibility.models import EligibilityCheck
from mediane.mandates.models import Mandate
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary

ONLINE = "ONLINE"


class ReferralQuerySet(models.QuerySet["Referral"]):
    def drafts(self) -> Self:
        return self.filter(filed_at=None, channel=ONLINE)

    def filed(self) -> Self:
        return self.exclude(filed_at=None)


class Referral(models.Model):
    """What the person asks, as sent: a draft until `filed_at`, never changed after."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False, db_index=False)
    reference = models.CharField("référence", max_length=9)
    key = models.ForeignKey(SealingKey, models.PROTECT, db_constraint=False)
    complaint = models.ForeignKey(PriorComplaint, models.PROTECT, null=True, blank=True, db_constraint=False)
    check_passed = models.ForeignKey(
        EligibilityCheck, models.PROTECT, null=True, blank=True, db_constraint=False
    )
    answers = models.JSONField("réponses au test", default=dict, blank=True)
    # Under which somebody writes it for the person; her own draft stays her own.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, db_constraint=False, db_index=False
    )

    channel = models.CharField("canal", max_length=30, default=ONLINE)
    origin = models.CharField("origine", max_length=30, default="BENEFICIARY")
    benefits = ArrayField(
        models.CharField(max_length=30), verbose_name="prestations", default=list, blank=True
    )
    grounds = ArrayField(models.CharField(max_length=30), verbose_name="motifs", default=list, blank=True)
    decision_contested = models.CharField("décision contestée", max_length=160, blank=True)
    decision_on = models.DateField("date de la décision", null=True, blank=True)
    asked = models.CharField("ce qui est demandé", max_length=160, blank=True)
    explanation = models.TextField("explication", blank=True)
    urgency = ArrayField(models.CharField(max_length=30), verbose_name="urgences", default=list, blank=True)
    # Where it is safe to write or call: protected contact details, sealed with the key of the file.
    safe_contact = models.BinaryField("contact sûr, scellé", null=True, blank=True)
    notice_by_email = models.BooleanField("peut recevoir un courriel", default=True)
    receipt_by_email = models.BooleanField("accusé complet par courriel", default=False)
    helper = models.CharField("personne qui aide", max_length=120, blank=True)
    # What stands on a page being filled, right or wrong, by page: sealed, and gone once sent.
    typed = models.BinaryField("saisie en cours, scellée", null=True, blank=True)

    started_at = models.DateTimeField("commencée le")
    saved_at = models.DateTimeField("enregistrée le")
    filed_at = models.DateTimeField("envoyée le", null=True, blank=True)
    # Entered by the service: the day it reached the Caf, and the page it was entered on.
    received_on = models.DateField("arrivée le", null=True, blank=True)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="referral_reference_once_per_caf"
            ),
            models.UniqueConstraint(
                fields=["beneficiary", "mandate"],
                condition=Q(filed_at=None, channel=ONLINE),
                nulls_distinct=False,
                name="referral_one_draft_a_person",
            ),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="referral_entered_once"),
            models.CheckConstraint(
                name="referral_filed_is_complete",
                condition=Q(filed_at=None)
                | (~Q(explanation="") & ~Q(asked="") & ~Q(benefits=[]) & ~Q(grounds=[])),
                violation_error_message="Une demande envoyée est complète.",
            ),
        ]
        indexes = [models.Index(fields=["beneficiary", "-filed_at"], name="referral_of_a_beneficiary")]

    def __str__(self) -> str:
        return self.reference


class ReferralDocument(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="joined", db_constraint=False)
    document = models.ForeignKey(Document, models.PROTECT, db_constraint=False, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document"], name="document_joined_to_one_referral")]

    def __str__(self) -> str:
        return str(self.document_id)


class KeptFile(models.Model):
    """A file of a request that the service is entering: kept from one try to the next, under its page."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    entry_key = models.UUIDField("page de saisie")
    document = models.OneToOneField(Document, models.PROTECT, db_constraint=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "entry_key"], name="kept_file_of_a_page")]

    def __str__(self) -> str:
        return str(self.document_id)
