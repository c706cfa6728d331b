"""Which network a request is counted for."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from supporters.networks import UNKNOWN, client_network, network_of


def request_from(remote: str, forwarded: str | None = None) -> HttpRequest:
    headers = None if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.200", "192.0.2.0/24"),
        ("192.0.3.77", "192.0.3.0/24"),
        ("192.0.2.77:54321", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        (" 192.0.2.77 ", "192.0.2.0/24"),
        ("", UNKNOWN),
        ("unknown", UNKNOWN),
        ("192.0.2", UNKNOWN),
        ("unix:", UNKNOWN),
        ("'; DROP TABLE", UNKNOWN),
    ],
)
def test_an_address_is_cut_down_to_its_network(address, network):
    assert network_of(address) == network


@given(st.text())
def test_whatever_is_written_as_an_address_gives_some_network(text):
    assert network_of(text)


@given(st.ip_addresses(v=4))
def test_no_network_names_one_single_host(address):
    assert network_of(str(address)).endswith(".0/24")


def test_without_a_proxy_a_claimed_address_is_not_believed(settings):
    settings.TRUSTED_PROXY_COUNT = 0

    assert client_network(request_from("192.0.2.1", "203.0.113.9")) == "192.0.2.0/24"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (1, "203.0.113.9", "203.0.113.0/24"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.0/24"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.0/24"),
        (2, "203.0.113.9,10.0.0.1", "203.0.113.0/24"),
    ],
)
def test_behind_proxies_the_address_is_read_from_the_right(settings, proxies, forwarded, network):
    settings.TRUSTED_PROXY_COUNT = proxies

    assert client_network(request_from("10.0.0.2", forwarded)) == network


@pytest.mark.parametrize("forwarded", [None, "", " , ", "203.0.113.9"])
def test_around_the_proxies_only_the_connection_counts(settings, forwarded):
    settings.TRUSTED_PROXY_COUNT = 2

    assert client_network(request_from("192.0.2.1", forwarded)) == "192.0.2.0/24"


def test_forged_addresses_cannot_change_the_bucket(settings):
    settings.TRUSTED_PROXY_COUNT = 1
    seen = {client_network(request_from("10.0.0.2", f"198.51.{number}.1, 203.0.113.9")) for number in range(50)}

    assert seen == {"203.0.113.0/24"}
