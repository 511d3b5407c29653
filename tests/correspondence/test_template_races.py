"""Two mediators on the same version at the same moment: one wins, the other is told."""

from collections.abc import Callable
from datetime import datetime

from mediane.correspondence import actions
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.correspondence.queries import templates_of
from mediane.correspondence.states import TemplateState
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from tests.cast import Cast
from tests.correspondence.libraries import at_work, edit, national, second, submitted, written
from tests.correspondence.test_races import together

THIRD = "Agathe Lorin"


def doing(by: Actor, act: Callable[[Actor], object]) -> Callable[[], None]:
    def run() -> None:
        with at_work(by):
            act(by)

    return run


def third(actor: Actor) -> Actor:
    other = second(actor, THIRD)
    return Actor(other.kind, 900_002, THIRD, other.organisation_id, other.role, other.title)


def approving(template: LetterTemplate, at: datetime) -> Callable[[Actor], object]:
    return lambda by: actions.approve_template(template=template, seen_revision=2, by=by, at=at)


def returning(template: LetterTemplate, at: datetime) -> Callable[[Actor], object]:
    return lambda by: actions.return_template(
        template=template, seen_revision=2, word="À revoir", by=by, at=at
    )


def a_submitted(cast: Cast, at: datetime) -> LetterTemplate:
    with at_work(cast.claire):
        return submitted(cast.claire, at)


def now(template: LetterTemplate, cast: Cast) -> LetterTemplate:
    with at_work(cast.claire):
        return LetterTemplate.objects.get(pk=template.pk)


def test_two_approve_and_one_is_told_who_did(committed: str, cast: Cast, at: datetime) -> None:
    template = a_submitted(cast, at)
    approve = approving(template, at)
    refused = together(doing(second(cast.claire), approve), doing(third(cast.claire), approve))
    first = now(template, cast).approved_by
    assert first in ("Mathilde Roumier", THIRD)
    assert refused == [
        f"{first} a approuvé ce modèle le 9\u00a0novembre\u00a02026 à 14\u00a0h\u00a041"
        "\u00a0: il ne change plus."
    ]
    with at_work(cast.claire):
        assert Entry.objects.filter(verb="approve_template").count() == 1


def test_one_approves_while_another_sends_back(committed: str, cast: Cast, at: datetime) -> None:
    template = a_submitted(cast, at)
    refused = together(
        doing(second(cast.claire), approving(template, at)),
        doing(third(cast.claire), returning(template, at)),
    )
    assert len(refused) == 1
    if now(template, cast).state == TemplateState.APPROVED:
        assert refused[0].startswith("Mathilde Roumier a approuvé")
    else:
        assert refused == [f"Ce modèle est en cours d’écriture. {THIRD} l’a renvoyé."]


def test_one_approves_while_its_author_takes_it_back(committed: str, cast: Cast, at: datetime) -> None:
    template = a_submitted(cast, at)
    approve, take_back = approving(template, at), returning(template, at)
    assert len(together(doing(second(cast.claire), approve), doing(cast.claire, take_back))) == 1


def test_two_save_and_the_second_is_told(committed: str, cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = written(cast.claire, at)

    def saving(words: str) -> Callable[[Actor], object]:
        return lambda by: actions.save_template(
            template=template, edit=edit(template, body=words), by=by, at=at
        )

    refused = together(doing(cast.claire, saving("Un")), doing(second(cast.claire), saving("Deux")))
    kept = now(template, cast)
    assert len(refused) == 1
    assert refused[0].startswith(f"{kept.saved_by} a enregistré une autre version")
    assert (kept.revision, kept.body) == (3, "Un" if kept.saved_by == "Claire Vasseur" else "Deux")


def test_one_saves_while_another_submits(committed: str, cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = written(cast.claire, at)
    refused = together(
        doing(
            cast.claire,
            lambda by: actions.save_template(template=template, edit=edit(template), by=by, at=at),
        ),
        doing(
            second(cast.claire),
            lambda by: actions.submit_template(template=template, seen_revision=2, by=by, at=at),
        ),
    )
    assert len(refused) == 1
    kept = now(template, cast)
    assert (kept.state, kept.revision) in (("draft", 3), ("submitted", 2))


def test_one_submits_while_another_throws_away(committed: str, cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = written(cast.claire, at)
    refused = together(
        doing(
            cast.claire, lambda by: actions.submit_template(template=template, seen_revision=2, by=by, at=at)
        ),
        doing(
            second(cast.claire),
            lambda by: actions.discard_template(template=template, seen_revision=2, by=by, at=at),
        ),
    )
    assert len(refused) == 1


def test_two_begin_the_next_version_and_share_it(committed: str, cast: Cast, at: datetime) -> None:
    begun: list[int] = []

    def begin(by: Actor) -> None:
        begun.append(actions.begin_version(template=national(), by=by, at=at).pk)

    assert together(doing(cast.helene, begin), doing(second(cast.helene), begin)) == []
    assert len(begun) == 2
    assert begun[0] == begun[1]


def test_two_begin_a_template_of_the_same_name(committed: str, cast: Cast, at: datetime) -> None:
    def begin(by: Actor) -> None:
        actions.begin_template(kind=Kind.REPLY, name="Rappel", by=by, at=at)

    refused = together(doing(cast.claire, begin), doing(second(cast.claire), begin))
    with at_work(cast.claire):
        codes = sorted(LetterTemplate.objects.filter(name="Rappel").values_list("code", flat=True))
    if refused:
        assert refused == ["Un modèle du même nom vient d’être commencé\u00a0: changez le nom."]
    assert codes == (["local-rappel"] if refused else ["local-rappel", "local-rappel-2"])


def test_two_retire_the_last_two_and_one_stays(committed: str, cast: Cast, at: datetime) -> None:
    """Every kind keeps a national template, even when two are retired at the same moment."""
    with at_work(cast.helene):
        only = next(one for one in templates_of(Kind.LITIGATION, at.date()))
        other = actions.begin_template(kind=Kind.LITIGATION, name="Autre fin", by=cast.helene, at=at)
        saved = actions.save_template(template=other, edit=edit(other, body="Fin."), by=cast.helene, at=at)
        actions.submit_template(template=saved, seen_revision=2, by=cast.helene, at=at)
        actions.approve_template(template=saved, seen_revision=2, by=second(cast.helene), at=at)

    def retiring(template: LetterTemplate) -> Callable[[Actor], object]:
        return lambda by: actions.retire_template(template=template, word="Trop", by=by, at=at)

    refused = together(doing(cast.helene, retiring(only)), doing(second(cast.helene), retiring(other)))
    assert len(refused) == 1
    assert "Il ne resterait aucun modèle national" in refused[0]
