"""The whole product, running: web server, worker, mail receiver, and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import axe_playwright_python
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mediane.integrations.crm.store import FILE
from tests.conftest import EMPTY, FOLDER, copy_of_the_database

PATIENCE = 30.0
LOAD = "import django; django.setup(); from mediane.integrations.demonstration import load; load(print)"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Letterbox:
    """Keeps what a real SMTP server was given."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@dataclass
class Product:
    url: str
    letterbox: Letterbox
    children: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def mail_to(self, address: str, number: int = 1) -> list[EmailMessage]:
        """What an address received, once there are `number` of them."""
        wait_until(lambda: len(self._to(address)) >= number, f"{number} mail to {address}")
        return self._to(address)

    def _to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.letterbox.received if address in str(message["To"])]


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > limit:
            pytest.fail(f"after {PATIENCE:.0f} s, still no {what}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def product(worker_id: str) -> Iterator[Product]:
    """The demonstration, as `make demo` serves it, with a mail receiver that the tests read; one a worker."""
    name = f"journeys_{worker_id}"
    copy_of_the_database(name, of=EMPTY)
    letterbox, port, mail_port, register = Letterbox(), free_port(), free_port(), free_port()
    receiver = Controller(letterbox, hostname="127.0.0.1", port=mail_port)
    receiver.start()
    product = Product(f"http://127.0.0.1:{port}", letterbox)
    environment = product.environment = surroundings(name, product.url, mail_port, register)
    subprocess.run([sys.executable, "-c", LOAD], env=environment, check=True, stdout=subprocess.DEVNULL)
    programs = {
        "serve": ["mediane", "serve", "--port", str(port), "--workers", "1"],
        "worker": ["mediane", "worker"],
        "grc": ["mediane.integrations.crm.reference", str(FOLDER / name / FILE), str(register)],
    }
    for program, arguments in programs.items():
        command = [sys.executable, "-m", *arguments]
        with (FOLDER / f"{name}-{program}.log").open("wb") as log:
            product.children.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
    wait_until(lambda: answers(f"{product.url}/etat/"), "answer of the product")
    yield product
    for child in product.children:
        child.terminate()
        child.wait(timeout=PATIENCE)
    receiver.stop()


def surroundings(name: str, url: str, mail_port: int, register: int) -> dict[str, str]:
    server = quote(str(FOLDER / "server" / "socket"), safe="")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "mediane.settings.demonstration",
        "DATABASE_URL": f"postgresql://mediane_app@/{name}?host={server}",
        "DATABASE_OWNER_URL": f"postgresql://mediane_owner@/{name}?host={server}",
        "MEDIANE_DATA": str(FOLDER / name),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "PUBLIC_URL": url,
        "CRM_URL": f"http://127.0.0.1:{register}/v1",
        "CRM_TOKEN": "a token of sixteen letters and more",
    }


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(chromium: Browser, product: Product) -> Iterator[Visitor]:
    """`visitor(width=360, javascript=False)`: a new browser, on a page of the product."""
    contexts: list[BrowserContext] = []

    def come(*, width: int = 1440, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=product.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page, WCAG 2.2 AA and best practice: rule and place."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        AXE_TAGS,
    )
    return [
        f"{page.url}: {rule['id']}: {node['target']} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
