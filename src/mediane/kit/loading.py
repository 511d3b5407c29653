"""Reference data written by migrations, from the fixtures that ship with the product."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def load(app: str, file: Path, model: str = "") -> Callable[[Any, Any], None]:
    """A migration step that creates the rows of `file`: a list, or lists by model name."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        content = json.loads(file.read_text(encoding="utf-8"))
        for name, rows in ({model: content} if model else content).items():
            table = apps.get_model(app, name)
            table.objects.using(schema_editor.connection.alias).bulk_create([table(**row) for row in rows])

    return forwards
