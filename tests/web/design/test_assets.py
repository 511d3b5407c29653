import json
import os
import re
from pathlib import Path

import pytest

from mediane.web.design import assets
from tests.web.design.stage import ROOM

ROOT = Path(assets.__file__).resolve().parents[4]
THEIRS = (
    "/* licence */@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
    ".a{font-family:GDS Transport,arial,sans-serif}.b{background:url(/assets/images/crest.svg)}"
    "@media print{.c{font-family:'GDS Transport'}}\n/*# sourceMappingURL=x.css.map */\n"
)


def installed(root: Path) -> Path:
    """A folder where npm has just been."""
    packages = root / "node_modules"
    for name in (
        assets.GOVUK / "govuk-frontend.min.css",
        assets.GOVUK / "govuk-frontend.min.js",
        *assets.FONTS,
    ):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(THEIRS, encoding="utf-8")
    (root / "package-lock.json").write_text("{}", encoding="utf-8")
    (packages / ".package-lock.json").write_text("{}", encoding="utf-8")
    return root


def test_the_style_served_names_no_font_and_no_picture_of_theirs() -> None:
    ours = assets.our_style(THEIRS)
    assert ours == (
        ".a{font-family:var(--m-texte)}.b{background:none}@media print{.c{font-family:var(--m-texte)}}\n"
    )


def test_building_writes_every_file_and_installs_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assets.build(installed(tmp_path))
    built = {file.name for file in (tmp_path / assets.VENDOR).iterdir()}
    assert built == {"govuk-frontend.min.css", "govuk-frontend.min.js", *(font.name for font in assets.FONTS)}
    assert "GDS Transport" not in (tmp_path / assets.VENDOR / "govuk-frontend.min.css").read_text("utf-8")


def test_a_newer_lock_is_installed_again(tmp_path: Path) -> None:
    root = installed(tmp_path)
    assert assets._is_installed(root)
    os.utime(root / "package-lock.json", (2**32, 2**32))
    assert not assets._is_installed(root)


def test_a_failure_of_npm_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no network' >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(assets.AssetsError, match=r"npm n’a pas pu installer.*no network"):
        assets.build(tmp_path)


def test_versions_are_exact_and_the_lock_names_no_host() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_no_style_of_ours_reaches_outside() -> None:
    for sheet in (ROOM / "static/design").glob("*.css"):
        text = sheet.read_text("utf-8")
        assert "http" not in text.replace('href^="http"', "")
        for wanted in re.findall(r'url\("([^"]+)"\)', text):
            assert wanted.startswith("../vendor/") or (sheet.parent / wanted).exists()
        assert len(text.splitlines()) <= 300
