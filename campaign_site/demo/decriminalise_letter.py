"""The letter under the first campaign. Written from one's own mail only: nothing of it reaches the site."""

from campaign_site.demo import sources
from campaign_site.demo.pieces import Heading, Text
from campaign_site.demo.shapes import Draft, LetterText

_EVERYBODY = (
    "I live in your constituency. I am writing about the laws that make sex work more dangerous than it has to be.\n\n"
    "Two people who share a flat so that neither is alone can be prosecuted for running a brothel. A conviction from "
    "the street closes the door to most other work for good. In 2016 a committee of MPs recommended that both end.\n\n"
    "Will you ask the Government when it means to act on that report? I should be glad to know where you stand."
)

LETTER = LetterText(
    slug="write-about-the-2016-report",
    title="Ask your MP about the 2016 report",
    ask="Ask the Government when it will act on what a committee of MPs recommended in 2016.",
    summary="Write from your own mail: the letter never touches our site, and we learn nothing about you.",
    story=(
        Text(
            (
                "A committee of MPs looked at the evidence and recommended that Parliament stop prosecuting street work "
                "and working together, and clear the records [1]. That was years ago. Every MP can ask why nothing came of "
                "it.",
            )
        ),
        Heading("Why this one goes from your own mail"),
        Text(
            (
                "You write it, your mail program sends it, and the answer comes to you. We see neither. If you like, "
                "press the button afterwards, and we count one letter more, with no name beside it.",
            )
        ),
    ),
    sources=(sources.HOME_AFFAIRS_COMMITTEE,),
    points=(
        ("MPs said so themselves", "The Home Affairs Committee is made up of members of all the larger parties."),
        ("Safety in numbers is a crime today", "Two people in one flat count as a brothel."),
        ("A record is for life", "It shows whenever an employer asks for a check."),
    ),
    prompts=(
        ("Why does this matter to you?", "You need not say anything about your own life."),
        ("What would change where you live?", ""),
    ),
    subjects=("The Home Affairs Committee's report of 2016", "A question about a committee report", "Working safely"),
    drafts=(Draft("Everybody", _EVERYBODY),),
    share_text="A committee of MPs recommended it in 2016. I asked mine what became of it.",
    thank_you_title="Thank you",
    thank_you=("What your MP answers is yours. If you tell us, we learn where they stand.",),
    next_slug="carry-out-the-2016-report",
    offers_sending=False,
)
