"""What is said of a finding, and what became of what was proposed."""

from django.db.models import TextChoices


class Motive(TextChoices):
    """What the requests of a finding have in common; figures count by the same words."""

    GROUND = "ground", "Motif donné par la personne"
    CAUSE = "cause", "Cause analysée"


class Outcome(TextChoices):
    """Of a proposal, as its last follow-up says."""

    PENDING = "pending", "Suite attendue"
    IMPLEMENTED = "implemented", "Mise en œuvre"
    PARTLY = "partly", "Mise en œuvre en partie"
    REFUSED = "refused", "Refusée"


FOLLOWED = (Outcome.IMPLEMENTED, Outcome.PARTLY, Outcome.REFUSED)


class Standing(TextChoices):
    """Of a finding, as its proposals say; in the order of the list."""

    UNPROPOSED = "unproposed", "À proposer"
    AWAITED = "awaited", "Suite attendue"
    PARTLY = "partly", "Suivi en partie"
    IMPLEMENTED = "implemented", "Mis en œuvre"
    REFUSED = "refused", "Refusé"
