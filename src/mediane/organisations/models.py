from datetime import date
from typing import Literal, Self

from django.db import models
from django.db.models import Q

from mediane.accounts.models import User
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity


class Role(models.TextChoices):
    MEDIATOR = "MEDIATOR", "médiateur ou médiatrice"
    OFFICER = "OFFICER", "référent ou référente"
    HEAD = "HEAD", "direction"
    NATIONAL = "NATIONAL", "médiateur ou médiatrice nationale"
    CONTACT = "CONTACT", "interlocuteur ou interlocutrice de service"
    LEADER = "LEADER", "responsable de service"


# Whoever is neither acts as staff of the Caf.
KIND_OF: dict[str, Literal["head", "national", "service"]] = {
    Role.HEAD: "head",
    Role.NATIONAL: "national",
    Role.CONTACT: "service",
    Role.LEADER: "service",
}
OF_A_SERVICE = (Role.CONTACT, Role.LEADER)


PHASES = ((1, "Phase 1"), (2, "Phase 2"), (3, "Généralisation"))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def cafs(self) -> Self:
        return self.filter(is_national=False)


class Organisation(models.Model):
    """A Caf, or the Cnaf and its national mediation. Reference data: written by migrations only."""

    code = models.CharField("code", max_length=4, unique=True)
    name = models.CharField("nom", max_length=60)
    of_name = models.CharField("nom après « la médiation »", max_length=60)
    department = models.CharField("département", max_length=60)
    region = models.CharField("région Insee", max_length=60)
    region_code = models.CharField("code région Insee", max_length=2)
    network_region = models.CharField("région du réseau des médiateurs", max_length=60)
    time_zone = models.CharField("fuseau horaire", max_length=40)
    is_national = models.BooleanField("organisme national", default=False)
    postal_address = models.TextField("adresse postale", blank=True)
    city = models.CharField("ville", max_length=60, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    mediator_title = models.CharField(
        "médiatrice ou médiateur en poste", max_length=20, default="le service médiation"
    )

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def context(self) -> rowsecurity.Context:
        """For whom the database works when a member of this organisation asks."""
        return rowsecurity.national(self.pk) if self.is_national else rowsecurity.staff(self.pk)


class Opening(models.Model):
    """When a Caf opens the online procedure, as the national mediation decided: the last decision stands.

    Never changed nor removed: a date put off stays written.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="openings", db_index=False)
    rank = models.PositiveSmallIntegerField("rang")
    phase = models.PositiveSmallIntegerField("phase de déploiement", choices=PHASES)
    online_from = models.DateField("téléprocédure ouverte à partir du", null=True, blank=True)
    because = models.CharField("pourquoi", max_length=200, blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.CharField("décidée par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "rank"], name="opening_once_a_rank"),
        ]

    def __str__(self) -> str:
        return f"phase {self.phase}, {self.online_from or 'sans date'}"

    def is_online(self, day: date) -> bool:
        return self.online_from is not None and self.online_from <= day


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of_active_users(self) -> Self:
        return self.filter(user__is_active=True)


class Membership(models.Model):
    """The right of a member of staff to work in a Caf, or at the national mediation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField("rôle", max_length=10, choices=Role)
    title = models.CharField("titre affiché", max_length=40)
    # Of whoever answers for a service of the Caf: a code of the catalogue.
    service = models.CharField("service", max_length=30, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once_per_caf"),
            models.CheckConstraint(
                name="membership_of_a_service_names_it",
                condition=(Q(role__in=OF_A_SERVICE) & ~Q(service=""))
                | (~Q(role__in=OF_A_SERVICE) & Q(service="")),
                violation_error_message="Qui répond pour un service est de ce service.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    def context(self) -> rowsecurity.Context:
        """For whom the database works when this member asks."""
        if self.service:
            return rowsecurity.service(self.organisation_id, self.service)
        is_head = self.role == Role.HEAD
        return rowsecurity.head(self.organisation_id) if is_head else self.organisation.context()

    def as_actor(self) -> Actor:
        kind: Literal["staff", "head", "national", "service"] = KIND_OF.get(self.role, "staff")
        return Actor(
            kind,
            self.user_id,
            self.user.full_name,
            self.organisation_id,
            self.role,
            self.title,
            service=self.service,
        )


class ServiceTarget(models.Model):
    """How long a step may take, from a day on: the law’s delays and the service’s own."""

    kind = models.CharField("échéance", max_length=20)
    amount = models.PositiveSmallIntegerField("durée")
    unit = models.CharField("unité", max_length=20)
    effective_from = models.DateField("en vigueur depuis")
    source = models.CharField("source", max_length=200)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="target_takes_time", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} : {self.amount} {self.unit} depuis le {self.effective_from}"
