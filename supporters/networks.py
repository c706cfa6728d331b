"""The network a request comes from, as coarse as a limit needs it. Never stored, never logged."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

# What a household or an office usually has: RFC 6177 leaves a site one /64 or more.
IPV4_PREFIX: Final = 24
IPV6_PREFIX: Final = 64
UNKNOWN: Final = "unknown"
"""One bucket for every request whose address cannot be read."""


def client_network(request: HttpRequest) -> str:
    """The visitor's network, such as ``192.0.2.0/24`` or ``2001:db8::/64``, or UNKNOWN.

    Proxies add what they saw at the right of `X-Forwarded-For`; what stands further left than
    ``settings.TRUSTED_PROXY_COUNT`` of them is the visitor's own claim, and is not believed.
    """
    return network_of(_client_address(request))


def network_of(address: str) -> str:
    """The network around one address as written in a header; UNKNOWN for anything else."""
    try:
        parsed = ip_address(_without_port(address.strip()))
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or IPv6Address(parsed.packed)  # from the bytes: without a zone such as %eth0
    prefix = IPV4_PREFIX if isinstance(parsed, IPv4Address) else IPV6_PREFIX
    return str(ip_network((parsed, prefix), strict=False))


def _client_address(request: HttpRequest) -> str:
    remote = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXY_COUNT
    if proxies == 0:
        return remote
    forwarded = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    # Fewer hops than proxies: somebody came around one of them, and only the connection is certain.
    return forwarded[-proxies] if len(forwarded) >= proxies else remote


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, _, _ = address.partition(":")
    return host if address.count(":") == 1 else address
