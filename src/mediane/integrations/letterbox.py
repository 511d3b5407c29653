"""The demonstration's letter box: a real SMTP receiver that keeps each message as a file.

Run as a program: `python -m mediane.integrations.letterbox FOLDER PORT`.
"""

import asyncio
import secrets
import signal
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from mediane.kit import clock

LARGEST_MESSAGE = 10_000_000  # bytes


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (its name)
        """Named by the instant of arrival; accepted only once it is wholly written."""
        name = f"{clock.now():%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"
        draft = self.folder / f"{name}.new"
        draft.write_bytes(envelope.original_content or b"")
        draft.rename(self.folder / f"{name}.eml")
        return "250 OK"


def run(folder: Path, port: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_receive(folder, port))


async def _receive(folder: Path, port: int) -> None:
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for order in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(order, over.set)
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", data_size_limit=LARGEST_MESSAGE), "127.0.0.1", port
    )
    async with server:
        await over.wait()


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
