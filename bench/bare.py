"""The least a Django page can do: a session, the same statements, a template of the same size."""

import json
import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from mediane.settings import env

settings.configure(
    SECRET_KEY="a bench keeps no secret",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": env.database("BENCH_DATABASE_URL") | {"CONN_MAX_AGE": None}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    FILE_UPLOAD_MAX_MEMORY_SIZE=2_500_000,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 — Django must be awake
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

from mediane.documents import rules  # noqa: E402
from mediane.kit import sealing  # noqa: E402
from mediane.kit.blobs import Blobs  # noqa: E402

PLAN = Path(os.environ["BENCH_PLAN"])
PLAYED = json.loads(PLAN.read_text())
FILES = Blobs(PLAN.parent / "bare-files")
FILLING: dict[tuple[str, int], str] = {}


def enter(request: HttpRequest) -> HttpResponse:
    request.session["who"] = 1
    return HttpResponse("entré")


def page(request: HttpRequest, scene: str, variant: int) -> HttpResponse:
    if request.session.get("who") is None:
        return HttpResponse(status=403)
    played = PLAYED[scene][variant]
    rows = _play(played)
    if request.method == "POST":
        return HttpResponseRedirect("/")
    words = {"title": scene, "rows": rows}
    if (scene, variant) not in FILLING:
        bare = render(request, "bare.html", words | {"filling": ""})
        FILLING[scene, variant] = "." * max(0, played["size"] - len(bare.content))
    return render(request, "bare.html", words | {"filling": FILLING[scene, variant]})


def _play(played: dict[str, Any]) -> list[tuple[Any, ...]]:
    rows = []
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in played["statements"]:
            cursor.execute(statement)
            if cursor.description:
                rows += cursor.fetchall()
    return rows


def upload(request: HttpRequest, variant: int) -> HttpResponse:
    """Received, checked, sealed and kept: without these a file is not filed at all."""
    if request.session.get("who") is None:
        return HttpResponse(status=403)
    for file in request.FILES.getlist("documents"):
        accepted = rules.check(file.name or "", file.read())
        FILES.write(sealing.seal(accepted.data, sealing.new_key(), context=b"bench"))
    _play(PLAYED["documents"][variant])
    return HttpResponseRedirect("/")


urlpatterns = [
    path("enter/", enter),
    path("upload/<int:variant>/", upload),
    path("<slug:scene>/<int:variant>/", page),
]
application = WSGIHandler()
