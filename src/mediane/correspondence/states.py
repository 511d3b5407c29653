"""Where a version of a template stands: written, submitted, approved by somebody else, retired."""

from django.db.models import TextChoices


class TemplateState(TextChoices):
    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "À approuver"
    APPROVED = "approved", "Approuvé"
    RETIRED = "retired", "Retiré"


# A trigger of the database holds the same table.
TEMPLATE_MOVES = {
    TemplateState.DRAFT: (TemplateState.SUBMITTED,),
    TemplateState.SUBMITTED: (TemplateState.DRAFT, TemplateState.APPROVED),
    TemplateState.APPROVED: (TemplateState.RETIRED,),
    TemplateState.RETIRED: (),
}
# One version of a template at a time is being written.
OPEN = (TemplateState.DRAFT, TemplateState.SUBMITTED)
