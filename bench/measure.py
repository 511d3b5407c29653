"""One size measured: product, bare view and SQL alone take turns, so that all meet the same machine."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from bench import raw, scenes, servers
from bench.browser import Browser, signed_in
from bench.capture import Played
from bench.figures import Report, Times
from bench.scenes import Ask
from bench.servers import Running

ROUNDS = 60
WRITES = 20  # for each: the product alone, two at a time, the bare view, the SQL
SECONDS_TOGETHER = 3.0
WARM_UP = 12
CLIENTS = 2
UPLOADS = "documents"


def measure(size: int, folder: Path, *, superuser_url: str, say: Callable[[str], None]) -> Report:
    with _running(servers.product(folder)) as product:
        imports, at_start = _imports(), product.memory()
        asks, played = _plan(product, folder, say)
        plan = folder / "plan.json"
        plan.write_text(json.dumps({name: [one.as_json() for one in some] for name, some in played.items()}))
        with (
            _running(servers.bare(folder, plan=plan, database_url=superuser_url)) as bare,
            raw.connect(superuser_url) as alone,
        ):
            bench = Bench(product, bare, alone, asks, played)
            times = {}
            for name in asks:
                say(f"{size} : {name}")
                times[name] = bench.measure(name)
        return Report(size, times, product.started_in, imports, at_start, product.memory())


def _plan(
    product: Running, folder: Path, say: Callable[[str], None]
) -> tuple[dict[str, list[Ask]], dict[str, list[Played]]]:
    say("préparation des scènes")
    asks = scenes.readings(product.port) | scenes.searches()
    played = {name: list(scenes.captured(some)) for name, some in asks.items()}
    drafts = scenes.drafts(7 * WRITES)
    for name, prepared in (("reponse", scenes.replies(4 * WRITES)), ("depot", drafts[: 4 * WRITES])):
        asks[name], left = prepared[: 2 * WRITES], prepared[2 * WRITES :]
        played[name] = list(scenes.captured(left))
    asks[UPLOADS], left = drafts[4 * WRITES : 5 * WRITES], drafts[5 * WRITES :]
    played[UPLOADS] = list(scenes.captured_uploads(left))
    return asks, played


class Bench:
    def __init__(
        self,
        product: Running,
        bare: Running,
        alone: object,
        asks: dict[str, list[Ask]],
        played: dict[str, list[Played]],
    ) -> None:
        self.product, self.bare, self.alone = product, bare, alone
        self.asks, self.played = asks, played
        self.bare_browser = Browser(bare.port)
        self.bare_browser.get("/enter/")

    def measure(self, name: str) -> Times:
        if name == UPLOADS:
            return self.upload()
        return self.write(name) if self.asks[name][0].is_writing else self.read(name)

    def read(self, name: str) -> Times:
        asks, played = self.asks[name], self.played[name]
        browsers = self._browsers(asks)
        for number in range(WARM_UP):
            asks[number % len(asks)].again(browsers[number % len(browsers)])
            self.bare_browser.get(f"/{name}/{number % len(played)}/")
        times = Times(statements=len(played[0].statements), size=played[0].size)
        for number in range(ROUNDS):
            which = number % len(asks)
            times.product.append(_time(lambda which=which: asks[which].again(browsers[which])))
            times.bare.append(_time(lambda which=which: self.bare_browser.get(f"/{name}/{which}/")))
            times.raw.append(_time(lambda which=which: raw.play(self.alone, played[which])))
        jobs = [(lambda b=b, a=a: a.again(b)) for b, a in zip(browsers, asks, strict=True)]
        times.product_cpu = _cpu(self.product, jobs)
        times.bare_cpu = _cpu(self.bare, [lambda: self.bare_browser.get(f"/{name}/0/")])
        times.per_second = self._together(asks)
        return times

    def _browsers(self, asks: list[Ask]) -> list[Browser]:
        known: dict[tuple[str, int], Browser] = {}
        for ask in asks:
            if (ask.audience, ask.who) not in known:
                known[ask.audience, ask.who] = signed_in(self.product.port, ask.audience, ask.who)
                if ask.is_search:
                    known[ask.audience, ask.who].get(scenes.LIST)  # its field carries the token
        return [known[ask.audience, ask.who] for ask in asks]

    def _together(self, asks: list[Ask]) -> float:
        """Two people for a few seconds."""

        def one(browsers: list[Browser]) -> int:
            count, limit = 0, time.monotonic() + SECONDS_TOGETHER
            for browser, ask in cycle(zip(browsers, asks, strict=True)):
                ask.again(browser)
                count += 1
                if time.monotonic() > limit:
                    return count
            return count

        browsers = [self._browsers(asks) for _ in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as clients:
            return sum(clients.map(one, browsers)) / SECONDS_TOGETHER

    def write(self, name: str) -> Times:
        """Each request can be made once: nothing is repeated, nothing is undone."""
        asks, played = self.asks[name], self.played[name]
        times = Times(statements=len(played[0].statements))
        browsers = self._browsers(asks)
        for browser, ask in zip(browsers, asks, strict=True):
            browser.get(ask.path)
        before, before_bare = self.product.cpu(), self.bare.cpu()
        for number in range(WRITES):
            ask, browser = asks[number], browsers[number]
            times.product.append(_time(lambda b=browser, a=ask: b.post(a.path, a.data or {})))
            times.bare.append(_time(lambda n=number: self.bare_browser.post(f"/{name}/{n}/", {})))
            times.raw.append(_time(lambda n=number: raw.play(self.alone, played[WRITES + n])))
        times.product_cpu = (self.product.cpu() - before) / WRITES
        times.bare_cpu = (self.bare.cpu() - before_bare) / WRITES
        rest = list(zip(browsers, asks, strict=True))[WRITES:]
        # A browser is a connection: two threads must not speak on the same one.
        halves = [rest[::2], [(self._browsers([ask])[0], ask) for _, ask in rest[1::2]]]
        for browser, ask in halves[1]:
            browser.get(ask.path)
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda half: [b.post(a.path, a.data or {}) for b, a in half], halves))
        times.per_second = WRITES / (time.monotonic() - began)
        return times

    def upload(self) -> Times:
        files, played = scenes.two_documents(), self.played[UPLOADS]
        times = Times(size=sum(len(data) for _, data in files), statements=len(played[0].statements))
        browsers = self._browsers(self.asks[UPLOADS])
        for browser in browsers:
            browser.get(scenes.UPLOAD)
        before, before_bare = self.product.cpu(), self.bare.cpu()
        for number, browser in enumerate(browsers):
            times.product.append(_time(lambda b=browser: b.upload(scenes.UPLOAD, files)))
            times.bare.append(_time(lambda n=number: self.bare_browser.upload(f"/upload/{n}/", files)))
            times.raw.append(_time(lambda n=number: raw.play(self.alone, played[WRITES + n])))
        times.product_cpu = (self.product.cpu() - before) / WRITES
        times.bare_cpu = (self.bare.cpu() - before_bare) / WRITES
        times.per_second = 1 / (sum(times.product) / len(times.product))
        return times


def _cpu(running: Running, jobs: list[Callable[[], object]]) -> float:
    before = running.cpu()
    for number in range(ROUNDS):
        jobs[number % len(jobs)]()
    return (running.cpu() - before) / ROUNDS


def _time(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def _imports() -> float:
    """What importing the application takes, alone."""
    return _time(
        lambda: subprocess.run([sys.executable, "-c", "import mediane.wsgi"], check=True, capture_output=True)
    )


@contextmanager
def _running(running: Running) -> Iterator[Running]:
    try:
        yield running
    finally:
        running.stop()
