"""Of everything a person said of how to reach her, what holds for every request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS, Wish, carried, postal_address, strictest

ACCOUNT = {"address": "3 rue Vive\n75011 Paris", "phone": "06 39 98 00 01", "email": "compte@exemple.fr"}
SECRET = {"caution": HIDDEN_ADDRESS}
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = {"address": st.sampled_from(["chez Nadège", "au foyer"]), "phone": st.just("06 39 98 00 02")}
CONTACTS = st.fixed_dictionaries(
    {},
    optional={
        **PLACES,
        "email": st.just("autre@exemple.fr"),
        "hours": st.just("le mardi"),
        "caution": st.just(HIDDEN_ADDRESS),
        NO_LETTERS: st.just("oui"),
    },
)
HERS = 7
WISHES = st.builds(
    Wish,
    of=st.just(HERS),
    contact=CONTACTS,
    account=st.just(ACCOUNT),
    notice_by_email=st.booleans(),
    receipt_by_email=st.booleans(),
    is_online=st.booleans(),
    is_her_own=st.booleans(),
    is_open=st.booleans(),
    said_at=st.datetimes(timezones=st.just(UTC)),
)


def said(contact: dict[str, str] | None = None, *, days: int = 0, **differs: object) -> Wish:
    first = {"contact": contact or {}, "account": ACCOUNT, "said_at": FIRST + timedelta(days=days)}
    return Wish(**first | differs)  # type: ignore[arg-type]


def place(own: Wish, *others: Wish) -> str:
    chosen = strictest(own, others)
    return postal_address(chosen.contact, chosen.account.get("address", ""))


@given(own=WISHES, others=st.lists(WISHES, max_size=4))
def test_what_was_refused_or_kept_secret_anywhere_holds(own: Wish, others: list[Wish]) -> None:
    chosen = strictest(own, others)
    every = [own, *others]
    assert (NO_LETTERS in chosen.contact) == any(NO_LETTERS in one.contact for one in every)
    assert ("caution" in chosen.contact) == any("caution" in one.contact for one in every)
    if not own.notice_by_email or any(one.refuses_email for one in others):
        assert not chosen.notice_by_email
    assert own.receipt_by_email or not chosen.receipt_by_email


@given(wish=WISHES)
def test_alone_a_request_is_as_it_was_said(wish: Wish) -> None:
    chosen = strictest(wish, [])
    assert (chosen.contact, chosen.account) == (wish.contact, ACCOUNT)
    assert (chosen.notice_by_email, chosen.receipt_by_email) == (wish.notice_by_email, wish.receipt_by_email)


@given(own=WISHES, others=st.lists(WISHES, max_size=4), extra=CONTACTS)
def test_whoever_acts_for_her_moves_nothing_of_her_other_requests(
    own: Wish, others: list[Wish], extra: dict[str, str]
) -> None:
    theirs = said({"address": "chez lui", "email": "lui@exemple.fr", **extra, "phone": "1"}, is_her_own=False)
    chosen = strictest(own, [*others, theirs])
    assert "1" not in chosen.contact.values()


def test_a_secret_said_once_holds_before_and_after_open_or_closed() -> None:
    hidden = said({"address": "au foyer", **SECRET}, days=5, is_open=False)
    for other in (said(), said(days=9), said({"address": "chez lui"}, days=9, is_online=False)):
        assert place(other, hidden) == "au foyer"


def test_of_two_places_the_open_one_then_the_secret_one_then_the_last() -> None:
    closed = said({"address": "au foyer", **SECRET}, days=1, is_open=False)
    secret = said({"address": "chez Nadège", **SECRET}, days=2)
    last = said({"address": "chez Paule"}, days=3)
    assert place(said(), closed, last) == "chez Paule"
    assert place(said(), closed, secret, last) == "chez Nadège"
    assert place(closed, secret, last) == "chez Nadège"


def test_what_a_page_of_the_desk_only_typed_is_for_that_request() -> None:
    typed = said({"address": "2 rue Neuve"}, days=9, is_online=False)
    assert place(said(), typed) == ACCOUNT["address"]
    assert place(typed, said()) == "2 rue Neuve"
    sister = said({"address": "chez ma sœur"}, days=1)
    assert place(typed, sister) == "chez ma sœur"


def test_whoever_only_wrote_a_letter_refuses_no_email_elsewhere() -> None:
    letter = said(is_online=False, notice_by_email=False)
    assert strictest(said(), [letter]).notice_by_email
    assert not strictest(said(), [said(notice_by_email=False)]).notice_by_email
    assert not strictest(said(), [said(SECRET, is_online=False, notice_by_email=False)]).notice_by_email


def test_the_account_that_is_secret_is_the_one_that_counts() -> None:
    """Of two accounts of one person, the other one may still say where she fled from."""
    old_home = said(account={"address": "chez lui", "email": "a.deux@exemple.fr"})
    chosen = strictest(old_home, [said(SECRET)])
    assert chosen.account == ACCOUNT


def test_a_secret_told_by_whoever_acts_for_her_leaves_no_place_known_to_be_safe() -> None:
    theirs = said({"address": "chez l’association", **SECRET}, is_her_own=False)
    assert place(said(), theirs) == ""
    assert place(theirs) == place(theirs, said(), theirs) == "chez l’association"


@given(own=WISHES, others=st.lists(WISHES, max_size=3))
def test_what_leaves_for_another_caf_says_as_much(own: Wish, others: list[Wish]) -> None:
    chosen = strictest(own, others)
    there = strictest(said(carried(chosen), account={"address": "compte de là-bas"}), [])
    here = postal_address(chosen.contact, chosen.account.get("address", ""))
    if chosen.is_secret:
        assert postal_address(there.contact, there.account["address"]) == here


WORDS = st.builds(
    Wish,
    contact=CONTACTS,
    account=st.just(ACCOUNT),
    notice_by_email=st.booleans(),
    receipt_by_email=st.booleans(),
    said_at=st.datetimes(timezones=st.just(UTC)),
    of=st.just(HERS),
    replaces=st.just(frozenset({HERS})),
)


def told(chosen: Wish) -> tuple[object, ...]:
    return chosen.contact, chosen.account, chosen.notice_by_email, chosen.receipt_by_email


@given(own=WISHES, others=st.lists(WISHES, max_size=4), word=WORDS)
def test_nothing_said_before_the_word_counts_and_the_word_is_as_a_request_that_says_it(
    own: Wish, others: list[Wish], word: Wish
) -> None:
    since = [one for one in others if one.said_at >= word.said_at]
    if own.said_at < word.said_at:
        asked = replace(word, replaces=frozenset())
        assert told(strictest(own, [*others, word])) == told(strictest(asked, since))
    else:
        assert told(strictest(own, [*others, word])) == told(strictest(own, [*since, word]))


@given(own=WISHES, others=st.lists(WISHES, max_size=4), word=WORDS)
def test_nothing_said_after_the_word_is_weakened(own: Wish, others: list[Wish], word: Wish) -> None:
    chosen = strictest(own, [*others, word])
    since = [one for one in (own, *others) if one.said_at >= word.said_at]
    for refused in (NO_LETTERS, "caution"):
        assert (refused in chosen.contact) == any(refused in one.contact for one in (word, *since))
    if not word.notice_by_email or any(one.refuses_email for one in since):
        assert not chosen.notice_by_email


@given(own=WISHES, others=st.lists(WISHES, max_size=4), words=st.lists(WORDS, min_size=1, max_size=4))
def test_of_several_words_the_last_one_said_is_the_one(
    own: Wish, others: list[Wish], words: list[Wish]
) -> None:
    newest = max(one.said_at for one in words)
    last = [one for one in words if one.said_at == newest]
    assert told(strictest(own, [*others, *words])) == told(strictest(own, [*others, *last]))


@given(own=WISHES, others=st.lists(WISHES, max_size=4), word=WORDS)
def test_a_word_said_from_another_account_lifts_nothing_of_this_one(
    own: Wish, others: list[Wish], word: Wish
) -> None:
    elsewhere = replace(word, of=8, replaces=frozenset({8}))
    chosen, before = strictest(own, [*others, elsewhere]), strictest(own, others)
    assert set(before.contact) & {NO_LETTERS, "caution"} <= set(chosen.contact)
    assert before.notice_by_email or not chosen.notice_by_email


def test_her_word_ends_what_the_desk_typed_and_what_was_said_under_a_mandate() -> None:
    word = said({"address": "chez elle"}, days=9, replaces=frozenset({0}))
    typed = said({"address": "2 rue Neuve"}, is_online=False)
    theirs = said({"address": "chez l’association", **SECRET}, is_her_own=False)
    for own in (typed, theirs):
        assert place(own, word) == "chez elle"
    assert not strictest(theirs, [word]).is_secret
