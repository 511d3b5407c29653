"""For whom the database works: contexts, and the policies that read them.

A context is a few settings of the transaction, written with SET LOCAL only: a session-level
setting would survive in a pooled connection and show one person's rows to the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations import RunSQL

from mediane.kit.prepared import kept

# Each as a query of its own: read once a statement, where a bare call is read again for every row.
CONTEXT = "(SELECT current_setting('mediane.context', true))"
ORGANISATION = "(SELECT NULLIF(current_setting('mediane.organisation', true), '')::bigint)"
SERVICE = "(SELECT NULLIF(current_setting('mediane.service', true), ''))"
# Oneself, signed in; a mandate one acts under; the account of whoever speaks for others.
OWN = "(SELECT NULLIF(current_setting('mediane.beneficiary', true), '')::bigint)"
MANDATE = "(SELECT NULLIF(current_setting('mediane.mandate', true), '')::bigint)"
ACCOUNT = "(SELECT NULLIF(current_setting('mediane.account', true), '')::uuid)"
# Whose rows: one's own, or those of a mandate as long as it runs; and the only file, if it is of one file.
BENEFICIARY = "(SELECT acting_for())"
FILE = "(SELECT acting_on())"

CONTEXT_OF = {
    "staff": "staff",
    "person": "person",
    "representative": "representative",
    "head": "head",
    "national": "national",
    "service": "service",
    "upkeep": "upkeep",
    "signing_in": "signin",
    "public": "public",
}
COMMANDS = {
    "_reads": ("SELECT", "USING"),
    "_adds": ("INSERT", "WITH CHECK"),
    "_changes": ("UPDATE", "USING"),
    "_removes": ("DELETE", "USING"),
}

# Parallel reads stay possible: what is asked is settled by the transaction.
STABLE = "LANGUAGE sql STABLE PARALLEL SAFE"

ALL_ROWS = "true"
STAFF_ROWS = f"organisation_id = {ORGANISATION}"
PERSON_ROWS = f"beneficiary_id = {BENEFICIARY}"
# Of things sealed with the key of a file, and of things that belong to no file.
PERSON_FILES = f"{PERSON_ROWS} AND ({FILE} IS NULL OR key_id = {FILE})"
PERSON_WHOLE = f"{PERSON_ROWS} AND {FILE} IS NULL"
IS_PERSON = f"{CONTEXT} = 'person'"


@dataclass(frozen=True)
class Context:
    kind: str = "public"
    organisation: int | None = None
    beneficiary: int | None = None
    mandate: int | None = None
    account: UUID | None = None
    service: str = ""


PUBLIC = Context()


def public() -> Context:
    """Reference tables only."""
    return PUBLIC


def signin() -> Context:
    """Accounts, memberships and beneficiaries, to find who is signing in; no case."""
    return Context("signin")


def staff(organisation_id: int) -> Context:
    """The rows of the Caf being worked in."""
    return Context("staff", organisation=organisation_id)


def head(organisation_id: int) -> Context:
    """What is counted of the Caf, and what it decided of it; no case, no person, no letter."""
    return Context("head", organisation=organisation_id)


def service(organisation_id: int, code: str) -> Context:
    """What was asked of one service of the Caf; no case, no person, no other question."""
    return Context("service", organisation=organisation_id, service=code)


def national(organisation_id: int) -> Context:
    """Shared settings, and what is counted without identity in every Caf; no case, no person."""
    return Context("national", organisation=organisation_id)


def upkeep(organisation_id: int) -> Context:
    """Every file received by a Caf, those of drafts too: for jobs that show none of them to anybody."""
    return Context("upkeep", organisation=organisation_id)


def person(beneficiary_id: int) -> Context:
    """The rows of this beneficiary, whatever the Caf."""
    return Context("person", beneficiary=beneficiary_id)


def acting(mandate_id: int) -> Context:
    """The rows that a mandate opens, whatever the Caf, as long as it runs: the database looks itself."""
    return Context("person", mandate=mandate_id)


def representative(account: UUID) -> Context:
    """The mandates somebody holds, and the names of whom they act for now; no case."""
    return Context("representative", account=account)


def current() -> Context:
    """The context of the running transaction, as last set by this process."""
    return getattr(connection, "_mediane_context", PUBLIC) if connection.in_atomic_block else PUBLIC


def set_for_transaction(context: Context) -> None:
    """Write the context into the running transaction: it ends with it.

    :raises RuntimeError: outside a transaction, where nothing would hold it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A row-security context lives inside a transaction")
    with kept() as cursor:
        cursor.execute(
            "SELECT set_config('mediane.context', %s, true),"
            " set_config('mediane.organisation', %s, true),"
            " set_config('mediane.beneficiary', %s, true),"
            " set_config('mediane.mandate', %s, true),"
            " set_config('mediane.account', %s, true),"
            " set_config('mediane.service', %s, true)",
            [
                context.kind,
                *(
                    str(value or "")
                    for value in (
                        *(context.organisation, context.beneficiary, context.mandate),
                        *(context.account, context.service),
                    )
                ),
            ],
        )
    _remember(context)


