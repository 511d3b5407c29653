import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.sealing import (
    Broken,
    Keyring,
    new_key,
    seal,
    unseal,
    unwrap,
    wrap,
)

keys = st.binary(min_size=32, max_size=32)
contexts = st.binary(min_size=1, max_size=40)


@given(plain=st.binary(), key=keys, context=contexts)
def test_what_is_sealed_opens_in_its_place(plain: bytes, key: bytes, context: bytes) -> None:
    assert unseal(seal(plain, key, context=context), key, context=context) == plain


@given(plain=st.binary(max_size=60), key=keys, data=st.data())
def test_any_byte_altered_breaks_the_seal(plain: bytes, key: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(plain, key, context=b"case 1 note"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Broken):
        unseal(bytes(sealed), key, context=b"case 1 note")


@given(plain=st.binary(max_size=60), key=keys, kept=st.data())
def test_a_cut_seal_does_not_open(plain: bytes, key: bytes, kept: st.DataObject) -> None:
    sealed = seal(plain, key, context=b"case 1 note")
    with pytest.raises(Broken):
        unseal(sealed[: kept.draw(st.integers(0, len(sealed) - 1))], key, context=b"case 1 note")


@given(here=contexts, there=contexts)
def test_a_value_moved_elsewhere_does_not_open(here: bytes, there: bytes) -> None:
    key = new_key()
    sealed = seal(b"06 39 98 12 34", key, context=here)
    if here != there:
        with pytest.raises(Broken):
            unseal(sealed, key, context=there)


def test_the_key_of_another_case_does_not_open() -> None:
    sealed = seal(b"note", new_key(), context=b"case 1")
    with pytest.raises(Broken):
        unseal(sealed, new_key(), context=b"case 1")


def test_sealing_twice_never_gives_the_same_bytes() -> None:
    key = new_key()
    assert len({seal(b"same", key, context=b"c") for _ in range(200)}) == 200


def test_nothing_is_sealed_without_a_context() -> None:
    with pytest.raises(ValueError, match="context"):
        seal(b"note", new_key(), context=b"")


def test_a_rotation_still_opens_what_the_old_key_wrapped() -> None:
    old, new, case_key = new_key(), new_key(), new_key()
    wrapped = wrap(case_key, Keyring(old))
    rotated = Keyring(new, previous=(old,))
    assert unwrap(wrapped, rotated) == case_key
    again = wrap(case_key, rotated)
    assert unwrap(again, Keyring(new)) == case_key


def test_a_removed_wrapping_key_is_told_apart_by_its_sentence() -> None:
    wrapped = wrap(new_key(), Keyring(new_key()))
    with pytest.raises(Broken, match="removed"):
        unwrap(wrapped, Keyring(new_key()))


@given(data=st.data())
def test_any_byte_of_a_wrapped_key_altered_breaks_it(data: st.DataObject) -> None:
    keyring = Keyring(new_key(), previous=(new_key(),))
    wrapped = bytearray(wrap(new_key(), keyring))
    wrapped[data.draw(st.integers(0, len(wrapped) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Broken):
        unwrap(bytes(wrapped), keyring)


def test_the_setting_lists_the_current_key_first() -> None:
    one, two = new_key(), new_key()
    text = ", ".join(base64.b64encode(key).decode() for key in (one, two))
    assert Keyring.from_setting(text) == Keyring(one, previous=(two,))


@pytest.mark.parametrize("text", ["", "court", "dG9vIHNob3J0", "é" * 44])
def test_a_bad_setting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"wrapping key|ASCII"):
        Keyring.from_setting(text)


def test_a_keyring_never_prints_its_keys() -> None:
    assert repr(Keyring(b"k" * 32, previous=(b"p" * 32,))) == "Keyring()"
