"""The petition under the third campaign, to the minister who keeps the list."""

from datetime import timedelta

from campaign_site.demo import sources
from campaign_site.demo.pieces import Figure, Heading, Steps, Text, Voice
from campaign_site.demo.shapes import News, Paper, PetitionText

PETITION = PetitionText(
    slug="safety-is-not-violence",
    title="Name the violence, not the work",
    addressed_to="the Minister for Safeguarding and Violence Against Women and Girls",
    ask="Stop listing prostitution as a form of violence against women and girls, and list violence against sex "
    "workers instead.",
    summary="One line in a policy decides who gets help. Ask the minister to change it.",
    illustration="petition-paper.svg",
    story=(
        Text(
            (
                "One line in a policy decides what a support worker writes on a form, what an officer looks for, and "
                "what a service is paid to do. Today that line says that prostitution is violence.",
                "We ask for a different line. It would say that violence against sex workers is violence.",
            )
        ),
        Heading("Why the words matter"),
        Text(
            (
                "If the work itself is the violence, the answer is always to stop the work. Not to find the man who "
                "did it. Not to change the locks, or pay for a taxi, or keep a mother and her child together. People "
                "are passed from one agency to the next, and mothers who report violence risk losing their children "
                "[1].",
            )
        ),
        Figure("36%", "of sex workers asked in ten countries called their experience with the police bad", 2),
        Heading("Aim the law at force"),
        Text(
            (
                "Trafficking law is there for people who are forced, threatened, beaten or locked in. We want it "
                "used for them. Using it to raid flats where nobody is forced takes police time from people who "
                "are, and can end in the deportation of the very people it promised to help [1].",
                "In Norway, policing that set out to disrupt the market punished the sex workers instead [3].",
            )
        ),
        Voice(
            "Ask us what would help. A night bus. A lock. Someone to hold the baby while I talk to the solicitor.",
            "Renata, works online and indoors, Scotland",
        ),
        Steps(
            "What we ask the minister to do",
            (
                ("Take prostitution off the list of forms of violence against women and girls", ""),
                ("Put violence against sex workers on it", ""),
                ("Tell services that help does not depend on leaving sex work", ""),
            ),
        ),
    ),
    sources=(sources.ACCESS_TO_JUSTICE, sources.UNDESERVING_VICTIMS, sources.NORWAY),
    milestones=(
        (200, "We send our draft of the new line to the minister"),
        (500, "We meet women's services that want the change"),
        (1000, "We hand it in, with a letter from those services"),
    ),
    updates=(
        News(
            9,
            "Eleven services have read our draft",
            (
                "Eleven women's services read the new line and told us what would change for them. Nine would sign a "
                "letter. We are rewriting the second sentence for the other two.",
            ),
        ),
    ),
    endorsements=(
        "Harbour Road Women's Centre (invented)",
        "Migrant Women's Kitchen (invented)",
        "Students for Safer Work (invented)",
    ),
    share_text="Call the violence violence, and the work work. I signed to change one line of policy. Will you?",
    thank_you_title="Thank you. One line closer",
    thank_you=(
        "Your signature is confirmed and will be in the total within a few seconds.",
        "<b>Next:</b> read how to take this to a service near you, or sign the petition to the Home Secretary.",
    ),
    next_slug="carry-out-the-2016-report",
    signatures=640,
    days_open=18,
    comments=17,
    waiting_comments=4,
    paper=(Paper(38, "Women's centre open day. Sheets are in the locked cabinet, folder 4."),),
    closes_in=timedelta(days=102),
)
