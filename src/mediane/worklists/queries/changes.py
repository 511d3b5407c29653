"""What changed on a case since somebody last opened it."""

from collections.abc import Iterable
from typing import Any

from mediane.casework.queries.listed import Listed
from mediane.casework.states import Act
from mediane.kit.prepared import kept
from mediane.worklists.rules import Changes

MESSAGES = (Act.WRITE, Act.RECEIVE_EMAIL)
DOCUMENTS = (Act.SEND_DOCUMENT,)
# Acts of others since the last visit, by the index of steps; nothing is counted of a case never opened.
CHANGED = """
SELECT c.reference, v.at IS NULL AND c.assignee_id = %(user)s, s.messages, s.documents, s.others
FROM casework_case c
LEFT JOIN worklists_visit v ON v.case_id = c.id AND v.user_id = %(user)s
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE act = ANY(%(messages)s)) AS messages,
    count(*) FILTER (WHERE act = ANY(%(documents)s)) AS documents,
    count(*) FILTER (WHERE act <> ALL(%(both)s)) AS others
    FROM casework_step WHERE case_id = c.id AND at > v.at
    AND NOT (by_kind = 'staff' AND by_id = %(user)s)
) s ON true
WHERE c.organisation_id = %(organisation)s AND c.reference = ANY(%(references)s)
"""


def changes_of(*, organisation_id: int, user_id: int, cases: Iterable[Listed]) -> dict[str, Changes]:
    """By reference, for the cases a list shows."""
    both = [str(act) for act in (*MESSAGES, *DOCUMENTS)]
    about: Any = {
        "organisation": organisation_id,
        "user": user_id,
        "references": [case.reference for case in cases],
        "messages": [str(act) for act in MESSAGES],
        "documents": [str(act) for act in DOCUMENTS],
        "both": both,
    }
    with kept() as cursor:
        cursor.execute(CHANGED, about)
        return {
            reference: Changes(messages, documents, others, bool(never))
            for reference, never, messages, documents, others in cursor.fetchall()
        }
