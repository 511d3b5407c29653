"""Somebody who has no mouse."""

from typing import Any

from playwright.sync_api import Locator, Page

FARTHEST = 150  # presses of Tab before one calls it lost
# What shows that an element has the focus: its look, or that of what is drawn in its place, once it leaves.
HELD = """() => {
    const held = document.activeElement
    if (!held || held === document.body) return null
    const near = [held, held.parentElement, held.nextElementSibling, held.closest(".m-choice")]
    const drawn = near.filter(Boolean)
    const look = () => drawn.map(one => {
        const style = getComputedStyle(one)
        return [style.outlineStyle, style.outlineColor, style.boxShadow, style.backgroundColor,
                style.borderColor, style.color, style.clipPath, style.position].join("|")
    }).join("||")
    const box = held.getBoundingClientRect()
    const lit = look()
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2)
    held.blur()
    const dark = look()
    held.focus()
    return {
        shown: lit !== dark,
        covered: !over || !(over.contains(held) || drawn.some(one => one.contains(over))),
        words: held.outerHTML.slice(0, 120),
    }
}"""
STANDS = "one => one === document.activeElement"


class Keyboard:
    """Goes by Tab, and minds that each stop is seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def go(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def tab(self) -> dict[str, Any] | None:
        self.press("Tab")
        held: dict[str, Any] | None = self.page.evaluate(HELD)
        if held and (not held["shown"] or held["covered"]):
            self.unseen.append(f"{self.page.url}: {held}")
        return held

    def to(self, target: Locator) -> None:
        for _ in range(FARTHEST):
            if target.evaluate(STANDS):
                return
            self.tab()
        raise AssertionError(f"{self.page.url}: Tab never comes to {target}")

    def round_trip(self) -> list[str]:
        """Every stop, until the first comes back: nothing holds the focus for itself."""
        first = self.tab()
        stops = [str(first)]
        for _ in range(FARTHEST):
            held = self.tab()
            if held and first and held["words"] == first["words"]:
                return stops
            stops.append(str(held))
        raise AssertionError(f"{self.page.url}: held by {stops[-3:]}")

    def choose(self, *labels: str) -> None:
        """A radio by the arrows, as they go together; a box by Space."""
        for label in labels:
            words = self.page.locator("label", has_text=label).first
            control = self.page.locator(f"[id='{words.get_attribute('for')}']")
            if control.get_attribute("type") == "checkbox":
                self.to(control)
                self.press("Space")
                continue
            group = self.page.locator(f"input[name='{control.get_attribute('name')}']")
            entry = group.and_(self.page.locator(":checked"))
            self.to(entry if entry.count() else group.first)
            self.press("Space")
            while not control.evaluate(STANDS):
                self.press("ArrowDown")
            assert control.is_checked()

    def write(self, name: str, words: str) -> None:
        self.to(self.page.locator(f"[name={name}]"))
        self.page.keyboard.type(words)

    def send(self, button: str = "Continuer") -> None:
        self.to(self.page.get_by_role("button", name=button, exact=True))
        self.go("Enter")
