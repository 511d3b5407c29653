"""What can stop a command, said in one sentence to the person who typed it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, SystemCheckError
from django.db.utils import OperationalError

from mediane.kit.postgres import Unusable
from mediane.kit.processes import Crashing
from mediane.kit.refusal import Refusal


class Obstacle(Exception):
    """One French sentence: what is in the way, what to do."""


@contextmanager
def in_plain_words() -> Iterator[None]:
    try:
        yield
    except (Unusable, Crashing, Refusal) as error:
        raise Obstacle(str(error)) from error
    except (psycopg.OperationalError, OperationalError) as error:
        raise Obstacle(f"La base de données ne répond pas\u00a0: {error}") from error
    except (ImproperlyConfigured, SystemCheckError, CommandError) as error:
        raise Obstacle(f"Un réglage ne convient pas\u00a0: {error}") from error
