"""A link to somebody's own mail program carries one letter to one address."""

from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from mp_contacts.mailto import is_too_long, mailto_link

texts = st.text(st.characters(), max_size=200)


def test_lines_end_as_the_standard_says():
    link = mailto_link(to="jo@parliament.example", subject="A & B?", body="One\nTwo\r\nThree")

    assert link == "mailto:jo@parliament.example?subject=A%20%26%20B%3F&body=One%0D%0ATwo%0D%0AThree"


def test_a_long_letter_is_known_to_be_one():
    assert not is_too_long(mailto_link(to="jo@parliament.example", subject="A", body="x" * 1_700))
    assert is_too_long(mailto_link(to="jo@parliament.example", subject="A", body="é" * 400))


@given(to=texts, subject=texts, body=texts)
def test_whatever_is_typed_adds_no_field_and_no_addressee(to, subject, body):
    link = mailto_link(to=to, subject=subject, body=body)

    assert link.isascii()
    parts = urlsplit(link)
    assert set(parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)) == {"subject", "body"}
    assert not set(parts.path) & set(",;?&#<> ")
    assert not set("\r\n\0") & set(unquote(parts.path) + unquote(parse_qs(parts.query).get("subject", [""])[0]))
