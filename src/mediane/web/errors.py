"""The pages of what went wrong, in plain French, with a way out."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mediane.documents.rules import MAX_FILES
from mediane.web.uploads import FilesTooHeavy

# What is refused before it is read: the first that fits says it.
TOO_MUCH: tuple[tuple[type[Exception], str, str], ...] = (
    (
        TooManyFilesSent,
        "Trop de fichiers à la fois",
        f"Rien n’a été enregistré. Une demande reçoit {MAX_FILES} fichiers au plus\u00a0: "
        "réunissez plusieurs pages dans un seul PDF.",
    ),
    (
        FilesTooHeavy,
        "Ces fichiers sont trop lourds",
        "Rien n’a été enregistré. Ensemble, ils ne doivent pas dépasser 100\u00a0Mo\u00a0: "
        "envoyez-en moins, ou des photos plus légères.",
    ),
    (
        RequestDataTooBig,
        "Ce texte est trop long",
        "Rien n’a été enregistré. Gardez l’essentiel, et joignez le reste dans un fichier.",
    ),
    (
        TooManyFieldsSent,
        "Trop de choix à la fois",
        "Rien n’a été enregistré. Cochez moins de lignes, puis recommencez.",
    ),
)
BACK = "Revenez à la page précédente pour corriger. Ce qui était déjà gardé l’est toujours."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    for kind, title, words in TOO_MUCH:
        if isinstance(exception, kind):
            return _page(request, 400, title, words, advice=BACK)
    return _page(request, 400, "Cette demande est incomplète", "Revenez à la page précédente et recommencez.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        "Vous n’avez pas accès à cette page",
        "Si vous pensez que c’est une erreur, parlez-en à votre responsable.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "Cette page est restée ouverte trop longtemps",
        "Rien n’a été envoyé. Revenez en arrière, rechargez la page, puis envoyez de nouveau.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        "Cette page n’existe pas",
        "L’adresse est peut-être mal recopiée, ou la page a changé de place.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        "Une erreur est survenue de notre côté",
        "Rien n’a été enregistré. Réessayez dans quelques minutes.",
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        503,
        "Le service revient dans un instant",
        "Rien n’a été enregistré. Attendez une minute, puis rechargez la page.",
    )


def _page(request: HttpRequest, status: int, title: str, words: str, advice: str = "") -> HttpResponse:
    error = {"title": title, "text": words, "advice": advice}
    return render(request, "design/error.html", {"error": error}, status=status)
