"""The forms of absences and of notices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from mediane.attendance.actions.absences import Said
from mediane.attendance.models import Absence, NoticeWish
from mediane.attendance.rules.absences import Days, is_throughout
from mediane.attendance.states import WAYS, How, Topic
from mediane.kit.french import WEEKDAYS, join
from mediane.organisations.models import Membership
from mediane.web.design.fields import DateField
from mediane.web.forms import Once, no_social_security_number, offer, too_long

WORKED = 5  # days of a week


class AbsenceForm(Once):
    # That of the page, which is also that of its errors.
    field_order = ("member", "first_on", "last_on", "cover", "is_known", "note")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    member = forms.ChoiceField(
        label="Qui sera en absence",
        error_messages={
            "required": "Choisissez qui sera en absence",
            "invalid_choice": "Choisissez une personne",
        },
    )
    first_on = DateField(label="Premier jour", error_messages={"required": "Indiquez le premier jour"})
    last_on = DateField(label="Dernier jour", error_messages={"required": "Indiquez le dernier jour"})
    cover = forms.ChoiceField(
        label="Remplacement", required=False, error_messages={"invalid_choice": "Choisissez une personne"}
    )
    is_known = forms.BooleanField(label="Garder ce choix quand même", required=False)
    note = forms.CharField(
        label="À savoir",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        validators=[no_social_security_number],
        error_messages={"max_length": too_long(300)},
    )
    # Set once the cover is said to be away on some of the days.
    asks_to_confirm = False

    def __init__(
        self,
        *args: Any,
        members: Sequence[Membership],
        team: Sequence[Membership],
        away: Mapping[int, Sequence[Days]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "member", [(str(one.user_id), _called(one)) for one in members])
        self.asks_to_confirm = "is_known" in self.data
        days, chosen = self._days(), str(self["cover"].value() or "")
        there = [
            one
            for one in team
            # Whoever is away all along is not proposed; a choice already made stays, and is told.
            if str(one.user_id) == chosen or not (days and is_throughout(days, away.get(one.user_id, ())))
        ]
        names = [(str(one.user_id), _known(one, away.get(one.user_id, ()))) for one in there]
        offer(self, "cover", [("", "Personne"), *names])

    def _days(self) -> Days | None:
        """Those typed, or known, when they are days."""
        read = []
        for name in ("first_on", "last_on"):
            try:
                read.append(self.fields[name].clean(self[name].value()))
            except forms.ValidationError:
                return None
        first, last = read
        return Days(first, last) if first and last and first <= last else None

    @staticmethod
    def known(absence: Absence) -> dict[str, Any]:
        names = ("version", "first_on", "last_on", "note")
        people = {"member": str(absence.member_id), "cover": str(absence.cover_id or "")}
        return people | {name: getattr(absence, name) for name in names}

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            member_id=int(given["member"]),
            cover_id=int(given["cover"]) if given["cover"] else None,
            **{name: given[name] for name in ("first_on", "last_on", "note", "is_known")},
        )


def _called(member: Membership) -> str:
    return f"{member.user.full_name}, {member.title}"


def _known(member: Membership, away: Sequence[Days]) -> str:
    words = join([days.in_words for days in away])
    return f"{_called(member)} (en absence {words})" if words else _called(member)


class EndAbsenceForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoticesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    quiet = forms.MultipleChoiceField(
        label="Jours calmes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(enumerate(WEEKDAYS[:WORKED])),
        error_messages={"invalid_choice": "Choisissez des jours de la liste"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for topic in Topic:
            self.fields[topic.value] = forms.ChoiceField(
                label=topic.label,
                widget=forms.RadioSelect,
                choices=[(how.value, how.label) for how in WAYS[topic]],
                error_messages={
                    "required": "Choisissez une réponse",
                    "invalid_choice": "Choisissez une réponse de la liste",
                },
            )
        self.order_fields([*(topic.value for topic in Topic), "quiet", "version"])

    @staticmethod
    def known(wish: NoticeWish) -> dict[str, Any]:
        chosen = {topic.value: wish.how(topic).value for topic in Topic}
        return chosen | {"quiet": list(wish.quiet_days), "version": wish.version}

    @property
    def chosen(self) -> dict[Topic, How]:
        return {topic: How(self.cleaned_data[topic.value]) for topic in Topic}

    @property
    def quiet_days(self) -> list[int]:
        return [int(day) for day in self.cleaned_data["quiet"]]
