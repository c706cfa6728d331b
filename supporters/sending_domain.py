"""Whether mail providers can tell our mail from forged mail: what SPF, DKIM and DMARC say in the sender's DNS.

Asked only when an organiser presses the button, and kept for a day.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import partial
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from supporters.clients.resolver import LookupFailed, Resolver
from supporters.models import DomainCheck

KEEP: Final = timedelta(days=1)


class Standing(StrEnum):
    """How well something is set up."""

    GOOD = "good"
    CARE = "care"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """What was found, in a sentence, and what to do about it; nothing to do when it is good."""

    name: str
    standing: Standing
    found: str
    to_do: str = ""


def sending_domain() -> str:
    """The domain behind the @ of the sender."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()


def check_sending_domain(resolver: Resolver | None = None) -> DomainCheck:
    """Ask now, for a few seconds at most, and keep the answer."""
    asking: Resolver = resolver or import_string(settings.DNS_RESOLVER)()
    domain, selector = sending_domain(), settings.MAIL_DKIM_SELECTOR
    questions = [
        ("SPF", partial(_spf, asking, domain)),
        ("DKIM", partial(_dkim, asking, domain, selector)),
        ("DMARC", partial(_dmarc, asking, domain)),
    ]
    # At once, so that three servers that do not answer cost the time of one.
    with ThreadPoolExecutor(max_workers=len(questions)) as threads:
        answers = [(name, threads.submit(question)) for name, question in questions]
        findings = [_settled(name, answer.result) for name, answer in answers]
    check, _ = DomainCheck.objects.update_or_create(
        domain=domain,
        defaults={"checked_at": timezone.now(), "findings": [asdict(finding) for finding in findings]},
    )
    return check


def last_check() -> DomainCheck | None:
    """What was found within the last day, if anybody asked."""
    return DomainCheck.objects.filter(domain=sending_domain(), checked_at__gt=timezone.now() - KEEP).first()


def _settled(name: str, ask: Callable[[], Finding]) -> Finding:
    try:
        return ask()
    except LookupFailed:
        return Finding(
            name,
            Standing.UNKNOWN,
            "Nobody answered in time.",
            "Check again in a minute. If it stays like this, ask whoever looks after your domain.",
        )


def _spf(resolver: Resolver, domain: str) -> Finding:
    records = [record for record in resolver.text_records(domain) if record.lower().split(" ")[0] == "v=spf1"]
    if not records:
        return Finding(
            "SPF",
            Standing.BAD,
            f"{domain} does not say which servers may send its mail.",
            f"Add a TXT record to {domain}: your mail provider shows its text, which begins with v=spf1.",
        )
    if len(records) > 1:
        return Finding(
            "SPF",
            Standing.BAD,
            f"{domain} has {len(records)} SPF records, and receivers then believe none.",
            "Join them into one record that begins with v=spf1 and names every server.",
        )
    last = records[0].lower().split()[-1]
    if last in {"-all", "~all"} or last.startswith("redirect="):
        return Finding("SPF", Standing.GOOD, f"{domain} says which servers may send its mail.")
    if last in {"+all", "all"}:
        return Finding(
            "SPF", Standing.BAD, "The record lets everybody send in your name.", "Let it end with ~all instead of +all."
        )
    return Finding(
        "SPF",
        Standing.CARE,
        "The record does not say what to do with mail from other servers.",
        "Let it end with ~all, or with -all once you are sure that every server is named.",
    )


def _dkim(resolver: Resolver, domain: str, selector: str) -> Finding:
    if not selector:
        return Finding(
            "DKIM",
            Standing.UNKNOWN,
            "This site does not know under which name the key for signatures lies.",
            "Set MAIL_DKIM_SELECTOR to the selector that your mail provider shows.",
        )
    name = f"{selector}._domainkey.{domain}"
    tags = [_tags(record) for record in resolver.text_records(name)]
    keys = [found["p"] for found in tags if "p" in found]
    if any(keys):
        return Finding("DKIM", Standing.GOOD, f"The key that mail is signed with lies at {name}.")
    if keys:
        return Finding(
            "DKIM",
            Standing.BAD,
            f"The key at {name} has been withdrawn.",
            "Copy the new key, or the new selector, from your mail provider.",
        )
    return Finding(
        "DKIM",
        Standing.BAD,
        f"There is no key at {name}, so no signature can be checked.",
        "Add the TXT or CNAME record that your mail provider shows, or correct MAIL_DKIM_SELECTOR.",
    )


def _dmarc(resolver: Resolver, domain: str) -> Finding:
    labels = domain.split(".")
    # A domain without a policy of its own has that of the one above it.
    for start in range(max(len(labels) - 1, 1)):
        owner = ".".join(labels[start:])
        policies = [_tags(record) for record in resolver.text_records(f"_dmarc.{owner}")]
        found = [policy.get("p", "") for policy in policies if policy.get("v", "").upper() == "DMARC1"]
        if found:
            return _policy(owner, found)
    return Finding(
        "DMARC",
        Standing.BAD,
        f"{domain} does not say what receivers should do with forged mail, and large providers ask for it.",
        f"Add a TXT record to _dmarc.{domain}: v=DMARC1; p=none to begin with, p=quarantine once all your mail passes.",
    )


def _policy(owner: str, found: list[str]) -> Finding:
    if len(found) > 1:
        return Finding(
            "DMARC", Standing.BAD, f"{owner} has {len(found)} policies, and receivers then follow none.", "Keep one."
        )
    if found[0].lower() in {"quarantine", "reject"}:
        return Finding("DMARC", Standing.GOOD, f"{owner} asks receivers to keep forged mail away from people.")
    return Finding(
        "DMARC",
        Standing.CARE,
        f"{owner} has a policy, and it asks for nothing to be done about forged mail.",
        "Once your own mail passes, change p=none to p=quarantine: forged mails can put people at risk.",
    )


def _tags(record: str) -> dict[str, str]:
    """``v=DMARC1; p=none`` as a dictionary; spaces do not matter."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs if name.strip()}
