"""The data of an edition: each of its tables as CSV, and what each counts; the same bytes each time."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mediane.kit.spreadsheet import as_csv
from mediane.reports.rules.composing import print_of, tables_in

NUMBER = re.compile("[+]?([−-]?[0-9\u00a0]+(?:,[0-9]+)?)(?:\u00a0[€%])?")
READABLE = 0o644 << 16


def archive(contents: Mapping[str, Any]) -> bytes:
    """Tables as read, in French; inside the service, the tallies they come from too."""
    whole = dict(contents)
    made = {
        f"{table['code']}.csv": as_csv(
            [table["head"], *([_plain(cell) for cell in row] for row in table["rows"])]
        )
        for table in tables_in(whole)
    }
    made["rapport.json"] = _json({"empreinte": print_of(whole), "couverture": whole["cover"]})
    made["definitions.csv"] = as_csv([["Figure", "Définition", "Population"], *whole["definitions"]])
    if "numbers" in whole:
        made["decomptes.json"] = _json(whole["numbers"])
    out = io.BytesIO()
    day = datetime.fromisoformat(whole["cover"]["frozen_at"])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archived:
        for name in sorted(made):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.external_attr, entry.compress_type, entry.create_system = READABLE, zipfile.ZIP_DEFLATED, 3
            archived.writestr(entry, made[name])
    return out.getvalue()


def _plain(cell: str) -> str:
    """« 1 454 » → 1454, « 931 618,06 € » → 931618,06, « −12,69 % » → -12,69: numbers a spreadsheet reads."""
    found = NUMBER.fullmatch(cell)
    return found[1].replace("\u00a0", "").replace("−", "-") if found else cell


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
