"""The table of an overpayment: rows as they are typed, and what is pasted or given as a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from mediane.casework.models import Case
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import in_force
from mediane.debts.queries import Written
from mediane.debts.rules.kept import Typed
from mediane.debts.rules.pasted import Cell, rows_of
from mediane.debts.rules.typed import MOST_ROWS, Row
from mediane.documents.rules import MAX_FILE_BYTES
from mediane.kit import clock
from mediane.kit.french import weight
from mediane.kit.spreadsheet import Unreadable, read
from mediane.web.desk.forms import Gesture
from mediane.web.forms import offer, too_long

CELLS = ("month", "due", "paid", "reason", "given")
# Of a sheet: its rows of head, of totals, and blank ones.
MOST_READ = 4 * MOST_ROWS
LONGEST_PASTED = 20_000


class ExplanationForm(forms.Form):
    is_kept = False  # its page saves by itself

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.UUIDField(widget=forms.HiddenInput)
    benefit = forms.ChoiceField(
        label="Prestation concernée",
        required=False,
        error_messages={"invalid_choice": "Choisissez une prestation de la liste"},
    )
    pasted = forms.CharField(
        label="Lignes copiées d’un tableur",
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST_PASTED,
        error_messages={"max_length": too_long(LONGEST_PASTED)},
    )
    file = forms.FileField(
        label="Ou un fichier",
        required=False,
        error_messages={
            "empty": "Ce fichier est vide",
            "max_length": "Le nom de ce fichier est trop long",
            "invalid": "Choisissez un fichier",
        },
    )
    replaces = forms.BooleanField(label="À la place des lignes déjà écrites", required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = in_force(Benefit, clock.today(case.organisation.time_zone))
        mine = [(row.code, row.label) for row in rows if row.code in case.benefits]
        others = [(row.code, row.label) for row in rows if row.code not in case.benefits]
        offer(self, "benefit", [("", "Sans précision"), ("De ce dossier", mine), ("Autres", others)])

    def clean_pasted(self) -> list[Row]:
        text = self.cleaned_data["pasted"].strip("\r\n")
        return (
            _rows(text.encode(), "Aucune ligne lue. Copiez au moins le mois et deux sommes.") if text else []
        )

    def clean_file(self) -> list[Row]:
        given: UploadedFile | None = self.cleaned_data["file"]
        if given is None:
            return []
        data = given.read()
        if len(data) > MAX_FILE_BYTES:
            raise forms.ValidationError(f"Ce fichier dépasse {weight(MAX_FILE_BYTES)}.")
        return _rows(data, "Aucune ligne lue dans ce fichier. Il faut au moins le mois et deux sommes.")

    def written(self) -> tuple[Row, ...]:
        """The rows on the page, as they are: blank ones are nothing."""
        return rows_in(self.data) if isinstance(self.data, QueryDict) else ()

    def typed(self, *, with_sheet: bool = True) -> Typed:
        given = self.cleaned_data
        added = [*(given.get("pasted") or ()), *(given.get("file") or ())] if with_sheet else []
        kept = () if added and given.get("replaces") else self.written()
        return Typed((*kept, *added), given.get("benefit", ""))


def rows_in(data: QueryDict) -> tuple[Row, ...]:
    """Each row has a number in the names of its cells; a page of any length is read."""
    ranks = sorted({int(name[6:]) for name in data if name.startswith("month-") and name[6:].isdecimal()})
    rows = [Row(**{cell: data.get(f"{cell}-{rank}", "").strip() for cell in CELLS}) for rank in ranks[:200]]
    return tuple(row for row in rows if not row.is_blank)


def _rows(data: bytes, nothing: str) -> list[Row]:
    try:
        cells: list[list[Cell]] = read(data, most=MOST_READ)
    except Unreadable as unreadable:
        raise forms.ValidationError(unreadable.sentence) from unreadable
    rows = rows_of(cells)
    if not rows:
        raise forms.ValidationError(nothing)
    return rows


def known(written: Written) -> dict[str, Any]:
    return {"version": written.version, "benefit": written.typed.benefit}


class JoinForm(Gesture):
    """`version` is that of the draft."""

    is_joined = forms.BooleanField(label="Joindre l’explication du trop-perçu", required=False)
