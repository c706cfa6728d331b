"""The page that says what leaving quickly can and cannot do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about_leaving(request: HttpRequest) -> HttpResponse:
    """`GET /leaving-quickly/`: the same for everybody."""
    return render(request, "home/leaving_quickly.html")
