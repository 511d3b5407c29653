"""Every page a role reaches by its links, and its errors, at three widths."""

from dataclasses import dataclass, field
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Error, Page, Response

from tests.journeys.conftest import Product, Visitor
from tests.journeys.looking import Watch, faults, kind_of, links_of, submit_empty
from tests.journeys.people import go_on, sign_in

WIDTHS = (360, 768, 1440)
CASES = ("desk:case", "citizen:follow")
OF_A_LIST = 1  # case opened from each page that lists some: as many states
# The same for everybody: looked at once signed out, once signed in.
PUBLIC = {
    f"citizen:{name}"
    for name in (
        *("start", "find", "caf", "callback", "easy", "follow_by_code"),
        *("help", "accessibility", "privacy", "terms"),
    )
}
# Whoever sends these empty is told what is missing; the others are confirmations.
REFUSES_EMPTY = {
    "citizen:find",
    "citizen:follow_by_code",
    "citizen:callback",
    "citizen:complaint",
    "citizen:declare",
    "citizen:question",
    "citizen:request_step",
    "citizen:write",
    "citizen:send_document",
    "citizen:excuse_document",
    "citizen:litigation",
    "desk:ask_documents",
    "desk:ask_service",
    "desk:note_consultation",
    "desk:hold",
    "desk:write",
    "desk:note",
    "desk:keep_view",
    "desk:change_view",
    "desk:note_call",
    "desk:set_appointment",
    "desk:move_appointment",
    "desk:end_appointment",
    "desk:assign",
    "desk:admissibility",
    "desk:litigation",
    "desk:withdraw",
    "desk:sign_reply",
    "demonstration:add_complaint",
    "steering:draft_policy",
    "steering:change_policy",
    "steering:simulate_policy",
}
OPTIONAL = {"citizen:request_step documents"}
ROLES = {
    "nobody": (None, ("/", "/trouver/", "/demonstration/", "/connexion/")),
    "a person whose case waits": ("Jeanne Kermadec", ("/espace/",)),
    "a person with a full case": ("Samira Belkacem", ("/espace/",)),
    "a person who has a reply": ("Bintou Camara", ("/espace/",)),
    "a person with nothing yet": ("Marie-Lou Delmas", ("/espace/", "/saisir/", "/saisir/reclamation/autre/")),
    "a person with a draft": ("Hugo Lemaire", ("/espace/", "/saisir/", "/saisir/demande/documents/")),
    "a mediator": (
        "Claire Vasseur",
        ("/bureau/", "/bureau/?vue=clos", "/bureau/?vue=a-qualifier", "/bureau/?vue=reponses"),
    ),
    "an officer": ("Nadia Pruvost", ("/bureau/",)),
    "the national mediation": ("Hélène Marchetti", ("/pilotage/", "/pilotage/tests/", "/pilotage/regles/")),
    "the contact of a service": ("Malik Ferhat", ("/services/", "/services/?vue=repondues")),
    "the head of a Caf": ("Agnès Delattre", ("/pilotage/",)),
    "a mediator alone": ("Rémi Castagné", ("/bureau/", "/bureau/recherche/")),
}


@dataclass
class Walk:
    """Follows every link of a kind not seen yet, and looks."""

    page: Page
    watch: Watch
    sees_public: bool
    wrong: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def from_(self, *starts: str) -> None:
        ahead, seen = list(starts), set[str]()
        while ahead:
            address = ahead.pop(0)
            answer = opened(self.page, address)
            if answer is None:
                continue
            if answer.status >= 400:
                self.wrong.append(f"{address}: {answer.status}")
            kind = kind_of(self.page.url) or ""
            seen.add(kind)
            self.look(kind)
            ahead += self.new_links(seen)
            self.look_at_errors(kind)

    def new_links(self, seen: set[str]) -> list[str]:
        """One of each kind; of cases, the first of each list, since each is in a state of its own."""
        new, cases = [], 0
        for link in links_of(self.page):
            kind = kind_of(link)
            if kind is None or (kind in PUBLIC and not self.sees_public) or {kind, link} & seen:
                continue
            if kind in CASES:
                cases += 1
                if cases > OF_A_LIST:
                    continue
            seen.add(link if kind in CASES else kind)
            new.append(link)
        return new

    def look(self, kind: str) -> None:
        self.wrong += faults(self.page, self.watch)
        kind = kind.replace("citizen:caf", "citizen:start")  # at home, one’s own Caf is the start page
        other = self.titles.setdefault(self.page.title(), kind)
        if other != kind:
            self.wrong.append(f"{kind} has the title of {other}: {self.page.title()}")

    def look_at_errors(self, kind: str) -> None:
        if kind.split(" ", 1)[0] not in REFUSES_EMPTY or kind in OPTIONAL:
            return
        if not self.page.locator("main form[method=post]").count():
            return
        submit_empty(self.page)
        if not self.page.locator(".govuk-error-summary").count():
            self.wrong.append(f"{kind}: sent empty, no error is told")
        if not self.page.title().startswith("Erreur\u00a0: "):
            self.wrong.append(f"{kind}: an error that the title does not say")
        self.look(f"{kind}, with errors")


def opened(page: Page, address: str) -> Response | None:
    """Nothing, of what is taken away and not read on the page."""
    try:
        return page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_can_be_read_by_everybody(
    visitor: Visitor, product: Product, role: str, width: int
) -> None:
    name, starts = ROLES[role]
    page = visitor(width=width)
    if name is not None:
        sign_in(page, name)
    walk = Walk(page, Watch(page, urlparse(product.url).netloc), "nothing yet" in role or name is None)
    walk.from_(*starts)
    assert walk.wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_letter_is_written_and_signed_by_everybody(visitor: Visitor, product: Product, width: int) -> None:
    page = visitor(width=width)
    sign_in(page, "Claire Vasseur")
    walk = Walk(page, Watch(page, urlparse(product.url).netloc), sees_public=False)
    page.goto("/bureau/")
    page.get_by_role("link", name="Ibrahima Sow").first.click()
    page.get_by_role("link", name="Rédiger la réponse").first.click()
    walk.look("desk:reply, begun")
    go_on(page, "Relire et signer")
    page.wait_for_url("**/signer/")  # saved first, then left
    walk.look("desk:sign_reply")
    walk.look_at_errors("desk:sign_reply")
    assert walk.wrong == []
