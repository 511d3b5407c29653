"""The form of a page as somebody fills it by hand: all typed in, every box ticked, the last choice made."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRONG_DATE = {"day": "31", "month": "2", "year": "2027"}
# Longer than any text a form takes.
TOO_MUCH = "Texte gardé. " * 6_000


@dataclass
class Filled:
    """`hidden` goes with the page; `boxes` are ticked or chosen, `texts` typed."""

    hidden: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    address: str = ""
    is_kept: bool = False
    standing: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """The forms that are posted, each with what it asks for and what stands in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Filled] = []
        self._in: Filled | None = None
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_posted = told.get("method") == "post"
            self._in = Filled(address=told.get("action", "")) if is_posted else None
            if self._in is not None:
                self._in.is_kept = "data-autosave" in told
                self.forms.append(self._in)
        elif self._in is not None and tag == "input":
            self._input(self._in, told)
        elif self._in is not None and tag == "textarea":
            self._area = told["name"]
            self._in.areas[self._area] = ""
        elif self._in is not None and tag == "select":
            self._select = told["name"]
        elif self._in is not None and tag == "option" and self._select:
            self._in.choices.setdefault(self._select, []).append(told.get("value", ""))
            if "selected" in told:
                self._in.standing.append(f"{self._select}={told.get('value', '')}")

    def _input(self, form: Filled, told: dict[str, str]) -> None:
        name, kind, value = told.get("name", ""), told.get("type", "text"), told.get("value", "on")
        form.is_kept = form.is_kept or "data-keeps" in told
        if kind == "hidden":
            form.hidden[name] = told.get("value", "")
        elif kind in ("radio", "checkbox"):
            form.boxes.setdefault(name, [])
            form.boxes[name] = [value] if kind == "radio" else [*form.boxes[name], value]
            if "checked" in told:
                form.standing.append(f"{name}={value}")
        elif kind not in ("file", "submit", "search"):
            form.texts[name] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._in is not None and self._area:
            self._in.areas[self._area] += data


def to_refuse(form: Filled) -> dict[str, str | list[str]]:
    """Everything is filled, and something is wrong: a date that does not exist, or a text far too long."""
    sent: dict[str, str | list[str]] = dict(form.hidden) | {
        name: list(one) for name, one in form.boxes.items()
    }
    has_date = any(name.endswith("_day") for name in form.texts)
    typed = "Tapé. " * (1 if has_date or form.areas else 200)
    for name in form.texts:
        part = name.rpartition("_")[2]
        sent[name] = WRONG_DATE.get(part, typed.strip())
    for name in form.areas:
        sent[name] = f"Écrit dans {name}" if has_date else TOO_MUCH
    for name, values in form.choices.items():
        sent[name] = values[-1]
    return sent


def lost(sent: dict[str, str | list[str]], form: Filled, back: Filled) -> list[str]:
    """What was typed, chosen or ticked, and is not on the page that came back."""
    gone = [name for name in form.texts if back.texts.get(name) != sent[name]]
    gone += [name for name in form.areas if back.areas.get(name, "").strip() != str(sent[name]).strip()]
    gone += [name for name, values in form.choices.items() if f"{name}={values[-1]}" not in back.standing]
    for name, values in form.boxes.items():
        gone += [f"{name}={value}" for value in values if f"{name}={value}" not in back.standing]
    return gone
