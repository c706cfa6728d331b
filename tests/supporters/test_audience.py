"""Which responses may be kept by a cache, and which by nobody."""

from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from supporters.audience import (
    PERSONAL_CACHE_CONTROL,
    PUBLIC_CACHE_CONTROL,
    Audience,
    personal_page,
    public_page,
    settle_audience,
)


def answer(view, method="get", **headers):
    request = getattr(RequestFactory(), method)("/somewhere/", headers=headers)
    request.resolver_match = SimpleNamespace(kwargs={})
    request.session = SessionStore()
    return settle_audience(request, view(request))


@public_page
def public(_request):
    return HttpResponse("the same for everybody")


def is_personal(response) -> bool:
    return (
        response.audience is Audience.PERSONAL
        and response["Cache-Control"] == PERSONAL_CACHE_CONTROL
        and response["X-Robots-Tag"] == "noindex"
        and not response.has_header("ETag")
    )


def test_a_public_page_may_be_kept_by_anyone_for_a_moment():
    response = answer(public)

    assert response.audience is Audience.PUBLIC
    assert response["Cache-Control"] == PUBLIC_CACHE_CONTROL
    assert "max-age=5, s-maxage=5, stale-while-revalidate=60, stale-if-error=600" in PUBLIC_CACHE_CONTROL
    assert response["ETag"].startswith('W/"')


def test_who_has_the_public_page_is_answered_without_a_body():
    tag = answer(public)["ETag"]
    response = answer(public, **{"If-None-Match": tag})

    assert (response.status_code, response.content, response.audience) == (304, b"", Audience.PUBLIC)
    assert response["Cache-Control"] == PUBLIC_CACHE_CONTROL


def test_the_tag_changes_with_the_page():
    @public_page
    def other(_request):
        return HttpResponse("something else")

    assert answer(other)["ETag"] != answer(public)["ETag"]


def test_a_personal_page_is_kept_by_nobody():
    assert is_personal(answer(personal_page(lambda _: HttpResponse("yours"))))


def test_a_personal_view_says_so_even_without_the_middleware():
    response = personal_page(lambda _: HttpResponse("yours"))(RequestFactory().get("/"))

    assert response["Cache-Control"] == PERSONAL_CACHE_CONTROL


def test_what_nobody_declared_is_personal():
    assert is_personal(answer(lambda _: HttpResponse("whose?")))


def test_what_claims_to_be_cacheable_without_being_declared_is_personal():
    assert is_personal(answer(lambda _: HttpResponse("whose?", headers={"Cache-Control": "public, max-age=60"})))


@public_page
def sets_a_cookie(_request):
    response = HttpResponse()
    response.set_cookie("who", "somebody")
    return response


@public_page
def reads_the_session(request):
    return HttpResponse(request.session.get("name", ""))


@public_page
def differs_by_cookie(_request):
    return HttpResponse(headers={"Vary": "Accept-Encoding, Cookie"})


@pytest.mark.parametrize("view", [sets_a_cookie, reads_the_session, differs_by_cookie])
def test_a_public_page_that_depends_on_the_visitor_becomes_personal(view):
    assert is_personal(answer(view))


@pytest.mark.parametrize("status", [302, 303, 400, 403, 405, 422, 429, 500, 503])
def test_only_a_settled_answer_is_public(status):
    assert is_personal(answer(public_page(lambda _: HttpResponse(status=status))))


def test_the_answer_to_a_post_is_personal():
    assert is_personal(answer(public, "post"))


def test_a_missing_public_page_may_be_kept_but_nothing_stale_stands_in_for_it():
    @public_page
    def missing(_request):
        raise Http404

    request = RequestFactory().get("/gone/")
    request.resolver_match = SimpleNamespace(kwargs={})
    with pytest.raises(Http404):
        missing(request)
    response = settle_audience(request, HttpResponse(status=404))

    assert response["Cache-Control"] == "public, max-age=5, s-maxage=5"


def test_a_missing_personal_page_is_personal():
    assert is_personal(answer(personal_page(lambda _: HttpResponse(status=404))))
    assert is_personal(answer(lambda _: HttpResponse(status=404)))


def test_a_page_whose_address_is_a_secret_sends_no_referrer(rf):
    request = rf.get("/links/x/")
    request.resolver_match = SimpleNamespace(kwargs={"token": "x"})

    assert settle_audience(request, HttpResponse())["Referrer-Policy"] == "no-referrer"


def test_other_personal_pages_let_forms_prove_where_they_stand():
    """With no referrer at all, browsers send `Origin: null` with a form, and it would be refused."""
    assert not answer(personal_page(lambda _: HttpResponse("a form"))).has_header("Referrer-Policy")
