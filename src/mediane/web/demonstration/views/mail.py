from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mediane.web.demonstration import post
from mediane.web.request import open_to_all

SHOWN = 50


@open_to_all
@require_http_methods(["GET", "HEAD"])
def mailbox(request: HttpRequest) -> HttpResponse:
    names = post.names()
    sent = [post.read(name) for name in names[:SHOWN]]
    return render(request, "demonstration/mailbox.html", {"messages": sent, "total": len(names)})


@open_to_all
@require_http_methods(["GET", "HEAD"])
def message(request: HttpRequest, file: str) -> HttpResponse:
    # Only a name of the list is ever read: an address leads nowhere else on the disk.
    if file not in post.names():
        raise Http404
    return render(request, "demonstration/message.html", {"message": post.read(file)})
