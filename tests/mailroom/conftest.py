from datetime import datetime

import pytest

from tests.cast import Cast
from tests.mailroom.letters import open_the_mailbox


@pytest.fixture
def opened(cast: Cast, at: datetime) -> None:
    """Paris has closed its mailbox since 2023: here it reads it again."""
    open_the_mailbox(cast, at)
