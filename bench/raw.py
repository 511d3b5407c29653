"""The same statements alone, as Django’s driver sends them, in one transaction."""

import psycopg

from bench.capture import Played


def connect(url: str) -> psycopg.Connection:
    # Django interpolates on the client’s side and prepares nothing; texts are played as they were heard.
    return psycopg.connect(url, cursor_factory=psycopg.ClientCursor, prepare_threshold=None)


def play(connection: psycopg.Connection, played: Played) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        for statement in played.statements:
            cursor.execute(statement.encode())
            if cursor.description:
                cursor.fetchall()
