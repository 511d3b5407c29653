"""Write the pages drawn from the code: `python docs/generate.py`. A test compares them."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mediane.casework.rules import load
from mediane.casework.states import CLOSED, MOVES, OPEN, PUBLIC_WORDS, WAITING, Act, Move, State
from mediane.statistics.rules.indicators import INDICATORS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "mediane"
MADE = "<!-- Made by docs/generate.py: do not edit. -->"

# What the code cannot say: what each variable is for. One that is read and not written here fails.
MEANING = {
    "ALLOWED_HOSTS": "Host names the site answers to, separated by commas.",
    "CRM_TOKEN": "Bearer token of the relation register (GRC).",
    "CRM_URL": (
        "Where the relation register (GRC) answers, as `docs/crm.md` says: `https://`, or `http://` on one’s "
        "own machine. Empty: no register is connected, people declare their complaint."
    ),
    "DATABASE_OWNER_URL": "The role that owns the tables. Given to `mediane migrate` only.",
    "DATABASE_URL": (
        "The application’s role, which owns nothing: `postgresql://role:password@host:5432/base`. "
        "Without it, the embedded server of `MEDIANE_DATA` is started."
    ),
    "DATA": "Folder of a demonstration, for `mediane report build`: the one `make demo-data` wrote.",
    "DJANGO_SETTINGS_MODULE": "Which settings. `mediane demo` chooses the demonstration’s by itself.",
    "EMAIL_FROM": "Sender of every message.",
    "EMAIL_URL": "Outgoing mail: `smtp://user:password@host:port`, or `smtp+tls://` for STARTTLS.",
    "MAILBOXES": (
        "Mailboxes that are read, one a line: the code of the Caf, a space, then "
        "`imaps://user:password@host/INBOX?address=mediation@caf.example` (`imap+tls://` for STARTTLS). "
        "`address` is what people write to; it must accept `mediation+anything@`. `&taken=Folder` names the "
        "folder where taken mail is moved (`Mediane`). An authority of the network’s own is trusted once it "
        "stands in the machine’s certificates, or in the file named by `SSL_CERT_FILE`."
    ),
    "MEDIANE_DATA": "Folder of the received files (sealed) and, where it is used, of the embedded database.",
    "MEDIANE_OCR_WITHOUT_WALLS": (
        "`yes`: scanned letters are recognised even where bubblewrap cannot shut the programs in; whoever "
        "breaks one then reads the keys and the database. The demonstration, whose people are invented, "
        "says yes."
    ),
    "MEDIANE_SCRATCH": (
        "Where a file is opened in clear while its text, or its rows, are read: a folder in memory, never on "
        "a disk."
    ),
    "MEDIANE_SEALING_KEYS": (
        "Keys that wrap the key of each file: 32 bytes in base64, the current one first, then the former "
        "ones, separated by commas. Losing them loses what they sealed."
    ),
    "MEDIANE_TEST_FOLDER": "Tests: where a run keeps its database; set by its first process.",
    "MEDIANE_TEST_POSTGRES": "Tests: folder of `initdb`, to run on another PostgreSQL than the embedded one.",
    "PUBLIC_URL": "Address of the site as people type it; used in e-mails.",
    "SECRET_KEY": "Signs sessions and forms: 50 random characters. Changing it ends every session.",
}
NOT_OURS = {"PATH"}


@dataclass(frozen=True)
class Variable:
    name: str
    kind: str
    default: str


def figures() -> str:
    """Every figure and its definition, in the order of the report."""
    parts = [
        f"# Figures\n\n{MADE}\n\nEach figure is one function of `statistics/rules/indicators/`; "
        "its French is what a reader of its page sees.\n"
    ]
    for one in INDICATORS.values():
        place = one.compute.__module__.removeprefix("mediane.").replace(".", "/")
        parts.append(
            f"## {one.name}\n\n{one.definition}\n\n"
            f"- Population\u00a0: {one.over}\n- Unité\u00a0: {one.unit}\n- `{one.code}`, in `{place}.py`\n"
        )
    told = "\n".join(f"- {heading}\u00a0: {words}" for heading, words in load.DEFINITIONS.values())
    parts.append(
        f"## {load.NAME}\n\nLue sur les dossiers par le médiateur du service, jamais donnée ailleurs.\n\n"
        f"{told}\n\n- Population\u00a0: {load.OVER}\n- Unité\u00a0: dossiers\n- `casework/rules/load.py`\n"
    )
    return "\n".join(parts)


def states() -> str:
    parts = [
        "# The life of a case",
        MADE,
        "The table is `src/mediane/casework/states.py`; a trigger of the database holds the same one.",
        "```mermaid\n" + "\n".join(_diagram()) + "\n```",
        "Arrows that leave the frame start from every state inside it. Assigning a received case, or "
        "declaring it admissible, takes it up in the same transaction. Reclassifying is the mediator’s: it "
        "leaves the earlier decision and its date beside the new one. An admissible case found inadmissible "
        "is reclassified by the move `declare_inadmissible`.",
        "## States",
        _table(("state", "the desk reads", "the person reads", "group"), map(_state_row, State)),
        "## Moves",
        _table(("move", "button", "from", "to"), map(_move_row, MOVES)),
        "## Acts that change no state",
        _table(("act", "time line"), ((f"`{act.value}`", act.label) for act in Act)),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield "    [*] --> ouvert"
    for state in CLOSED:
        yield f'    state "{state.label}" as {state.value}'
    yield '    state "Ouvert" as ouvert {'
    for state in OPEN:
        yield f'        state "{state.label}" as {state.value}'
    yield f"        [*] --> {State.RECEIVED.value}"
    yield from _arrows(inside=True)
    yield "    }"
    yield from _arrows(inside=False)
    for state in CLOSED:
        yield f"    {state.value} --> [*]"


def _arrows(*, inside: bool) -> Iterator[str]:
    for move, (sources, target) in MOVES.items():
        # Inside the frame, only what stays there: a closed case comes back from outside.
        if (target in OPEN and set(sources) <= set(OPEN)) != inside:
            continue
        origins = ["ouvert"] if sources == OPEN else [source.value for source in sources]
        margin = " " * (8 if inside else 4)
        yield from (f"{margin}{origin} --> {target.value}: {move.label}" for origin in origins)


def _state_row(state: State) -> tuple[str, ...]:
    group = "closed" if state in CLOSED else "open, waiting" if state in WAITING else "open"
    return f"`{state.value}`", state.label, PUBLIC_WORDS[state], group


def _move_row(move: Move) -> tuple[str, ...]:
    sources, target = MOVES[move]
    origins = "any open state" if sources == OPEN else ", ".join(f"`{source.value}`" for source in sources)
    return f"`{move.value}`", move.label, origins, f"`{target.value}`"


def settings() -> str:
    read = variables()
    parts = [
        "# Settings",
        MADE,
        "Every environment variable the code reads. A *secret* may also be given as a file, named by the "
        "same variable ending in `_FILE` (`SECRET_KEY_FILE=/etc/mediane/secrets/secret_key`). "
        "What is not set by the environment is in `src/mediane/settings/`. "
        "Unfit values stop the start, with what to do (`src/mediane/kit/checks.py`).",
        _table(("variable", "kind", "by default", "what it is"), map(_setting_row, read)),
    ]
    return "\n\n".join(parts) + "\n"


def _setting_row(variable: Variable) -> tuple[str, ...]:
    default = f"`{variable.default}`" if variable.default else "–"
    return f"`{variable.name}`", variable.kind, default, MEANING.get(variable.name, "**not described**")


def variables() -> list[Variable]:
    """What is read: `env.kind("NAME", default)`, and `os.environ` in the few places allowed to."""
    found: dict[str, Variable] = {}
    for path in (*sorted(SOURCE.rglob("*.py")), ROOT / "tests" / "conftest.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            variable = _read_by(node)
            if variable is not None and variable.name not in NOT_OURS:
                # Of two readings, the one that says more.
                found[variable.name] = max(variable, found.get(variable.name, variable), key=_says)
    return [found[name] for name in sorted(found)]


def _says(variable: Variable) -> tuple[bool, bool]:
    return variable.kind != "text", bool(variable.default)


def _read_by(node: ast.AST) -> Variable | None:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return _variable("text", [node.slice])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner, kind = ast.unparse(node.func.value), node.func.attr
        if owner == "env" and node.args:
            return _variable("secret" if kind in ("database", "mailboxes") else kind, node.args)
        if owner == "os.environ" and kind in ("get", "setdefault"):
            return _variable("text", node.args)
    return None


def _variable(kind: str, arguments: list[ast.expr]) -> Variable | None:
    texts = [value.value if isinstance(value, ast.Constant) else "" for value in arguments]
    # Names are written out; a variable name in a variable is the reader itself, in settings/env.py.
    if not texts or not isinstance(texts[0], str) or not texts[0].isupper():
        return None
    is_test = texts[0].startswith("MEDIANE_TEST_")
    return Variable(texts[0], kind, "" if is_test or len(texts) < 2 else str(texts[1]))


def _table(head: tuple[str, ...], rows: "Iterator[tuple[str, ...]] | map[tuple[str, ...]]") -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PAGES: dict[str, Callable[[], str]] = {
    "docs/states.md": states,
    "docs/settings.md": settings,
    "docs/figures.md": figures,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
