"""A demonstration stopped while it was being made."""

import pytest

from mediane.casework.models import Case
from mediane.integrations import demonstration
from mediane.integrations.demonstration import history
from mediane.kit import rowsecurity
from mediane.organisations.models import Membership, Organisation


class Unplugged(Exception):
    """Stands for a power cut."""


def test_interrupted_it_leaves_nothing_behind(committed, monkeypatch, tmp_path, settings):
    settings.DATA = tmp_path

    def unplug(*_: object) -> None:
        raise Unplugged

    monkeypatch.setattr(history, "write", unplug)

    with pytest.raises(Unplugged):
        demonstration.load()

    ain = Organisation.objects.get(code="01")
    with rowsecurity.working_for(rowsecurity.staff(ain.pk)):
        assert not Membership.objects.filter(organisation=ain).exists()
        assert not Case.objects.exists()
