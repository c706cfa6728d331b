"""Which posts are taken for a visitor's own."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from supporters.same_origin import same_origin_post


@same_origin_post
def act(_request):
    return HttpResponse("done")


def post(settings, **headers):
    settings.PUBLIC_ORIGIN = "https://campaign.example"
    settings.ALLOWED_HOSTS = ["campaign.example"]
    request = RequestFactory().post("/act/", {"name": "Canary"}, headers={"Host": "campaign.example", **headers})
    return act(request)


OWN = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://campaign.example"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://campaign.example"},
    {"Origin": "http://campaign.example"},
    {},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://campaign.example"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "something-new"},
    {"Origin": "https://evil.example"},
    {"Origin": "https://campaign.example.evil.example"},
    {"Origin": "https://evil.example/https://campaign.example"},
    {"Origin": "https://campaign.example:8443"},
    {"Origin": "null"},
    {"Origin": ""},
]


@pytest.mark.parametrize("headers", OWN)
def test_a_post_from_our_own_page_or_from_a_program_is_taken(settings, headers):
    assert post(settings, **headers).content == b"done"


@pytest.mark.django_db
@pytest.mark.parametrize("headers", FOREIGN)
def test_a_post_from_another_site_is_refused_and_nothing_of_it_shown(settings, headers):
    response = post(settings, **headers)

    assert response.status_code == 403
    assert b"Canary" not in response.content
    assert b'href="/"' in response.content, "there is a way on"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options", "patch"])
def test_nothing_but_a_post_gets_through(method):
    response = getattr(RequestFactory(), method)("/act/")

    assert act(response).status_code == 405


def test_a_test_can_find_where_it_stands():
    assert act.is_same_origin_post
    assert act.csrf_exempt
