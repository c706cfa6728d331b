"""Asking the DNS for text records."""

from collections.abc import Mapping
from typing import Final, Protocol

import dns.exception
import dns.resolver

LONGEST_S: Final = 3.0


class LookupFailed(Exception):
    """Nobody answered in time, or the answer made no sense; it may be different in a minute."""


class Resolver(Protocol):
    """Something that knows text records."""

    def text_records(self, name: str) -> list[str]:
        """The TXT records at ``name``, aliases followed; none when there are none. Raises LookupFailed."""


class DnsResolver:
    """Asks the servers that this machine asks for everything."""

    def text_records(self, name: str) -> list[str]:
        try:
            answer = dns.resolver.Resolver().resolve(name, "TXT", lifetime=LONGEST_S)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise LookupFailed(type(error).__name__) from None
        return [b"".join(record.strings).decode(errors="replace") for record in answer]


class FakeResolver:
    """Knows what it was given, and remembers in ``calls`` what it was asked. ``failing`` names answer nobody."""

    def __init__(
        self, records: Mapping[str, list[str]] | None = None, *, failing: frozenset[str] = frozenset()
    ) -> None:
        self.records = records or {}
        self.failing = failing
        self.calls: list[str] = []

    def text_records(self, name: str) -> list[str]:
        self.calls.append(name)
        if name in self.failing:
            raise LookupFailed("Timeout")
        return list(self.records.get(name, []))
