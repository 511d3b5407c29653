"""What is measured: each scene says who comes, what is asked, and what had to stand before."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from PIL import Image

from bench import capture
from bench.browser import Browser, signed_in
from bench.cafs import PARIS
from bench.capture import Played
from bench.full import filled
from bench.stories import LONG
from mediane.casework.models import Case
from mediane.complaints.actions import declare
from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Kind, Letter, LetterTemplate
from mediane.eligibility import actions as eligibility
from mediane.eligibility.rules import Answers, Subject
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Membership, Organisation
from mediane.organisations.queries import team_of
from mediane.people.models import Beneficiary
from mediane.referrals import actions as referrals

LIST, FILTERED = "/bureau/", "/bureau/?canal=ONLINE&prestation=APL"
SEARCH = "/bureau/recherche/"
# Names as they are heard, one letter wrong; words met in half of the cases, in a few, in none together.
MISSPELT = (
    *("Belkasem", "Samira Belkacen", "Morwan", "Zielinsky"),
    *("Tessie", "Vilondié", "Marangnac Aïcha", "Tourelval"),
)
TWO_WORDS = (
    *("retenue mars", "bailleur Morvan", "réclamation prestation", "Belkacem loyer", "expliqué calcul"),
    *(
        "bailleurs Tourelval",
        "tribunal dettes",
        "Dancourt hélicoptère",
        "justificatifs enfants",
        "Samira loyers",
    ),
)
FIGURES = "/pilotage/"
OWN, CHECK, UPLOAD = "/espace/", "/saisir/verifier/", "/saisir/demande/documents/"
PAGES_DEEP = 5
ANSWERED = Answers(
    about_caf=True,
    subject=Subject.INDIVIDUAL_BENEFIT,
    has_complained=True,
    was_answered=True,
    cra_pending=False,
    before_a_court=False,
    already_asked=False,
    is_urgent=False,
)
REPLY = (
    "Madame, Monsieur,\n\nJ’ai repris le calcul avec le service concerné.\n\nVous pouvez faire un recours, "
    "puis saisir le tribunal administratif ou le tribunal judiciaire."
)


@dataclass(frozen=True)
class Ask:
    """One request to time: who, where, and what is sent when something is."""

    audience: str
    who: int
    path: str
    data: dict[str, object] | None = None
    is_search: bool = False  # sent as a form, but may be asked again

    @property
    def is_writing(self) -> bool:
        return self.data is not None and not self.is_search

    def again(self, browser: Browser) -> None:
        if self.data is None:
            browser.get(self.path)
        else:
            browser.post(self.path, self.data, expect=200)


def paris() -> Organisation:
    return Organisation.objects.get(code=PARIS)


def mediator() -> Membership:
    with rowsecurity.working_for(rowsecurity.staff(paris().pk)):
        return team_of(paris().pk)[0]


def readings(port: int) -> dict[str, list[Ask]]:
    who = mediator().pk
    return {
        "liste": [Ask("staff", who, LIST)],
        "liste-filtree": [Ask("staff", who, FILTERED)],
        "liste-loin": [Ask("staff", who, _deep(signed_in(port, "staff", who)))],
        "dossier": [Ask("staff", who, f"/bureau/dossiers/{reference}/") for reference in long_cases(5)],
        "dossier-plein": [Ask("staff", who, f"/bureau/dossiers/{_full_case()}/")],
        "espace": [Ask("person", pk, OWN) for pk in _with_several_cases()],
        "chiffres": [Ask("staff", who, f"{FIGURES}?periode={clock.today().year - 1}")],
    }


def _deep(browser: Browser) -> str:
    """Follow « Afficher la suite » as somebody would."""
    path = LIST
    for _ in range(PAGES_DEEP):
        page = browser.get(path).text
        at = page.find("?apres=")
        if at < 0:
            break
        path = LIST + page[at : page.index('"', at)].replace("&amp;", "&")
    return path


def searches() -> dict[str, list[Ask]]:
    who = mediator().pk
    known = long_cases(len(TWO_WORDS))
    return {
        name: [Ask("staff", who, SEARCH, {"q": text}, is_search=True) for text in texts]
        for name, texts in (
            ("recherche-nom", MISSPELT),
            ("recherche-mots", TWO_WORDS),
            ("recherche-reference", known),
        )
    }


def long_cases(number: int) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(paris().pk)):
        rows = Case.objects.of(paris().pk).filter(admissible_on__isnull=False).annotate(acts=Count("steps"))
        return list(rows.filter(acts__gte=LONG).order_by("-pk").values_list("reference", flat=True)[:number])


def _full_case() -> str:
    member = mediator()
    with rowsecurity.working_for(rowsecurity.staff(paris().pk)):
        studied = Case.objects.of(paris().pk).filter(state="under_study", admissible_on__isnull=False)
        return filled(studied.order_by("-pk")[0], member.as_actor())


def _with_several_cases() -> list[int]:
    with rowsecurity.working_for(rowsecurity.staff(paris().pk)):
        people = Case.objects.of(paris().pk).values("beneficiary_id").annotate(cases=Count("pk"))
        return list(people.order_by("-cases", "beneficiary_id").values_list("beneficiary_id", flat=True)[:1])


def replies(number: int) -> list[Ask]:
    """Letters written and read over, that only wait for the signature."""
    member, at = mediator(), clock.now()
    actor = member.as_actor()
    template = LetterTemplate.objects.filter(kind=Kind.REPLY).order_by("pk")[0]
    with rowsecurity.working_for(rowsecurity.staff(paris().pk)):
        drafted = Letter.objects.filter(signed_at=None).values("case_id")
        cases = Case.objects.of(paris().pk).filter(state="under_study", admissible_on__isnull=False)
        chosen = list(cases.exclude(pk__in=drafted).select_related("organisation").order_by("pk")[:number])
        for case in chosen:
            letter = correspondence.begin_reply(case=case, template=template, by=actor, at=at)
            edit = correspondence.Edit("Votre dette est revue", REPLY, letter.version)
            correspondence.save_reply(letter=letter, edit=edit, by=actor, at=at)
    data = {"version": 2, "outcome": "revised", "cause": "ASSESSMENT_ERROR", "grounds": ["DELAY"]}
    data |= {"reason": "OTHER", "error_type": "NONE", "is_without_effect": "on"}
    return [
        Ask("staff", member.pk, f"/bureau/dossiers/{one.reference}/reponse/signer/", data) for one in chosen
    ]


def drafts(number: int) -> list[Ask]:
    """Requests complete but for their documents, each from somebody else; the same people at each call."""
    with rowsecurity.working_for(rowsecurity.staff(paris().pk)):
        people = Beneficiary.objects.filter(organisation=paris()).order_by("-pk")
        chosen = list(people.select_related("organisation")[:number])
    return [Ask("person", one.pk, CHECK, {"reference": _draft(one, clock.now())}) for one in chosen]


def _draft(of: Beneficiary, at: datetime) -> str:
    answers = Answers(
        **vars(ANSWERED) | {"complained_on": _days_before(at, 90), "answered_on": _days_before(at, 30)}
    )
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        draft = referrals.start_or_resume(of=of, at=at)
        complaint = declare(
            made_on=_days_before(at, 90),
            channel="Espace caf.fr",
            reference="26-884120",
            answered_on=_days_before(at, 30),
            of=of,
            at=at,
        )
        passed = eligibility.keep(answers=answers, of=of, told="", by=of.as_actor(), at=at, run_began_at=at)
        referrals.save(
            draft=draft,
            at=at,
            complaint=complaint,
            check_passed=passed,
            answers=eligibility.as_json(answers),
            benefits=["APL"],
            grounds=["DELAY"],
            asked="Comprendre ce trop-perçu",
            explanation="On me retient 187 € par mois pour une dette que je ne comprends pas.",
            safe_contact={"hours": "après 17 h"},
        )
        return draft.reference


def _days_before(at: datetime, days: int) -> date:
    return (at - timedelta(days=days)).date()


def two_documents() -> list[tuple[str, bytes]]:
    """Two photographs of about 500 kB: noise does not compress, as paper on a phone’s picture hardly does."""
    return [(f"page-{number}.jpg", _photograph(number)) for number in (1, 2)]


def _photograph(seed: int) -> bytes:
    draw = random.Random(seed)  # noqa: S311 — a picture of nothing
    small = Image.frombytes("RGB", (400, 566), draw.randbytes(400 * 566 * 3))
    kept = io.BytesIO()
    small.resize((1240, 1754)).save(kept, "JPEG", quality=40)
    return kept.getvalue()


def captured(asks: list[Ask]) -> Iterator[Played]:
    clients = {(ask.audience, ask.who): capture.sign_in(ask.audience, ask.who) for ask in asks}
    for ask in asks:
        client = clients[ask.audience, ask.who]
        if ask.is_search:
            yield capture.searching(client, ask.path, ask.data or {})
        elif ask.data is None:
            capture.reading(client, ask.path)  # what a worker reads once in its life is not counted
            yield capture.reading(client, ask.path)
        else:
            yield capture.writing(client, ask.path, ask.data)


def captured_uploads(asks: list[Ask]) -> Iterator[Played]:
    for ask in asks:
        files = [SimpleUploadedFile(name, data, "image/jpeg") for name, data in two_documents()]
        yield capture.writing(capture.sign_in(ask.audience, ask.who), UPLOAD, {"documents": files})
