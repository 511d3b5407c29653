from django.db.models import QuerySet

from mediane.journal.models import Entry


def entries_about(kind: str, reference: str) -> QuerySet[Entry]:
    """The journal of one thing, newest first, within what the context may see."""
    return Entry.objects.filter(subject_kind=kind, subject=reference).order_by("-at", "-pk")
