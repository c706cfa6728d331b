"""News of the demo campaign, and its press room. What the campaign does is invented; the facts name their sources."""

from typing import Final

from campaign_site.demo import front, sources
from campaign_site.demo.pieces import Ask, Facts, Heading, Steps, Text
from campaign_site.demo.shapes import NewsText

INDEX_SLUG: Final = "news"
INDEX_TITLE: Final = "News"
INDEX_LEAD: Final = "What we have done, what we are asking for next, and where you come in."

PROMISE = NewsText(
    slug="a-promise-in-writing",
    title="We ask for a promise in writing",
    summary="Whoever reports violence should not be arrested for it. Safe to Report asks police and Parliament to say "
    "so in a text that anyone can hold up.",
    days_ago=9,
    is_press_release=True,
    tags=("Amnesty from arrest", "Police"),
    body=(
        Text(
            (
                f"<i>{front.INVENTED}</i>",
                "People in sex work who are attacked often tell nobody. In a study in ten countries more than a third "
                "had not reported violence, for fear of arrest or deportation [1].",
                "Safe to Report asks for one promise. Nobody in sex work who reports violence, or saw it, is arrested "
                "or prosecuted for it, or passed to immigration enforcement.",
            )
        ),
        Facts(
            "It has been done",
            (
                "San Francisco promised not to prosecute people in sex work who come forward. Agreeing it with the "
                "District Attorney took ten months, and with the police longer [2].",
                "In 2019 California made a law of it for the whole state [3].",
            ),
        ),
        Heading("What happens next"),
        Text(
            (
                "We collect signatures until the promise is on paper. Then we hand them in, and publish the "
                "answer here, whatever it says.",
            )
        ),
        Ask("report-without-fear", "Sign the petition", "Your name can help to get the promise in writing."),
    ),
    sources=(sources.UNDESERVING_VICTIMS, sources.PRIORITIZING_SAFETY, sources.SENATE_BILL_233),
)

NEW_SHEETS = NewsText(
    slug="two-sheets-to-keep",
    title="Two sheets to keep by the door",
    summary="What to do if the police come, and what to do if you report violence: each fits on one sheet of paper, "
    "and on your phone.",
    days_ago=26,
    tags=("Know your rights", "Police"),
    body=(
        Text(
            (
                "Support workers give the same advice again and again. Take someone with you. Put things in writing. "
                "Keep a record. We wrote it down in short steps, with words to say and papers not to sign.",
            )
        ),
        Steps(
            "How to use them",
            (
                ("Print them", "Both sides of one sheet. Put it where everybody in the flat can see it."),
                ("Or keep them on a phone", "They can then be read without internet, and taken off again at any time."),
                ("Read them together", "It is easier to remember what you have said aloud once."),
            ),
        ),
        Ask("know-your-rights", "Read the sheets", "Two minutes today may spare you an hour of fear."),
    ),
)

NEWS: Final = (PROMISE, NEW_SHEETS)

PRESS_SLUG: Final = "press"
PRESS_TITLE: Final = "Press room"
PRESS_LEAD: Final = "Whom to ask, what to quote, and where our figures come from."
BOILERPLATE: Final = (
    "Safe to Report is a campaign of sex workers, nurses, students, lawyers and neighbours who want anyone to be able "
    "to report violence without being arrested for it. The campaign is invented. What it asks for comes "
    "from the themes of <i>Sex Workers: Access to Justice</i>, a webinar that the English Collective of Prostitutes held "
    "in November 2020.",
    "Please write “sex worker”. Please do not ask people to tell you about the worst day of their life.",
)
PRESS_EMAIL: Final = "press@safe-to-report.example.org"
# Set aside by Ofcom for stories, as are the numbers on the rights sheets.
PRESS_NUMBER: Final = "0161 496 0142"

FIGURES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "more than a third",
        "of sex workers asked in ten countries did not report violence, for fear of arrest or deportation",
        sources.UNDESERVING_VICTIMS.text,
    ),
    (
        "36%",
        "of sex workers asked in ten countries called their experience with the police bad",
        sources.UNDESERVING_VICTIMS.text,
    ),
    ("1.4%", "of reported rapes in England and Wales led to a prosecution", sources.PROSECUTIONS.text),
)
