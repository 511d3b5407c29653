import pytest

from mediane.kit import rowsecurity
from mediane.organisations.actions import RoleNotHere, add_member
from mediane.organisations.models import Role
from mediane.organisations.queries import all_cafs, by_code, membership_of, team_of


def test_the_national_role_is_held_at_the_cnaf_and_nowhere_else(cast, at) -> None:
    for organisation, role in ((cast.paris, Role.NATIONAL), (cast.cnaf, Role.MEDIATOR)):
        with pytest.raises(RoleNotHere):
            add_member(
                organisation=organisation, email="x@x.exemple", full_name="X", role=role, title="x", at=at
            )


def test_the_cnaf_is_not_a_caf(cast) -> None:
    assert len(all_cafs()) == 101
    assert cast.cnaf not in all_cafs()
    assert by_code("CNAF") is None


def test_the_national_mediation_finds_its_own_members_only(cast) -> None:
    with rowsecurity.working_for(cast.cnaf.context()):
        assert membership_of(cast.helene.id, cast.cnaf.pk) is not None
        assert membership_of(cast.claire.id, cast.paris.pk) is None
    assert cast.helene.kind == "national"


def test_the_head_of_a_caf_works_on_no_case(cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert cast.agnes.id not in {member.user_id for member in team_of(cast.paris.pk)}
    assert cast.agnes.kind == "head"


def test_a_member_added_again_keeps_one_account_and_takes_the_new_title(cast, at) -> None:
    known = {"email": "nadia@caf.exemple", "full_name": "Nadia Pruvost", "role": Role.OFFICER}
    again = add_member(organisation=cast.paris, **known, title="référente principale", at=at)
    assert again.user_id == cast.nadia.id
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        (found,) = [member for member in team_of(cast.paris.pk) if member.user_id == cast.nadia.id]
    assert found.title == "référente principale"
