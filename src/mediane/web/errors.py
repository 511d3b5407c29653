"""The pages of what went wrong, in plain French, with a way out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
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


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(request, "design/error.html", {"error": {"title": title, "text": words}}, status=status)
