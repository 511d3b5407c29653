"""Where a version of a template stands: written, submitted, approved by somebody else, retired."""

from django.db.models import TextChoices


class TemplateState(TextChoices):
    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "À approuver"
    APPROVED = "approved", "Approuvé"
    RETIRED = "retired", "Retiré"


# One version of a template at a time is being written.
OPEN = (TemplateState.DRAFT, TemplateState.SUBMITTED)
