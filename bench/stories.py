"""One invented case after another, as lines of the tables it fills."""

import hashlib
import random
import uuid
from bisect import bisect
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from bench.bulk import NULL, array, text
from bench.cafs import Caf, reference
from bench.sheets import Sheets
from bench.words import ASKED, FIRST_NAMES, LAST_NAMES, MESSAGES, PIECES, REPLY, SENTENCES
from mediane.casework.actions.messages import NOTE
from mediane.casework.actions.schedule import WORDS
from mediane.casework.rules.deadlines import Kind
from mediane.documents.queries import keyring
from mediane.kit import sealing
from mediane.kit.text import fold

YEARS = 5
DAYS = YEARS * 365
SHARE_OPEN = 0.04
SHARE_LONG = 0.01
LONG = 30  # steps
LEAST_OPEN_IN_PARIS = 300  # so that the first page of the list is full at every size

CLOSED = ("answered", "redirected", "inadmissible", "withdrawn", "ended_by_litigation")
CLOSED_WEIGHTS = list(accumulate((70, 12, 8, 8, 2)))
OPEN = ("received", "under_study", "awaiting_beneficiary", "awaiting_decision")
OPEN_WEIGHTS = list(accumulate((20, 45, 20, 15)))
ENDINGS = {
    "answered": "answer",
    "redirected": "redirect",
    "inadmissible": "declare_inadmissible",
    "withdrawn": "withdraw",
    "ended_by_litigation": "end_by_litigation",
}
BENEFITS = ("APL", "PPA", "RSA", "AAH", "AF", "ASF", "ALF", "ALS", "CMG", "AEEH")
GROUNDS = ("OVERPAYMENT_NOT_UNDERSTOOD", "NON_PAYMENT", "DELAY", "DECISION_NOT_UNDERSTOOD", "DEDUCTIONS")
CHANNELS = ("ONLINE", "ONLINE", "ONLINE", "MAIL", "EMAIL", "DESK")


HOURS = [f" {8 + minute // 60:02}:{minute % 60:02}:00+00" for minute in range(600)]


class Stories:
    """The same seed, day and size always tell the same cases (but for their sealing keys)."""

    def __init__(
        self, cafs: list[Caf], *, seed: int, day: date, reply_template: int, first: Callable[[str], int]
    ) -> None:
        self.draw = random.Random(seed)  # noqa: S311 — invented data, not a secret
        self.cafs, self.day, self.reply_template = cafs, day, reply_template
        self.sheets = Sheets()
        self.ids = {name: first(sheet.table) for name, sheet in vars(self.sheets).items()}
        others = [1 / (rank + 8) for rank in range(len(cafs) - 1)]
        self.shares = list(accumulate([0.07, *(0.93 * weight / sum(others) for weight in others)]))
        self.count = 0

    def next_id(self, name: str) -> int:
        number = self.ids[name]
        self.ids[name] += 1
        return number

    def tell(self) -> None:
        draw = self.draw
        self.count += 1
        caf = self.cafs[min(bisect(self.shares, draw.random()), len(self.cafs) - 1)]
        caf.cases += 1
        is_open = draw.random() < SHARE_OPEN or (caf is self.cafs[0] and caf.cases <= LEAST_OPEN_IN_PARIS)
        states, weights = (OPEN, OPEN_WEIGHTS) if is_open else (CLOSED, CLOSED_WEIGHTS)
        state = states[bisect(weights, draw.random() * 100)]
        age = int(draw.expovariate(1 / 30)) % 120 if is_open else 5 + int(draw.random() * (DAYS - 5))
        Telling(self, caf, state, self.day - timedelta(days=age), age).tell()


