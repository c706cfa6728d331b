"""What an address without a page leads to: the page's new address, word that it is gone, or "not found"."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from home.finding.withdrawn import is_withdrawn
from supporters.audience import Audience, declare


class MissingPageMiddleware(RedirectMiddleware):
    """Wagtail's redirects, and 410 for pages that were taken down. Both are the same for everybody.

    Only where a page could have been: the address of a link in a mail, token and all, is looked up nowhere.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != HTTPStatus.NOT_FOUND or not _could_be_a_page(request):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        if answer.status_code == HTTPStatus.NOT_FOUND and is_withdrawn(request.path):
            answer = render(request, "410.html", status=HTTPStatus.GONE)
        return answer if answer is response else declare(answer, Audience.PUBLIC)


def _could_be_a_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method in {"GET", "HEAD"} and (match is None or match.url_name == "wagtail_serve")
