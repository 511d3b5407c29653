"""What every template keeps: used, one title, no script nor style in the page, a label for each field."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "mediane" / "web"
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "{%- extends" in path.read_text() or "{% extends" in path.read_text()]


def shown(path: Path) -> str:
    return str(path.relative_to(path.parents[len(path.parts) - len(WEB.parts) - 3]))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


def test_no_template_is_unused() -> None:
    said = "\n".join(
        path.read_text() for path in [*WEB.rglob("*.py"), *TEMPLATES, *(ROOT / "tests").rglob("*.py")]
    )
    names = {
        path: path.relative_to(WEB / path.relative_to(WEB).parts[0] / "templates").as_posix()
        for path in TEMPLATES
    }
    # Pages chosen by a code (an obstacle, a state) are named by their folder and their code.
    unused = [
        name
        for path, name in names.items()
        if name not in said and f"{Path(name).parent.as_posix()}/" not in said
    ]
    assert unused == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_holds_no_script_nor_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    # The drawings of icons are written in the very file that prints them.
    assert path.stem == "icons" or "|safe" not in text.replace(" ", "")
    assert "TODO" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_form_that_posts_carries_its_token(path: Path) -> None:
    text = path.read_text()
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, flags=re.DOTALL | re.IGNORECASE):
        assert "csrf" in form


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_french_typography_is_kept(path: Path) -> None:
    """No straight apostrophe inside words, no breaking space before a double sign."""
    text = re.sub(r"\{[%#{].*?[%#}]\}|<[^>]*>", " ", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"[a-zàâçéèêëîïôûùü]'[a-zàâçéèêëîïôûùüh]", text, flags=re.IGNORECASE)
    assert not re.search(r"\w [:;!?»](\s|$)", text)
    assert not re.search(r"« \w", text)