class Telling:
    def __init__(self, stories: Stories, caf: Caf, state: str, received_on: date, age: int) -> None:
        self.stories, self.sheets, self.draw = stories, stories.sheets, stories.draw
        self.caf, self.state, self.received_on, self.age = caf, state, received_on, age
        self.org = caf.row.pk
        self.member = caf.team[int(self.draw.random() * len(caf.team))]
        self.is_open = state in OPEN
        self.is_long = state != "received" and self.draw.random() < SHARE_LONG
        self.lasted = 0 if state == "received" else max(1, min(age, 3 + int(self.draw.random() * 60)))
        self.first_day = received_on.toordinal()
        self.id = stories.next_id("case")
        self.reference = reference(self.id)
        self.steps: list[tuple[str, str, str, bool]] = []

    def tell(self) -> None:
        self.person()
        self.request()
        self.deadlines()
        self.live()
        self.case()
        if self.is_long:
            self.talk()

    def at(self, share: float) -> str:
        """An instant between the receipt (0) and the last act (1)."""
        minute = int(share * 500) + self.id % 60
        return _iso(self.first_day + int(self.lasted * share)) + HOURS[minute]

    def person(self) -> None:
        draw, people = self.draw, self.caf.people
        if len(people) > 20 and draw.random() < 0.15:
            self.who = people[int(draw.random() * len(people))]
        else:
            self.who = self.stories.next_id("beneficiary")
            people.append(self.who)
            first = FIRST_NAMES[int(draw.random() * len(FIRST_NAMES))]
            last = LAST_NAMES[int(draw.random() * draw.random() * len(LAST_NAMES))]
            self.sheets.beneficiary.add(
                self.who, self.org, 8_000_000 + self.who, "Madame" if first[-1] == "a" else "",
                first, last,
                _key(first, last), f"personne{self.who}@exemple.invalid", "12 rue des Essais",
            )  # fmt: skip
        self.key, self.key_id = sealing.new_key(), self.stories.next_id("key")
        wrapped = sealing.wrap(self.key, keyring())
        self.sheets.key.add(self.key_id, self.org, self.who, text(wrapped))

    def request(self) -> None:
        draw, at = self.draw, self.at(0)
        self.benefit = array([BENEFITS[int(draw.random() * draw.random() * len(BENEFITS))]])
        self.ground = array([GROUNDS[int(draw.random() * len(GROUNDS))]])
        self.channel = CHANNELS[int(draw.random() * len(CHANNELS))]
        complaint, self.referral_id = self.stories.next_id("complaint"), self.stories.next_id("referral")
        made_on = self.received_on - timedelta(days=70 + self.id % 90)
        self.sheets.complaint.add(
            complaint, self.org, self.who, "REGISTER", f"26-{complaint}", "Trop-perçu", made_on,
            made_on + timedelta(days=30), "t", at,
        )  # fmt: skip
        asked = ASKED[int(draw.random() * len(ASKED))]
        words = " ".join(SENTENCES[(self.id + k * 7) % len(SENTENCES)] for k in range(3 + self.id % 4))
        words += f" Mon bailleur est {LAST_NAMES[int(draw.random() * len(LAST_NAMES))]}."
        self.sheets.referral.add(
            self.referral_id, self.org, self.who, self.reference, self.key_id, complaint, self.channel,
            self.benefit, self.ground, "Trop-perçu de 1 842,60 €", asked, words, at, at, at,
        )  # fmt: skip

    def deadlines(self) -> None:
        self.due_on, self.due_what = self.received_on, WORDS[Kind.REPLY]
        is_known = False
        for due in self.caf.dues(self.received_on):
            is_awaited = self.is_open and (self.state == "received" or due.kind == "reply")
            met = NULL if is_awaited else self.received_on
            self.sheets.deadline.add(
                self.stories.next_id("deadline"), self.org, self.id, due.kind, due.on, text(due.because), met
            )
            if not is_known:
                self.due_on, self.due_what, is_known = due.on, WORDS[due.kind], met == NULL

    def live(self) -> None:
        """The acts that led here, six on average."""
        act = self.steps.append
        act(("file", "", "received", True))
        if self.state != "received":
            act(("acknowledge", "", "received", True))
            act(("take_up", "received", "under_study", True))
            if self.state not in ("redirected", "inadmissible"):
                act(("admit", "", "under_study", True))
                self.admitted()
            if self.draw.random() < 0.25:
                act(("ask_beneficiary", "under_study", "awaiting_beneficiary", True))
                act(("send_document", "", "awaiting_beneficiary", True))
                act(("resume", "awaiting_beneficiary", "under_study", True))
            for number in range(LONG - 1 - len(self.steps) if self.is_long else int(self.draw.random() * 2)):
                act(("write" if number % 3 else "assign", "", "under_study", number % 3 != 0))
        self.wait_or_end()
        for number, (name, source, target, is_shared) in enumerate(self.steps):
            self.write_down(number, name, source, target, "t" if is_shared else "f")
        for number in range(2):
            self.journal(self.at((number + 1) / 3), "consult", by_person=False)

    def wait_or_end(self) -> None:
        act, number = self.steps.append, self.stories.next_id
        if self.state in ENDINGS:
            act((ENDINGS[self.state], "under_study", self.state, True))
            if self.state != "withdrawn":
                getattr(self, self.state)()
        elif self.state == "awaiting_beneficiary":
            act(("ask_beneficiary", "under_study", self.state, True))
            request, due_on = number("request"), self.stories.day + timedelta(days=self.id % 14)
            self.sheets.request.add(request, self.org, self.id, self.at(1), self.member.full_name, due_on)
            for label in PIECES[: 1 + self.id % 3]:
                self.sheets.item.add(number("item"), self.org, request, label)
        elif self.state == "awaiting_decision":
            act(("await_decision", "under_study", self.state, True))
            self.sheets.hold.add(
                number("hold"), self.org, self.id, "MDPH", "Décision sur le taux", self.received_on,
                self.stories.day + timedelta(days=self.id % 30),
            )  # fmt: skip

    def write_down(self, number: int, act: str, source: str, target: str, is_shared: str) -> None:
        by_person = act in ("file", "send_document", "withdraw") or (act == "write" and number % 2)
        at = self.at(number / max(1, len(self.steps) - 1))
        self.sheets.step.add(
            self.stories.next_id("step"), self.org, self.id, act, source, target, at,
            "person" if by_person else "staff", self.who if by_person else self.member.pk,
            "La personne" if by_person else self.member.full_name, "", is_shared,
        )  # fmt: skip
        self.journal(at, act, by_person=bool(by_person))

    def journal(self, at: str, verb: str, *, by_person: bool) -> None:
        self.sheets.journal.add(
            self.stories.next_id("journal"), at, self.org, self.who, "person" if by_person else "staff",
            self.who if by_person else self.member.pk, "La personne" if by_person else self.member.full_name,
            verb, "case", self.reference,
        )  # fmt: skip

    def admitted(self) -> None:
        self.ruled("admissible", "")

    def ruled(self, verdict: str, reason: str) -> None:
        self.sheets.admissibility.add(
            self.stories.next_id("admissibility"), self.org, self.id, verdict, reason, self.at(0.3),
            self.received_on, self.caf.team[0].full_name,
        )  # fmt: skip

    def redirected(self) -> None:
        self.sheets.reorientation.add(
            self.stories.next_id("reorientation"), self.org, self.id, "OTHER_BODY", "CPAM", self.at(1),
            self.member.full_name,
        )  # fmt: skip

    def inadmissible(self) -> None:
        self.ruled("inadmissible", "NO_PRIOR_STEP")

    def ended_by_litigation(self) -> None:
        number = self.stories.next_id("litigation")
        self.sheets.litigation.add(number, self.org, self.id, self.received_on, "Requête reçue", self.at(1))

    def answered(self) -> None:
        mediator, at, number = self.caf.team[0].full_name, self.at(1), self.stories.next_id
        outcome = ("revised", "partly_revised", "upheld", "upheld")[self.id % 4]
        self.sheets.closing.add(
            number("closing"), self.org, self.id, outcome, "ASSESSMENT_ERROR", at, mediator
        )
        public_id = uuid.UUID(hashlib.md5(self.reference.encode(), usedforsecurity=False).hexdigest())
        self.sheets.letter.add(
            number("letter"), self.org, self.id, self.stories.reply_template, "REPLY", public_id,
            "Réponse à votre demande", REPLY, at, mediator, at, mediator, "médiatrice",
        )  # fmt: skip

    def case(self) -> None:
        at, closed = self.at(0), NULL if self.is_open else self.at(1)
        admitted = self.received_on if any(step[0] == "admit" for step in self.steps) else NULL
        cause = "ASSESSMENT_ERROR" if self.state == "answered" else ""
        self.sheets.case.add(
            self.id, self.org, self.referral_id, self.who, self.key_id, self.reference, self.channel,
            "BENEFICIARY",
            self.benefit, self.ground, "t" if self.id % 25 == 0 else "f", at, self.received_on, self.state,
            NULL if self.state == "received" else self.member.pk, admitted, self.due_on, self.due_what,
            "t" if self.state == "awaiting_decision" else "f",
            "t" if self.is_open and self.id % 9 == 0 else "f",
            cause, closed, len(self.steps) + 1,
        )  # fmt: skip

    def talk(self) -> None:
        """A long case: what was said, and private notes."""
        for number in range(10):
            from_person, at = number % 2 == 0, self.at(number / 10)
            author = "La personne" if from_person else f"{self.member.full_name}, référente"
            self.sheets.message.add(
                self.stories.next_id("message"), self.org, self.id, text(from_person), author,
                MESSAGES[(self.id + number) % len(MESSAGES)], at, at,
            )  # fmt: skip
        for number in range(3):
            sealed = sealing.seal(MESSAGES[number].encode(), self.key, context=NOTE)
            self.sheets.note.add(
                self.stories.next_id("note"), self.org, self.id, text(sealed), self.member.full_name,
                self.at(number / 3),
            )  # fmt: skip


@cache
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


@cache
def _key(first: str, last: str) -> str:
    return fold(f"{last} {first}")
