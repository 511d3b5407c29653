"""The documents keep true: what is drawn from the code is compared, what names it is looked up."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from mediane import __version__

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "mediane"
GENERATOR = runpy.run_path(str(ROOT / "docs" / "generate.py"))
ELSEWHERE = {".venv", "node_modules", ".tools", ".data", ".git", "dist", "vendor"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def documents() -> list[Path]:
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    return sorted(path for path in found if not ELSEWHERE & set(path.parts))


def read(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", GENERATOR["PAGES"])
def test_a_page_drawn_from_the_code_is_up_to_date(page: str) -> None:
    assert read(page) == GENERATOR["PAGES"][page](), "python docs/generate.py"


def test_every_variable_read_is_described_and_no_other() -> None:
    read_by_the_code = {variable.name for variable in GENERATOR["variables"]()}
    assert read_by_the_code == set(GENERATOR["MEANING"])


def test_the_example_of_an_environment_sets_known_variables() -> None:
    known = set(GENERATOR["MEANING"])
    for file in sorted((ROOT / "deploy").glob("*.env.example")):
        names = set(re.findall(r"^#?([A-Z][A-Z_]+)=", file.read_text(), re.MULTILINE))
        assert names
        assert {name.removesuffix("_FILE") for name in names} <= known, file.name


def test_every_model_is_in_the_glossary() -> None:
    words = set(CODE.findall(read("docs/glossary.md")))
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("mediane.")}
    assert models - words == set()


def test_decisions_are_numbered_without_gap_and_say_all_three() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for number, page in enumerate(pages, start=1):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. "), page.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "Consequences"], (
            page.name
        )


def test_the_architecture_names_every_package() -> None:
    words = set(CODE.findall(read("ARCHITECTURE.md")))
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert packages - words == set()


def test_the_storeys_are_drawn_in_their_order() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    storeys = next(contract["layers"] for contract in contracts if contract["name"].startswith("Storeys"))
    drawing = read("ARCHITECTURE.md").split("```")[1]
    drawn = re.findall(r"^ {3}([a-z]+(?: +\| +[a-z]+)*)", drawing, re.MULTILINE)
    assert [re.sub(" +", " ", names) for names in drawn] == storeys


def test_the_places_that_documents_name_exist() -> None:
    """A path between backquotes, from the root or from src/mediane; `<…>` stands for any name."""
    lost = {
        f"{page}: {place}"
        for page in documents()
        for place in CODE.findall(read(page))
        if re.fullmatch(r"[a-z.][\w.-]*/[\w./-]*", place)
        and not (ROOT / place).exists()
        and not (SOURCE / place).exists()
    }
    assert lost == set()


def test_relative_links_lead_somewhere() -> None:
    lost = {
        f"{page}: {target}"
        for page in documents()
        for target in LINK.findall(read(page))
        if "://" not in target
        and not target.startswith(("#", "mailto:"))
        and not (ROOT / page.parent / target.partition("#")[0]).exists()
    }
    assert lost == set()


def test_the_version_is_the_same_everywhere() -> None:
    assert f"softwareVersion: {__version__}" in read("publiccode.yml")
    assert f"## {__version__} " in read("CHANGELOG.md")
