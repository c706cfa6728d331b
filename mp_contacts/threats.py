"""Words that may threaten whoever reads a letter. Said of what somebody did or suffered, they are no threat."""

import re
import unicodedata
from typing import Final

APOSTROPHES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})

HARM: Final = r"(?:kill|murder|shoot|stab|hang|behead|rape|strangle|burn|torture|beat|hurt|harm|maim|execute)"
YOU: Final = (
    r"(?:you|your (?:family|wife|husband|partner|children|kids|son|daughter|mother|father|house|home|office|staff))"
)
WILL: Final = r"(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to| want to|'d like to)"

THREATS: Final = re.compile(
    "|".join(
        [
            rf"\b{WILL} (?:\w+ ){{0,2}}{HARM} {YOU}\b",
            rf"\b(?:hope|wish) (?:that )?(?:you|somebody|someone) (?:\w+ ){{0,2}}(?:die|dies|{HARM}s? {YOU})\b",
            rf"\b(?:somebody|someone) (?:should|will|ought to|is going to) {HARM} {YOU}\b",
            rf"\byou (?:should|ought to|deserve to|must|will|are going to|need to) "
            rf"(?:die|be (?:{HARM}\w*|shot|hanged))\b",
            r"\b(?:i|we) know where (?:you|your \w+) (?:live|lives|sleep|go to school)\b",
            r"\b(?:watch your back|you(?:'ll| will) (?:be sorry|regret this)|you are (?:a )?dead (?:man|woman))\b",
            r"\b(?:a|the) bomb (?:in|at|under|outside|for) (?:you|your|parliament|the house)\b",
        ]
    )
)
# Somebody else said it: then the letter tells of it.
REPORTED: Final = re.compile(
    r"\b(?:he|she|they|who|it|husband|wife|partner|boyfriend|girlfriend|ex|man|men|father|mother|stepfather|boss|"
    r"abuser|attacker|stalker|rapist|perpetrator|brother|uncle|neighbour|stranger|somebody|someone|message|messages|"
    r"text|texts|note)\b[^.!?]{0,60}?"
    r"\b(?:said|say|says|saying|told|tells|telling|shouted|screamed|whispered|wrote|writes|texted|texts|threatened|"
    r"threatens|threatening|kept|repeated|yelled|read|reads)\b|"
    r"\b(?:was|were|been|being) (?:told|threatened|warned)\b"
)
CONTEXT: Final = 120
"""Characters around the words in which to look for who said them."""


def may_threaten(text: str) -> bool:
    """Whether ``text`` holds words that a person should look at before anybody else reads them."""
    words = " ".join(unicodedata.normalize("NFKC", text).translate(APOSTROPHES).casefold().split())
    return any(not _is_reported(words, found) for found in THREATS.finditer(words))


def _is_reported(words: str, found: re.Match[str]) -> bool:
    before = words[max(0, found.start() - CONTEXT) : found.start()]
    if REPORTED.search(_last_sentence(before)):
        return True
    # '"…", he said.' It is somebody else's only where it is quoted.
    is_quoted = before.count('"') % 2 == 1 or before.rstrip().endswith("'")
    return is_quoted and bool(REPORTED.search(words[found.end() : found.end() + CONTEXT]))


def _last_sentence(text: str) -> str:
    return re.split(r"[.!?] ", text)[-1]
