"""The petitions under the first campaign: one to the Home Secretary, one to an invented council, won."""

from datetime import timedelta

from campaign_site.demo import sources
from campaign_site.demo.pieces import Figure, Heading, Steps, Text, Voice
from campaign_site.demo.shapes import News, Paper, PetitionText

PETITION = PetitionText(
    slug="carry-out-the-2016-report",
    asks_to_take_part=True,
    title="Let sex workers work together",
    addressed_to="the Home Secretary",
    ask="Carry out the Home Affairs Committee's 2016 recommendation: let sex workers share premises, stop arrests on "
    "the street, and clear old records.",
    summary="MPs from several parties said in 2016 what would make sex workers safer. Ask the Home Secretary to do it.",
    illustration="petition-door.svg",
    story=(
        Text(
            (
                "You are safer with a colleague in the next room. If you are a sex worker, that colleague makes you "
                "both criminals. The law calls it brothel-keeping.",
                "On the street it is the law on soliciting. To avoid arrest you agree fast, walk further from the "
                "lights, and get into the car before you have had a proper look.",
            )
        ),
        Heading("MPs have already answered"),
        Text(
            (
                "In 2016 the Home Affairs Committee looked into it. It asked the government for three things: take "
                "soliciting out of the criminal law, let sex workers share premises, and delete past convictions "
                "and cautions. It was clear that anyone who controls or exploits another person must still be "
                "prosecuted [1].",
                "The committee did its work. Now the government can do its part.",
            )
        ),
        Figure("2016", "the year a committee of MPs recommended the change. We are still asking", 1),
        Heading("What the law does to a report of a crime"),
        Text(
            (
                "A woman was robbed at knifepoint at work. She worked with others, so she faced arrest for "
                "brothel-keeping, and then deportation [2]. People hear stories like that. They remember them when "
                "it is their turn to pick up the phone.",
            )
        ),
        Voice(
            "We had a buzzer, a camera and each other. After the letter about brothel-keeping we had none of it, "
            "because I was on my own.",
            "Teodora, works indoors in Yorkshire",
        ),
        Steps(
            "What we ask the Home Secretary to do",
            (
                ("Bring forward a law that lets sex workers share premises", ""),
                ("Take soliciting out of the criminal law", ""),
                ("Delete the records people already have for either", ""),
            ),
        ),
        Text(
            (
                "We will hand your signatures in at the Home Office, with sex workers at the front. Amnesty "
                "International has supported decriminalisation since 2016 [3]. So do we. Do you?",
            )
        ),
    ),
    sources=(sources.HOME_AFFAIRS_COMMITTEE, sources.ACCESS_TO_JUSTICE, sources.AMNESTY_POLICY),
    milestones=(
        (500, "We write to every member of the Home Affairs Committee"),
        (1000, "We ask the Home Office for a meeting"),
        (2500, "We brief MPs in Parliament, with sex workers speaking"),
        (5000, "We hand it in at the Home Office"),
    ),
    updates=(
        News(
            4,
            "We asked for a meeting",
            (
                "You passed 1,000 names, so we wrote to the Home Office and asked to meet. We sent the letter by "
                "post and by e-mail and kept copies of both. We will tell you here what they answer.",
            ),
        ),
        News(
            19,
            "A first briefing, in plain words",
            (
                "Two pages on what the committee recommended and what has happened since. Take it to your MP's "
                "surgery. Take a friend as well: it is easier with two.",
            ),
        ),
        News(33, "We begin", ("The petition is open. Thank you to the forty people who signed before breakfast.",)),
    ),
    endorsements=(
        "Lantern Street Outreach (invented)",
        "Northern Night Workers' Advice (invented)",
        "Nurses for Safe Work (invented)",
    ),
    share_text="Two people in a flat are safer than one. For sex workers it is a crime. I asked the Home Secretary to "
    "change that. You can too.",
    thank_you_title="Thank you. Your name counts",
    thank_you=(
        "Your signature is confirmed and will be in the total within a few seconds.",
        "<b>One more thing helps a lot:</b> a second petition asks for a promise that nobody is arrested for "
        "reporting violence. It takes a minute.",
    ),
    next_slug="report-without-fear",
    signatures=1860,
    days_open=34,
    comments=28,
    waiting_comments=7,
    paper=(
        Paper(112, "Stall at the spring fair. Sheets are in the locked cabinet, folder 1."),
        Paper(64, "Students' union meeting. Sheets are in the locked cabinet, folder 2."),
    ),
    closes_in=timedelta(days=74),
)

HARROWMERE = PetitionText(
    slug="drop-the-fines-in-harrowmere",
    title="Drop the street fines in Harrowmere",
    addressed_to="Harrowmere City Council",
    ask="Take sex workers out of the council's street order, and spend the money on the outreach van.",
    summary="The council fined people for standing on a street. It stopped when residents asked it to. "
    "Harrowmere is an invented city.",
    illustration="petition-street.svg",
    story=(
        Text(
            (
                "<b>Harrowmere, its council and this petition are invented for this demo site.</b> They show what a "
                "petition looks like when it has been won.",
                "The council's street order let officers fine anyone they thought was selling sex. People paid their "
                "fines the only way they could: by working longer, later and further away.",
            )
        ),
        Heading("Fines keep people quiet"),
        Text(
            (
                "Research in ten countries asked sex workers what stops them reporting violence. Fines were "
                "on the list, with prosecution, detention, deportation and eviction [1].",
            )
        ),
        Steps(
            "What we asked for",
            (
                ("Take sex workers out of the order", ""),
                ("Cancel the fines that are still unpaid", ""),
                ("Keep the outreach van on the road seven nights a week", ""),
            ),
        ),
        Heading("What we won"),
        Text(
            (
                "The council took sex workers out of the order and cancelled the fines. The van goes out five nights "
                "a week, two more than before. We are still asking for the other two.",
            )
        ),
    ),
    sources=(sources.UNDESERVING_VICTIMS,),
    milestones=((250, "We ask to speak at the council meeting"), (400, "We hand it in")),
    updates=(
        News(
            12,
            "We won",
            (
                "The council voted to take sex workers out of the street order. Residents spoke, and so did people "
                "who had been fined. Thank you, all of you.",
            ),
        ),
        News(40, "Handed in", ("We gave the signatures to the council, on paper, with copies kept.",)),
    ),
    endorsements=("Harrowmere Residents Together (invented)", "The Corner Table Food Club (invented)"),
    share_text="A council fined people for standing on a street. Residents asked it to stop, and it did.",
    thank_you_title="Thank you",
    thank_you=("Your signature is confirmed.",),
    next_slug="carry-out-the-2016-report",
    signatures=431,
    days_open=90,
    collected_until=40,
    comments=7,
    waiting_comments=1,
    paper=(Paper(57, "Collected at the market hall. Handed over with the petition; copies in folder 3."),),
    state="won",
)
