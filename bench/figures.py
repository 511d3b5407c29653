"""What was measured, and what it is worth beside its floors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Times:
    """Seconds of each request, of the product and of its two floors, taken in turn."""

    product: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0  # bytes of the page
    per_second: float = 0.0  # two clients
    product_cpu: float = 0.0  # seconds a request, in the workers
    bare_cpu: float = 0.0

    @property
    def cpu_ratio(self) -> float:
        return self.product_cpu / self.bare_cpu if self.bare_cpu else 0.0

    @property
    def ratio_to_raw(self) -> float:
        return median(self.product) / median(self.raw) if self.raw else 0.0


@dataclass(frozen=True)
class Scene:
    name: str
    words: str
    most: float | None  # times the bare view; none where only the whole of several scenes has a limit
    parts: tuple[str, ...] = ()


SCENES = {
    scene.name: scene
    for scene in (
        Scene("liste", "plan de travail, première page", 2),
        Scene("liste-filtree", "plan de travail, filtré", 2),
        Scene("liste-loin", "plan de travail, page lointaine", 2),
        Scene("espace", "liste de ses demandes", 2),
        Scene("dossier", "ouvrir un dossier de 30 étapes", 2.5),
        Scene("dossier-plein", "ouvrir un dossier de 100 étapes, 30 documents, 20 lettres", None),
        Scene("recherche-nom", "chercher un nom mal écrit", None),
        Scene("recherche-mots", "chercher deux mots", None),
        Scene("recherche-reference", "chercher une référence", None),
        Scene("chiffres", "chiffres d’une année, à côté du réseau", None),
        Scene("reponse", "signer et envoyer la réponse", 2.5),
        Scene("depot", "envoyer la demande", None),
        Scene("documents", "joindre deux documents de 500 ko", None),
    )
}
FILING = Scene("tout", "déposer une demande avec deux documents de 500 ko", 1.5, parts=("documents", "depot"))
HEADS = (
    *("scène", "instructions SQL", "page (ko)", "médiane (ms)", "p95 (ms)", "req/s à deux", "UC (ms)"),
    *("vue nue (ms)", "SQL seul (ms)", "× vue nue", "× UC de la vue nue", "× SQL seul"),
)
LISTS = ("liste", "liste-filtree", "liste-loin")
SEARCHES = ("recherche-nom", "recherche-mots", "recherche-reference")
SLOWEST_LIST = 0.050  # seconds, 95 of 100 requests, at a million
SLOWEST_SEARCH = 0.100  # the same
SLOWEST_FIGURES = 0.150  # the same
SLOWEST_CASE = 0.080  # 95 of 100 requests, at every size
SLOWEST = {
    **dict.fromkeys(LISTS, SLOWEST_LIST),
    **dict.fromkeys(SEARCHES, SLOWEST_SEARCH),
    "chiffres": SLOWEST_FIGURES,
}
FLATTEST = 1.5  # times, from the smallest size to the largest
MILLION = 1_000_000


@dataclass
class Report:
    size: int
    times: dict[str, Times]
    start: float  # seconds
    imports: float
    memory_at_start: float  # megabytes of the largest worker
    memory_after: float


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[18] if len(times) > 1 else times[0]


def table(report: Report) -> str:
    lines = [
        f"### {spaced(report.size)} dossiers",
        "",
        f"| {' | '.join(HEADS)} |",
        "|---" * len(HEADS) + "|",
    ]
    lines += [_row(SCENES[name].words, times) for name, times in report.times.items()]
    beyond = max(0.0, report.start - report.imports)
    lines += [
        "",
        f"Démarrage {number(report.start)} s, dont {number(report.imports)} s d’importations "
        f"({number(beyond)} s au-delà). "
        f"Mémoire d’un processus : {number(report.memory_at_start)} Mo au démarrage, "
        f"{number(report.memory_after)} Mo à la fin.",
        "",
    ]
    return "\n".join(lines)


def _row(words: str, times: Times) -> str:
    raw = milliseconds(median(times.raw)) if times.raw else "–"
    cells = [
        words,
        str(times.statements),
        number(times.size / 1000),
        milliseconds(median(times.product)),
        milliseconds(p95(times.product)),
        f"{times.per_second:.0f}",
        milliseconds(times.product_cpu),
        milliseconds(median(times.bare)),
        raw,
        number(_ratio([times])),
        number(times.cpu_ratio) if times.bare_cpu else "–",
        number(times.ratio_to_raw) if times.raw else "–",
    ]
    return f"| {' | '.join(cells)} |"


def verdicts(reports: Sequence[Report]) -> list[tuple[str, str, str, bool]]:
    """What was promised, the limit, what was measured, and whether it holds."""
    lines = []
    for report in reports:
        for scene in (*SCENES.values(), FILING):
            if scene.most:
                ratio = _ratio([report.times[name] for name in scene.parts or (scene.name,)])
                words = f"{scene.words}, {spaced(report.size)}"
                lines.append((words, f"≤ {number(scene.most)} × nue", number(ratio), ratio <= scene.most))
        lines.append(_slow(report, "dossier-plein", SLOWEST_CASE, f"p95, {spaced(report.size)}"))
        if report.size == MILLION:
            lines += [_slow(report, name, most, "p95") for name, most in SLOWEST.items()]
    if len(reports) > 1:
        first, last = reports[0], reports[-1]
        for name in (name for name in last.times if name not in SEARCHES):
            times = last.times[name]
            grown = median(times.product) / median(first.times[name].product)
            words = f"{SCENES[name].words}, {spaced(first.size)} → {spaced(last.size)}"
            lines.append((words, f"≤ {number(FLATTEST)} ×", number(grown), grown <= FLATTEST))
    return lines


def _slow(report: Report, name: str, most: float, said: str) -> tuple[str, str, str, bool]:
    slow = p95(report.times[name].product)
    return f"{SCENES[name].words}, {said}", f"≤ {milliseconds(most)} ms", milliseconds(slow), slow <= most


def _ratio(parts: Sequence[Times]) -> float:
    return sum(median(times.product) for times in parts) / sum(median(times.bare) for times in parts)


def verdict_table(reports: Sequence[Report]) -> str:
    lines = ["| promesse | limite | mesuré | tenue |", "|---|---|---|---|"]
    lines += [
        f"| {words} | {limit} | {got} | {'oui' if ok else '**non**'} |"
        for words, limit, got, ok in verdicts(reports)
    ]
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f}".replace(".", ",")


def spaced(size: int) -> str:
    return f"{size:,}".replace(",", "\u202f")
