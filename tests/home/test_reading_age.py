"""Editors see how old somebody must be to read a page, and what to cut first."""

import pytest
from django.template import engines
from django.urls import reverse

from home.reading_age import reading_of, syllables
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import boss

PLAIN = "We want to be safe. You can help. Sign your name here and we will take it to the police."
STIFF = "Notwithstanding considerable interdepartmental deliberation, implementation remains fundamentally inadequate."


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("the", 1),
        ("make", 1),
        ("table", 2),
        ("wanted", 2),
        ("worked", 1),
        ("houses", 2),
        ("committee", 3),
        ("rhythm", 1),
    ],
)
def test_syllables_are_counted_as_they_are_heard(word: str, heard: int) -> None:
    assert syllables(word) == heard


def test_the_age_is_the_grade_of_kincaid_and_five_years() -> None:
    reading = reading_of(["The cat sat on the mat. [1] The dog ran."])
    # 9 words, 2 sentences, 9 syllables: 0.39 × 4.5 + 11.8 − 15.59 = −2.0, and nobody reads before five.
    assert reading
    assert (reading.words, reading.sentences, reading.age) == (9, 2, 5)
    plain, stiff = reading_of([PLAIN]), reading_of([STIFF])
    assert plain
    assert stiff
    assert plain.age < 9
    assert stiff.age > 20


def test_the_longest_sentences_come_first_and_names_with_points_do_not_end_them() -> None:
    reading = reading_of(["One two. One two three four.", "One two three. In the U.K. one may sign."])
    assert reading
    assert reading.longest[0][1] == 7
    assert reading_of(["", " … "]) is None


@pytest.mark.django_db
def test_the_editor_shows_it(client, monkeypatch):
    # Wagtail's own template reads an icon's name that is only sometimes there.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    petition = PetitionPageFactory(story=[("paragraph", f"<p>{(PLAIN + ' ') * 6}</p>")])
    client.force_login(boss())
    html = client.get(reverse("wagtailadmin_pages:edit", args=[petition.pk])).content.decode()
    assert "reads this with ease" in html
    assert "<p>Sign your name here and we will take it to the police. <strong>(12 words)" in html
