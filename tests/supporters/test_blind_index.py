"""Which addresses are one person, and which only one mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.crypto.keyring import new_keyring
from supporters.identity import canonical_address, email_key, mailbox_key, normalise_address, person_key

locals_ = st.from_regex(r"[a-z0-9]([a-z0-9._-]{0,10}[a-z0-9])?", fullmatch=True)
domains = st.sampled_from(["example.org", "mail.example.co.uk", "bücher.example", "gmail.com", "δοκιμή.example"])


@st.composite
def other_forms(draw):
    """An address, and the same one as somebody else might type it."""
    local, domain = draw(locals_), draw(domains)
    other_local, other_domain = local, domain
    for change in draw(st.lists(st.sampled_from(["upper", "wide", "idna", "dot", "space"]), unique=True)):
        if change == "upper":
            other_local, other_domain = other_local.upper(), other_domain.upper()
        elif change == "wide":
            other_local = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in other_local)
        elif change == "idna" and not other_domain.isascii():
            import idna

            other_domain = idna.encode(other_domain, uts46=True).decode()
        elif change == "dot":
            other_domain += "."
    return f"{local}@{domain}", f" {other_local}@{other_domain}\n"


@given(forms=other_forms())
def test_the_same_address_in_another_form_is_the_same_person(forms):
    address, other = forms

    assert email_key(address) == email_key(other)
    assert mailbox_key(address) == mailbox_key(other)
    assert person_key(page_id=7, address=address) == person_key(page_id=7, address=other)


@given(local=locals_, other=locals_, domain=domains)
def test_different_addresses_are_different_people(local, other, domain):
    assert (email_key(f"{local}@{domain}") == email_key(f"{other}@{domain}")) == (local == other)


@given(local=locals_, tag=locals_, domain=domains)
def test_tagged_address_is_another_person_in_the_same_mailbox(local, tag, domain):
    address, tagged = f"{local}@{domain}", f"{local}+{tag}@{domain}"

    assert email_key(address) != email_key(tagged)
    assert mailbox_key(address) == mailbox_key(tagged)


@pytest.mark.parametrize("alias", ["a.d.a@gmail.com", "ada@googlemail.com", "A.D.A+spam@GoogleMail.com"])
def test_dots_and_names_of_one_provider_are_one_mailbox(alias):
    assert mailbox_key(alias) == mailbox_key("ada@gmail.com")


def test_dots_elsewhere_are_another_mailbox():
    assert mailbox_key("a.da@example.org") != mailbox_key("ada@example.org")


@given(local=locals_, domain=domains)
def test_normalising_twice_changes_nothing(local, domain):
    once = normalise_address(f"{local.upper()}@{domain}")

    assert normalise_address(once) == once
    assert canonical_address(canonical_address(once)) == canonical_address(once)


def test_one_person_cannot_be_recognised_across_pages_or_as_two_of_a_household():
    keys = {
        email_key("ada@example.org"),
        mailbox_key("ada@example.org"),
        *(person_key(page_id=page, address="ada@example.org", slot=slot) for page in (1, 2, 11) for slot in (1, 2)),
    }

    assert len(keys) == 8
    assert {len(key) for key in keys} == {32}


def test_page_and_slot_do_not_run_into_each_other():
    assert person_key(page_id=1, address="ada@example.org", slot=11) != person_key(
        page_id=11, address="ada@example.org", slot=1
    )


def test_another_index_key_gives_other_hashes(settings):
    before = email_key("ada@example.org")
    settings.KEYRING = new_keyring().dump()

    assert email_key("ada@example.org") != before


@pytest.mark.parametrize("address", ["", "@", "ada", "ada@", "@example.org", "ada@\u2028", "ada@-ü-.example"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match="address"):
        email_key(address)
