"""The home page, and what the demo campaign calls itself."""

from campaign_site.demo import sources
from campaign_site.demo.pieces import Facts, Figure, Heading, Piece, Source, Text, Voice

NAME = "Safe to Report"
TAGLINE = "No arrest for asking for help"
CONTROLLER = "Safe to Report Network (an invented organisation)"
CONTACT = "hello@safe-to-report.example.org"

INVENTED = (
    "This is a demo site. The campaign Safe to Report, its petitions, its numbers and every person on it are "
    "invented. The facts are real, and each one names its source."
)

STATEMENT = "Nobody should be arrested for asking for help."
INTRO = (
    "If you are robbed or attacked, you should be able to say so. Many sex workers cannot: the call that reports the "
    "crime can end in their own arrest, eviction or deportation. Three changes would put that right. Add your name."
)

FEATURED = ("carry-out-the-2016-report", "report-without-fear", "safety-is-not-violence")

# In all six languages, with the home page and a rights sheet.
TRANSLATED = ("amnesty-from-arrest", "report-without-fear")

SECTIONS: tuple[Piece, ...] = (
    Heading("Why it matters to you"),
    Text(
        (
            "When some people cannot report violence, violent people learn where to go. A law that makes one group "
            "keep quiet makes nobody safer.",
            "Twelve organisations in ten countries asked sex workers what happens when they are hurt. More "
            "than a third had not reported it, for fear of arrest or deportation [1].",
        )
    ),
    Figure("36%", "of sex workers asked in ten countries called their experience with the police bad", 1),
    Facts(
        "It can be done",
        (
            "<b>San Francisco</b> promised not to prosecute people in sex work who report violence. In 2019 a law took "
            "the promise to all of California [2].",
            "<b>A committee of MPs</b> recommended in 2016 that Parliament decriminalise street work and working "
            "together, and clear the records [3].",
            "<b>Amnesty International</b> has supported full decriminalisation since 2016 [4].",
        ),
    ),
    Voice(
        "I do not need saving. I need to be able to ring the police and have it be about the burglar.",
        "Dee, works indoors, Manchester",
    ),
    Heading("Your name is safe here"),
    Text(
        (
            "Signing can say something about you, so we ask for little and show nothing unless you tell us to. Your "
            "details are locked away as soon as you send them. No tracker watches you read this page.",
        )
    ),
)

SOURCES: tuple[Source, ...] = (
    sources.UNDESERVING_VICTIMS,
    sources.SENATE_BILL_233,
    sources.HOME_AFFAIRS_COMMITTEE,
    sources.AMNESTY_POLICY,
)

TAKING_PART_WORDING = (
    "Yes, ask me to take part: to come to events, or to talk to my MP. The Safe to Report Network writes to you about that "
    "a few times a year, and each mail has a link that stops them."
)
CONSENT_WORDING = (
    "Yes, write to me about this campaign. You get one or two mails a month from the Safe to Report Network, and each "
    "one has a link that stops them."
)
