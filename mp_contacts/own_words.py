"""How much of a letter is the writer's own: a friendly measure, never a condition.

``static/js/letter.js`` measures the same way while somebody types.
"""

import re
from collections.abc import Iterator
from typing import Final

from mp_contacts.letter_parts import letter_parts

# So many words in the draft's order are the draft's; two of them anybody writes ("my constituency").
WINDOW: Final = 3
# Far more than a letter may have. What is beyond counts for nothing, so that no text costs more than a moment.
MOST_CHARACTERS: Final = 40_000

WORD: Final = re.compile(r"[^\W_]+")
APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`")


def own_percent(text: str, draft: str) -> int:
    """How much of ``text`` is not in the words of ``draft``, in percent of its words.

    0 for the draft as it was, 100 for a letter with nothing of it, and never less once words of
    the writer's own are added. Greeting and signature, space, punctuation and case do not count.
    A letter without words is 0.
    """
    words, given = _words(text), _words(draft)
    if not words:
        return 0
    own = len(words) - sum(_is_from_draft(words, given))
    # Never 0 for somebody who added something, and 100 only when nothing of the draft is left.
    return max(own * 100 // len(words), min(own, 1))


def _words(text: str) -> list[str]:
    middle = letter_parts(text[:MOST_CHARACTERS]).middle
    return WORD.findall(middle.translate(APOSTROPHES).casefold())


def _is_from_draft(words: list[str], given: list[str]) -> list[bool]:
    """Of each word whether it stands in a run of WINDOW words that the draft has too."""
    size = min(WINDOW, len(given))
    marks = [False] * len(words)
    if size == 0:
        return marks
    known = set(_windows(given, size))
    for start, window in enumerate(_windows(words, size)):
        if window in known:
            marks[start : start + size] = [True] * size
    return marks


def _windows(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[shift:] for shift in range(size)), strict=False)
