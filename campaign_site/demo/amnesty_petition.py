"""The petition under the second campaign. It keeps no names: those most likely to sign have most to lose."""

from datetime import timedelta

from campaign_site.demo import sources
from campaign_site.demo.pieces import Figure, Heading, Steps, Text, Voice
from campaign_site.demo.shapes import News, PetitionText

PETITION = PetitionText(
    slug="report-without-fear",
    title="Report violence without fear of arrest",
    addressed_to="the National Police Chiefs' Council and the Crown Prosecution Service",
    ask="Promise in writing that people in sex work who report violence, or witness it, will not be arrested, "
    "prosecuted or passed to immigration enforcement.",
    summary="San Francisco promised it, then all of California. Ask police and prosecutors here to do the same. We keep "
    "no names from this petition.",
    illustration="petition-telephone.svg",
    story=(
        Text(
            (
                "Someone hurts you. You pick up the phone. Then you put it down, because the person most likely to "
                "be arrested tonight is you.",
            )
        ),
        Figure("Over a third", "of those asked did not report violence, for fear of arrest or deportation", 1),
        Text(
            (
                "When sex workers cannot call the police, violent people notice. Researchers in the UK spoke to 41 sex "
                "workers. They heard of clients who use the threat of reporting as a weapon [2].",
            )
        ),
        Heading("It has been done before"),
        Text(
            (
                "San Francisco wrote it down: come forward as a victim or a witness of violence, and nobody "
                "prosecutes you for sex work or uses your immigration status against you [3]. In 2019 a law took "
                "the promise to the whole of California [4]. European law on trafficking already speaks of not "
                "prosecuting victims, of support and of compensation [5].",
            )
        ),
        Voice(
            "A promise on a poster is no use to me. I want one I can show to the officer at the desk.",
            "Jo, works on the street, North West",
        ),
        Steps(
            "What the promise must say",
            (
                (
                    "No arrest and no prosecution for sex work or working together, for anyone who reports "
                    "violence or bears witness to it",
                    "",
                ),
                ("No passing on of what they say to immigration enforcement", ""),
                ("No raid on a place of work without concrete evidence of force or coercion", ""),
                ("Help to claim compensation", ""),
            ),
        ),
        Heading("Why this petition keeps no names"),
        Text(
            (
                "Some people who sign this will have their own reasons to be careful. So we ask for an e-mail address "
                "and nothing else, and use it once, to check that you are one person. After that we keep the number, "
                "and a mark made with a secret key that cannot be read back as an address. We could not hand over a "
                "list if we were made to, because there is none.",
            )
        ),
    ),
    sources=(
        sources.UNDESERVING_VICTIMS,
        sources.AFTER_THE_REFERENDUM,
        sources.PRIORITIZING_SAFETY,
        sources.SENATE_BILL_233,
        sources.TRAFFICKING_DIRECTIVE,
    ),
    milestones=(
        (250, "We send it to every chief constable"),
        (750, "We ask prosecutors for a meeting"),
        (1500, "We publish a model promise that any force can sign"),
        (3000, "We hand in the number, on one sheet of paper"),
    ),
    updates=(
        News(
            6,
            "The draft has gone out",
            (
                "We sent the draft promise to every chief constable, with the reports you find under this petition. "
                "We sent it by post as well, and kept a copy. We will say here who answers, and what.",
            ),
        ),
        News(
            22,
            "A draft promise",
            (
                "Sex workers, solicitors and support workers sat down together and wrote the promise in one page. "
                "It names what an officer at the desk must not do.",
            ),
        ),
    ),
    endorsements=(
        "Safe Desk Legal Advice (invented)",
        "Lantern Street Outreach (invented)",
        "Migrant Women's Kitchen (invented)",
    ),
    share_text="Nobody should be arrested for reporting violence. I signed, and they keep no names. You can sign too.",
    thank_you_title="Thank you. You are counted, and not listed",
    thank_you=(
        "Your signature is confirmed. We have kept the number and no name.",
        "<b>If you can, tell one person you trust.</b> Say it out loud or send the link yourself: we do not share "
        "anything for you.",
    ),
    next_slug="safety-is-not-violence",
    signatures=1140,
    days_open=27,
    closes_in=timedelta(days=60),
    privacy_mode="count",
)
