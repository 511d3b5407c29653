"""Django's sessions in the database, read by a prepared statement: every page begins by it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from mediane.kit.prepared import prepared


@prepared
def _running(key: str | None) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=Now())


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        for session in _running(self.session_key):
            return session
        self._session_key = None
        return None
