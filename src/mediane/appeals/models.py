from django.db import models
from django.db.models import Q

from mediane.appeals.rules import law
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.casework.models import Case
from mediane.organisations.models import Organisation


class AppealEvent(models.Model):
    """A day the period depends on, and what shows it. Never changed: another row says it better.

    The last one said of a case stands; without a day, it takes back what was said before.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="appeal_events", db_constraint=False, db_index=False
    )
    what = models.CharField("ce qui est daté", max_length=15, choices=What)
    rank = models.PositiveSmallIntegerField("rang")
    on = models.DateField("le", null=True, blank=True)
    evidence = models.CharField("ce qui le montre", max_length=10, choices=Evidence, blank=True)
    # Its reference, or whatever helps to find it again; sealed with the key of the case.
    sealed = models.BinaryField("précision", default=b"")
    # Of the decision alone: a code of `law`, whether the letter says how to appeal, where the person lives.
    path = models.CharField("recours", max_length=10, blank=True)
    remedies = models.CharField("recours indiqués", max_length=10, choices=Remedies, blank=True)
    home = models.CharField("la personne habite", max_length=10, choices=Home, blank=True)
    # The Caf where it was noted and whose proof it is, when the case came from there.
    noted_in = models.CharField("noté à", max_length=60, blank=True)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    noted_at = models.DateTimeField("noté le")
    noted_by = models.CharField("noté par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "what", "rank"], name="appeal_event_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="appeal_event_entered_once"),
            models.CheckConstraint(
                name="appeal_event_with_its_evidence",
                condition=Q(on=None, evidence="") | (Q(on__isnull=False) & ~Q(evidence="")),
                violation_error_message="Un jour est noté avec ce qui le montre.",
            ),
            models.CheckConstraint(
                name="appeal_path_of_the_decision_alone",
                condition=(
                    Q(what=What.DECISION, on__isnull=False) & ~Q(path="") & ~Q(remedies="") & ~Q(home="")
                )
                | (~Q(what=What.DECISION, on__isnull=False) & Q(path="", remedies="", home="")),
                violation_error_message="La décision dit son recours, et elle seule.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} : {self.on or 'retirée'}"


class SignOff(models.Model):
    """Whether beneficiaries are shown the computed date, as an organisation decided: the last row stands.

    It is given for one version of the rules, and ends with it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    rank = models.PositiveSmallIntegerField("rang")
    is_given = models.BooleanField("montrée aux personnes")
    rules = models.PositiveSmallIntegerField("version des règles")
    words = models.CharField("sur quel avis", max_length=300)
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.CharField("décidé par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "rank"], name="sign_off_once_a_rank"),
            models.CheckConstraint(
                name="sign_off_says_why",
                condition=~Q(words=""),
                violation_error_message="Une validation, ou son retrait, dit sur quel avis.",
            ),
        ]

    def __str__(self) -> str:
        return f"{'montrée' if self.is_given else 'non montrée'}, règles {self.rules}"

    @property
    def stands(self) -> bool:
        return self.is_given and self.rules == law.VERSION
