"""What the person closed stays closed, on paper and towards other bodies."""

from hypothesis import given
from hypothesis import strategies as st

from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS, postal_address, told_elsewhere

ACCOUNT = {"address": "3 rue Vive\n75011 Paris", "phone": "06 39 98 00 01", "email": "compte@exemple.fr"}
CONTACTS = st.fixed_dictionaries(
    {},
    optional={
        "address": st.just("chez Nadège"),
        "phone": st.just("06 39 98 00 02"),
        "email": st.just("autre@exemple.fr"),
        "hours": st.just("le mardi"),
        "caution": st.just(HIDDEN_ADDRESS),
        NO_LETTERS: st.just("oui"),
    },
)


@given(contact=CONTACTS, by_email=st.booleans())
def test_no_way_that_was_closed_is_told(contact, by_email):
    told = told_elsewhere(contact, ACCOUNT, by_email=by_email)
    addresses = {ACCOUNT["address"], "chez Nadège"}
    if NO_LETTERS in contact or "caution" in contact:
        assert not addresses & set(told)
    if not by_email:
        assert not any("@" in way for way in told)
    for way in ("address", "phone", "email"):
        if way in contact:
            assert ACCOUNT[way] not in told


@given(contact=CONTACTS)
def test_letters_go_where_it_is_safe_or_nowhere(contact):
    sent = postal_address(contact, ACCOUNT["address"])
    if NO_LETTERS in contact:
        assert sent == ""
    else:
        assert sent == contact.get("address", ACCOUNT["address"])
