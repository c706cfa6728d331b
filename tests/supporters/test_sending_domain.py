"""What is read out of the sender's DNS, in words, with what to do."""

from datetime import timedelta

import dns.exception
import dns.resolver
import pytest
from django.urls import reverse
from django.utils import timezone

from supporters.clients.resolver import LONGEST_S, DnsResolver, FakeResolver, LookupFailed
from supporters.models import DomainCheck
from supporters.sending_domain import Standing, check_sending_domain, last_check, sending_domain
from tests.petitions.organisers import colleague

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

DOMAIN = "mail.campaign.example"
GOOD = {
    DOMAIN: ["unrelated=1", "v=spf1 include:spf.provider.example ~all"],
    f"s1._domainkey.{DOMAIN}": ["v=DKIM1; k=rsa; p=MIIB IjAN"],
    f"_dmarc.{DOMAIN}": ["v=DMARC1; p=quarantine; rua=mailto:reports@campaign.example"],
}


@pytest.fixture(autouse=True)
def sender(settings):
    settings.DEFAULT_FROM_EMAIL = f"Updates <updates@{DOMAIN.upper()}>"
    settings.MAIL_DKIM_SELECTOR = "s1"


def checked(changes=(), **options):
    resolver = FakeResolver({**GOOD, **dict(changes)}, **options)
    check = check_sending_domain(resolver)
    return {finding["name"]: finding for finding in check.findings}, resolver


def standing(name, records, where=None):
    places = {"SPF": DOMAIN, "DKIM": f"s1._domainkey.{DOMAIN}", "DMARC": f"_dmarc.{DOMAIN}"}
    findings, _ = checked({where or places[name]: records})
    return findings[name]["standing"]


def test_domain_that_is_set_up_leaves_nothing_to_do():
    findings, resolver = checked()

    assert {finding["standing"] for finding in findings.values()} == {Standing.GOOD}
    assert {finding["to_do"] for finding in findings.values()} == {""}
    assert sorted(resolver.calls) == sorted(GOOD)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], "bad"),
        (["v=spf10 -all"], "bad"),
        (["v=spf1 -all", "v=spf1 ~all"], "bad"),
        (["v=spf1 +all"], "bad"),
        (["v=spf1 mx all"], "bad"),
        (["v=spf1 mx ?all"], "care"),
        (["v=spf1 mx"], "care"),
        (["V=SPF1 mx -ALL"], "good"),
        (["v=spf1 redirect=_spf.provider.example"], "good"),
    ],
)
def test_spf(records, expected):
    assert standing("SPF", records) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [([], "bad"), (["v=DKIM1; p="], "bad"), (["k=rsa;p=MII"], "good"), (["v=DKIM1"], "bad")],
)
def test_dkim(records, expected):
    assert standing("DKIM", records) == expected


def test_dkim_without_a_selector_is_not_guessed(settings):
    settings.MAIL_DKIM_SELECTOR = ""
    findings, resolver = checked()

    assert findings["DKIM"]["standing"] == "unknown"
    assert "MAIL_DKIM_SELECTOR" in findings["DKIM"]["to_do"]
    assert not [name for name in resolver.calls if "_domainkey" in name]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], "bad"),
        (["v=DMARC1; p=none"], "care"),
        (["v=DMARC1;p=REJECT"], "good"),
        (["v=DMARC1; p=reject", "v=DMARC1; p=none"], "bad"),
        (["something else"], "bad"),
    ],
)
def test_dmarc(records, expected):
    assert standing("DMARC", records) == expected


def test_dmarc_of_the_domain_above_counts():
    findings, resolver = checked({f"_dmarc.{DOMAIN}": [], "_dmarc.campaign.example": ["v=DMARC1; p=reject"]})

    assert findings["DMARC"]["standing"] == "good"
    assert "_dmarc.example" not in resolver.calls, "never asks a whole top-level domain"


def test_silence_is_told_apart_from_nothing_there():
    findings, _ = checked(failing=frozenset(GOOD))

    assert {finding["standing"] for finding in findings.values()} == {"unknown"}
    assert all(finding["to_do"] for finding in findings.values())


def test_answer_is_kept_for_a_day():
    assert last_check() is None
    checked()
    assert last_check().findings
    DomainCheck.objects.update(checked_at=timezone.now() - timedelta(hours=25))
    assert last_check() is None


def test_domain_is_read_from_the_sender():
    assert sending_domain() == DOMAIN


@pytest.mark.parametrize(
    ("raised", "expected"),
    [(dns.resolver.NXDOMAIN, []), (dns.resolver.NoAnswer, []), (dns.exception.Timeout, None), (OSError, None)],
)
def test_real_resolver_waits_three_seconds_and_no_longer(monkeypatch, raised, expected):
    asked = {}

    def resolve(self, name, kind, lifetime):
        asked.update(name=name, kind=kind, lifetime=lifetime)
        raise raised.__new__(raised)

    monkeypatch.setattr(dns.resolver.Resolver, "__init__", lambda self: None)
    monkeypatch.setattr(dns.resolver.Resolver, "resolve", resolve)
    if expected is None:
        with pytest.raises(LookupFailed):
            DnsResolver().text_records(DOMAIN)
    else:
        assert DnsResolver().text_records(DOMAIN) == expected
    assert asked == {"name": DOMAIN, "kind": "TXT", "lifetime": LONGEST_S}
    assert LONGEST_S == 3


class TheirResolver(FakeResolver):
    asked = 0

    def text_records(self, name):
        type(self).asked += 1
        return GOOD.get(name, [])


def test_page_asks_the_dns_only_when_the_button_is_pressed(client, settings):
    settings.DNS_RESOLVER = "tests.supporters.test_sending_domain.TheirResolver"
    TheirResolver.asked = 0
    client.force_login(colleague("view_delivery_health"))
    address = reverse("delivery:index")

    assert "Nobody has asked" in client.get(address).content.decode()
    assert TheirResolver.asked == 0
    client.post(address)
    assert TheirResolver.asked == 3
    shown = client.get(address).content.decode()
    assert shown.count("> Good<") == 3
    assert TheirResolver.asked == 3
