"""A reference CRM of one's own, answering on a real socket for the time of a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediane.integrations.crm.reference import Reference
from mediane.integrations.crm.store import FILE, Store

TOKEN = "a token of sixteen letters and more"


@contextmanager
def a_reference_crm(folder: Path, port: int = 0) -> Iterator[Reference]:
    server = Reference(Store(folder / FILE), TOKEN, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
