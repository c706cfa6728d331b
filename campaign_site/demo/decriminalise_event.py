"""The webinar that has taken place, and what was said at it."""

from datetime import time, timedelta

from campaign_site.demo import sources
from campaign_site.demo.pieces import Facts, Figure, Heading, Steps, Text, Voice
from campaign_site.demo.shapes import EventText, SpeakerText

WEBINAR = EventText(
    slug="who-is-believed",
    title="Who is believed? An evening on access to justice",
    discreet_title="Evening call",
    summary="Sex workers, advocates, a researcher and an MP on what stops people from getting justice, and on what has "
    "changed it elsewhere.",
    illustration="campaign-decriminalise.svg",
    starts_in=-40,
    begins=time(18, 0),
    lasts=timedelta(hours=2),
    story=(
        Text(
            (
                "Most of what is decided about sex workers is decided without them in the room. We turned it round: those "
                "who had been through it spoke first, and everybody else answered.",
            )
        ),
    ),
    sources=(
        sources.ACCESS_TO_JUSTICE,
        sources.PROSECUTIONS,
        sources.UNDESERVING_VICTIMS,
        sources.PRIVATE_PROSECUTION,
        sources.PRIORITIZING_SAFETY,
        sources.HOME_AFFAIRS_COMMITTEE,
    ),
    agenda=(
        (time(18, 0), "Three accounts", "Of a robbery, a raid and a court."),
        (time(18, 40), "What the figures say", "And what nobody counts."),
        (time(19, 5), "What has worked elsewhere", "California, step by step."),
        (time(19, 30), "Answers from Parliament", "And questions to it."),
    ),
    speakers=(
        SpeakerText("Ana", "works indoors with two others", is_pseudonym=True),
        SpeakerText("Denise Achebe", "chair", "Safe to Report Network (invented)", pronouns="she/her"),
        SpeakerText("Dr Iolo Vaughan", "researcher", "University of Harrowmere (invented)"),
        SpeakerText("Philippa Stroud-Lane MP", "member for Harrowmere (both invented)"),
    ),
    access_note=("There was a break after an hour, and the slides were sent out the day before.",),
    interpretation="Romanian, Spanish and Portuguese",
    share_text="What sex workers told an MP about access to justice, and what she answered.",
    thank_you_title="Thank you",
    thank_you=("You can read what was said on the page of the event.",),
    next_slug="carry-out-the-2016-report",
    capacity=200,
    registered=164,
    joined=121,
    peak=113,
    recording_url="https://media.example.org/who-is-believed",
    transcript=(
        "<b>Denise Achebe:</b> Good evening. Before anybody with a title speaks, three people tell you what happened to "
        "them. They chose what to say and what to leave out. Nobody asks them for more.",
        "<b>Ana:</b> There were three of us in the flat, because three is safer than one. He had a knife. When I rang, the "
        "first question was about the knife. The second was about the flat.",
        "<b>Philippa Stroud-Lane:</b> I have read the law on this many times. I had not heard it as a reason not to pick "
        "up the telephone.",
        "<i>The rest is left out here: this is a demo, and the people in it are invented.</i>",
    ),
    report=(
        Text(
            (
                "A hundred and twenty-one people joined, most of them without a picture. Three sex workers opened the "
                "evening. This is what they and those who answered them said.",
            )
        ),
        Heading("The law asks the wrong question first"),
        Text(
            (
                "Ana works with two others, because alone is dangerous. Two or more who share a flat can be charged with "
                "keeping a brothel. So when she was robbed, she had to choose between a report and her home. Such choices were "
                "described at the webinar of 2020 as well [1].",
            )
        ),
        Voice("The first question was about the knife. The second was about the flat.", "Ana, works indoors"),
        Heading("What the figures say"),
        Figure("1.4%", "of the rapes reported in England and Wales led to a prosecution", 2),
        Text(
            (
                "That is for everybody. Those who fear arrest do not even get into the figure: more than a third of the "
                "sex workers asked in ten countries had not reported violence, for fear of arrest or deportation [3].",
                "And yet it can be won. In 1995 two sex workers took a rapist to court themselves after the Crown Prosecution "
                "Service had declined. He was sentenced to 14 years [4].",
            )
        ),
        Heading("What has worked elsewhere"),
        Text(
            (
                "San Francisco promised that those who come forward as victims or witnesses are not prosecuted. The "
                "District Attorney's agreement took ten months of meetings; that of the police took longer [5]. The lesson, said "
                "Dr Vaughan, is to start with one desk and one signature.",
            )
        ),
        Facts(
            "What the MP promised",
            (
                "To ask the Home Secretary what became of the committee's recommendation of 2016 [6].",
                "To meet her own chief constable together with sex workers of the county.",
                "To come back in a year and say what she did.",
            ),
        ),
        Steps(
            "What you can do",
            (
                ("Sign the petition", "It asks for the recommendation to be carried out."),
                ("Write to your own MP", "One who hears it from a constituent remembers it."),
            ),
        ),
    ),
)
