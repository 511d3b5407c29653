from datetime import datetime

import pytest

from mediane.kit import rowsecurity
from mediane.mailroom.actions import choose_policy
from mediane.mailroom.states import Policy
from tests.cast import Cast


@pytest.fixture
def opened(cast: Cast, at: datetime) -> None:
    """Paris has closed its mailbox since 2023: here it reads it again."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        choose_policy(
            organisation=cast.paris, policy=Policy.OPEN, effective_from=at.date(), by=cast.claire, at=at
        )
