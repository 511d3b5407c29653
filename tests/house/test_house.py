"""The house keeps itself: sizes, who writes, who reads the clock, which way keys look."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "mediane"
STOREYS = (
    "kit",
    "accounts",
    "journal",
    "organisations",
    "catalogue",
    "documents",
    "people",
    "mandates",
    "complaints",
    "eligibility",
    "referrals",
    "casework",
    "debts",
    "correspondence",
    "notifications",
    "mailroom",
    "callbacks",
    "transfers",
    "worklists",
)
SHELVES = {"states", "rules", "models", "queries", "rights", "actions"}
# Rooms beside the six shelves, each with its reason.
OTHER_ROOMS = {"apps", "migrations", "fixtures", "templates", "paper"}
FORBIDDEN_NAMES = {
    "utils",
    "helpers",
    "common",
    "core",
    "misc",
    "services",
    "managers",
    "mixins",
    "exceptions",
    "constants",
}
WRITING = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "add",
    "change",
}


def python_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(("folder", "limit"), [("src/mediane", 300), ("tests", 400), ("bench", 300)])
def test_no_file_is_too_long(folder: str, limit: int) -> None:
    sizes = {named(path): len(path.read_text().splitlines()) for path in python_files(ROOT / folder)}
    assert {path: size for path, size in sizes.items() if size > limit} == {}


@pytest.mark.parametrize(("folder", "limit"), [("src/mediane", 35), ("tests", 40), ("bench", 40)])
def test_no_function_is_too_long(folder: str, limit: int) -> None:
    # Journeys tell a whole story in one test.
    paths = [path for path in python_files(ROOT / folder) if "journeys" not in path.parts]
    long = {
        f"{named(path)}:{node.name}": length(node)
        for path in paths
        for node in functions(path)
        if length(node) > limit
    }
    assert long == {}


def test_no_template_is_too_long() -> None:
    pages = sorted(SOURCE.rglob("templates/**/*.html"))
    assert pages
    assert {named(page): size for page in pages if (size := len(page.read_text().splitlines())) > 150} == {}


def test_every_app_has_shelves_and_no_drawer() -> None:
    for storey in STOREYS[1:]:
        rooms = {path.stem for path in (SOURCE / storey).iterdir() if not path.name.startswith(("__", "."))}
        assert rooms <= SHELVES | OTHER_ROOMS, storey
    assert not FORBIDDEN_NAMES & {path.stem for path in SOURCE.rglob("*")}


def test_the_clock_is_read_in_one_place() -> None:
    readers = {
        named(path)
        for path in python_files(SOURCE)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node)
        in {"datetime.now", "date.today", "datetime.utcnow", "timezone.now", "time.time"}
    }
    assert readers == {"src/mediane/kit/clock.py"}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        named(path)
        for path in python_files(SOURCE)
        if {"os.environ", "os.getenv"}
        & {
            ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute)
        }
    }
    # The command prepares the surroundings of its children; the settings read theirs.
    allowed = {"src/mediane/settings/env.py", "src/mediane/wsgi.py", "src/mediane/kit/cluster.py"}
    assert {path for path in readers - allowed if not path.startswith("src/mediane/command/")} == set()


def test_only_actions_write() -> None:
    """Rules, queries, rights and screens call no writing method of a model."""
    writers = set()
    for path in python_files(SOURCE):
        parts = path.relative_to(SOURCE).parts
        if parts[0] in ("kit", "command", "settings", "integrations") or {"actions", "actions.py"} & set(
            parts
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITING
            ):
                owner = ast.unparse(node.func.value)
                if (
                    ".objects" in owner
                    or owner == "rows"
                    or owner.endswith(("_set", "case", "letter", "referral", "draft"))
                ):
                    writers.add(f"{named(path)}: {owner}.{node.func.attr}")
    assert writers == set()


def test_actions_name_their_arguments() -> None:
    for storey in STOREYS[1:]:
        place = SOURCE / storey / "actions.py"
        files = [place] if place.exists() else python_files(SOURCE / storey / "actions")
        for path in files:
            for node in functions(path):
                is_verb = not node.name.startswith("_") and any(
                    "atomic" in ast.unparse(decorator) for decorator in node.decorator_list
                )
                assert not (is_verb and node.args.args), f"{named(path)}:{node.name}"


def test_foreign_keys_look_down() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in STOREYS
        for field in model._meta.concrete_fields
        if field.is_relation
        and STOREYS.index(field.related_model._meta.app_label) > STOREYS.index(model._meta.app_label)
    ]
    assert wrong == []


def test_nothing_names_a_machine_or_a_person() -> None:
    shared, sandbox = "../" + "shared", "/wo" + "rk/"
    for pattern in ("*.py", "*.html", "*.md", "*.toml", "*.yml", "*.css", "*.js", "Makefile"):
        for path in ROOT.rglob(pattern):
            if not {".venv", "node_modules", ".tools", "vendor", ".data"} & set(path.parts):
                text = path.read_text(encoding="utf-8")
                assert shared not in text, path
                assert sandbox not in text, path