@contextmanager
def working_for(context: Context) -> Iterator[None]:
    """One transaction (or savepoint) in a context; the former one comes back at the end."""
    is_nested, before = connection.in_atomic_block, current()
    try:
        with transaction.atomic():
            set_for_transaction(context)
            yield
            if is_nested:
                set_for_transaction(before)
    finally:
        # After an error, the rollback to the savepoint has restored the database’s side by itself.
        _remember(before)


@contextmanager
def one_transaction() -> Iterator[None]:
    """A transaction whose context is set on the way, and forgotten with it."""
    try:
        with transaction.atomic():
            yield
    finally:
        _remember(PUBLIC)


def _remember(context: Context) -> None:
    connection._mediane_context = context  # type: ignore[attr-defined]


def for_whom() -> RunSQL:
    """What policies ask: `mandates` answers it again once there are mandates. Before, everybody is alone."""
    own = "NULLIF(current_setting('mediane.beneficiary', true), '')::bigint"
    asked = {
        "acting_for() RETURNS bigint": own,
        "acting_on() RETURNS bigint": "NULL::bigint",
        "represented() RETURNS bigint[]": "'{}'::bigint[]",
    }
    made = [f"CREATE FUNCTION {name} {STABLE} AS $$ SELECT {answer} $$" for name, answer in asked.items()]
    undo = [f"DROP FUNCTION {name.split()[0]}" for name in asked]
    return RunSQL(";\n".join(made), ";\n".join(undo))


def protect(table: str, privileges: str = "SELECT, INSERT, UPDATE, DELETE", **rows: str) -> RunSQL:
    """Force row-level security on a table: each audience has its rows, nobody else has any.

    `rows` gives for an audience of CONTEXT_OF, or `everybody`, the SQL condition of its rows; a name ending
    in `_reads`, `_adds`, `_changes` or `_removes` limits the audience to that.
    `everybody_reads` is for those without a condition of their own.
    `privileges` is what the application's role is granted, down to the columns that may change:
    written as the table's comment, applied by `grant()` after migrating.
    """
    policies = dict(_policies(rows))
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"COMMENT ON TABLE {table} IS 'application: {privileges}'",
        # Said again by an app above, that knows what the rows belong to, it replaces what was said first.
        *(f"DROP POLICY IF EXISTS {name} ON {table}" for name in policies),
        *(f"CREATE POLICY {name} ON {table} {words}" for name, words in policies.items()),
    ]
    # What was said twice is undone twice.
    undo = [f"DROP POLICY IF EXISTS {name} ON {table}" for name in policies]
    undo.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    undo.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    return RunSQL(";\n".join(statements), ";\n".join(undo))


def _policies(rows: dict[str, str]) -> Iterator[tuple[str, str]]:
    """One policy a command, choosing by the context. Several would be joined by OR, and the planner
    would read all the rows of an audience to sort them, instead of an index in its order."""
    known = {audience + ending for audience in CONTEXT_OF for ending in ("", *COMMANDS)}
    known |= {"everybody", "everybody_reads"}
    if unknown := rows.keys() - known:
        raise TypeError(f"No such audience: {unknown}")
    for ending, (command, clause) in COMMANDS.items():
        chosen = {
            context: rows.get(audience) or rows.get(audience + ending)
            for audience, context in CONTEXT_OF.items()
        }
        cases = [f"WHEN '{context}' THEN {condition}" for context, condition in chosen.items() if condition]
        if "everybody" in rows:
            yield f"everybody{ending}", f"FOR {command} {clause} ({rows['everybody']})"
        elif cases:
            others = rows.get("everybody" + ending, "false")
            words = f"CASE {CONTEXT} {' '.join(cases)} ELSE {others} END"
            yield f"audience{ending}", f"FOR {command} {clause} ({words})"


def reference(*tables: str) -> RunSQL:
    """Tables without personal data: everyone reads them, only a migration writes them."""
    return RunSQL(";\n".join(f"COMMENT ON TABLE {table} IS 'application: SELECT'" for table in tables), "")


def same_tenant(table: str, column: str, target: str) -> RunSQL:
    """A foreign key that carries the Caf: checks of plain ones bypass row-level security."""
    name = f"{table}_{column}_same_caf"
    unique = f"{target}_caf_id"
    return RunSQL(
        f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{unique}') THEN
                ALTER TABLE {target} ADD CONSTRAINT {unique} UNIQUE (organisation_id, id);
            END IF;
        END $$;
        ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (organisation_id, {column})
            REFERENCES {target} (organisation_id, id) DEFERRABLE INITIALLY DEFERRED;
        """,
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def grant() -> None:
    """Give the application's role what each table's comment says, and nothing else. Owner only."""
    role = connections["default"].ops.quote_name(settings.DATABASES["default"]["USER"])
    # All at once: a running application never meets a table it may not read.
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
        cursor.execute(
            "SELECT quote_ident(relname), substr(obj_description(oid, 'pg_class'), 14)"
            " FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') LIKE 'application: %'"
        )
        # What was migrated is nobody’s secret: `makemigrations --check` reads it.
        for table, privileges in [("django_migrations", "SELECT"), *cursor.fetchall()]:
            cursor.execute(f"GRANT {privileges} ON {table} TO {role}")
        # What runs with the owner’s rights is for the application, and for nobody else.
        cursor.execute(
            "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND obj_description(oid, 'pg_proc') = 'application: EXECUTE'"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")
