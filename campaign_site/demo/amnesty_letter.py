"""The letter under the second campaign, and the page that shows where an invented Parliament stands on it."""

from campaign_site.demo import sources
from campaign_site.demo.pieces import Figure, Heading, Steps, Text
from campaign_site.demo.shapes import Draft, LetterText, ParliamentText

_EVERYBODY = (
    "I am writing as somebody who lives in your constituency, about people who are hurt and cannot report it.\n\n"
    "When a person in sex work is attacked, the call for help can end in their own arrest, or in questions about "
    "their papers. So most stay silent, and whoever attacked them is free to do it again.\n\n"
    "Please write to the Home Secretary and ask for one thing: a promise, kept by every police force, that nobody in "
    "sex work is arrested, prosecuted or passed to immigration enforcement for reporting violence. And please tell me "
    "what answer you get."
)
_CHAMPIONS = (
    "I am writing as somebody who lives in your constituency, to thank you. You have said in public that people in "
    "sex work must be able to report violence without being arrested for it. It mattered to people I know.\n\n"
    "Would you take it a step further, and put it to the Home Secretary in a written question: which forces have "
    "made that promise, and what is there to stop the others?"
)
_SCOTLAND = (
    "I am writing as somebody who lives in your constituency. The law on reporting violence is made in Holyrood, but "
    "what happens to a person's leave to stay after they call the police is decided in London.\n\n"
    "Please ask the Home Secretary to promise that nothing a person tells the police about violence against them is "
    "passed to immigration enforcement. And please tell me what answer you get."
)
_OPPOSED = (
    "This MP has voted against it, and their office counts letters from campaigns rather than reads them. A short "
    "note of your own, by post, does more: say who you are and what you have seen. Or bring it up in person: MPs hold "
    "surgeries in their constituency, and you can book one."
)

LETTER = LetterText(
    slug="ask-your-mp",
    title="Ask your MP for an amnesty from arrest",
    ask="Ask the Home Secretary to promise that nobody in sex work is arrested for reporting violence.",
    summary="Find your MP by your postcode, and write to them in your own words. A few honest lines do more than a "
    "thousand copies of ours.",
    story=(
        Text(
            (
                "MPs answer the people they represent. A letter from your street reaches a desk that no petition "
                "reaches, and an office that gets ten different letters starts to ask what is going on.",
            )
        ),
        Figure("Over a third", "of those asked did not report violence, for fear of arrest or deportation", 1),
        Heading("What one letter can do"),
        Text(
            (
                "Your MP can write to the Home Secretary for you, and ministers answer MPs. They can ask a question that "
                "has to be answered in public. They can meet the chief constable. California wrote the promise into its law in 2019 [2]; "
                "here a letter from a minister would be a beginning.",
                "You need not say anything about your own life. If you do, say only what you would be content for a "
                "stranger in an office to read. "
                "Researchers heard from sex workers who are threatened with being reported [3]: nobody should have to "
                "name themselves to be heard.",
            )
        ),
        Steps(
            "What to ask for",
            (
                ("A promise in writing, from every force, that reporting violence leads to no arrest", ""),
                ("No passing on of what people say to immigration enforcement", ""),
                ("An answer, and a copy of it to you", ""),
            ),
        ),
        Text(
            (
                "<i>To try it out, give the postcode ZA1 1AA, or ZA and any number up to 60 with 1AA behind it. The seats, "
                "the members of Parliament and what they said are all invented, and no letter from here reaches "
                "anybody.</i>",
            )
        ),
    ),
    sources=(sources.UNDESERVING_VICTIMS, sources.SENATE_BILL_233, sources.AFTER_THE_REFERENDUM),
    points=(
        (
            "It has been done",
            "In 2019 California made it law that reporting violence does not lead to arrest for sex work.",
        ),
        ("Silence protects attackers", "They choose people who cannot call for help."),
        (
            "It costs nothing",
            "A written policy of a police force needs no new law and no money, and it can be taken back if it fails.",
        ),
        (
            "Migrants fear it most",
            "Researchers who spoke to 41 sex workers after the EU referendum heard of clients who threaten to report "
            "them.",
        ),
    ),
    prompts=(
        ("What made you decide to write?", "One sentence is enough."),
        (
            "What have you seen or heard near where you live?",
            "Leave out names, and anything that could point at somebody.",
        ),
        ("What would you like your MP to do first?", "A letter, a question, a meeting."),
    ),
    subjects=(
        "Reporting violence without fear",
        "A question for the Home Secretary",
        "Safety in our constituency",
        "A constituent's request about policing",
    ),
    drafts=(
        Draft("Those who voted against", _OPPOSED, stance="opposed", says_no=True),
        Draft("Champions", _CHAMPIONS, stance="champion"),
        Draft("Scotland", _SCOTLAND, country="scotland"),
        Draft("Everybody else", _EVERYBODY),
    ),
    share_text="I wrote to my MP, in my own words. It took ten minutes. You can too.",
    thank_you_title="Thank you. Your letter is in line",
    thank_you=(
        "It leaves for your MP's office in working hours, in its turn, and we write to you when it has.",
        "<b>Offices take two weeks or more to answer.</b> What you get back is yours. If you show us, we learn where "
        "your MP stands.",
    ),
    next_slug="report-without-fear",
)

PARLIAMENT = ParliamentText(
    slug="where-parliament-stands",
    title="Where Parliament stands",
    lead="What each MP has said or done about an amnesty from arrest, as far as anybody can show it.",
    body=(
        Text(
            (
                "An MP is here as a champion, an opponent or something between only if there is a vote, a public word or "
                "a letter to show for it. Of the rest we know nothing yet. <b>Your letter is how we find out.</b>",
                "The seats, the people and their words on this page are invented.",
            )
        ),
    ),
)
