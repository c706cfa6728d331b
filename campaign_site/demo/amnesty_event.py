"""The webinar that is still to come: what to say when you call the police, and what not to."""

from datetime import time, timedelta

from campaign_site.demo import sources
from campaign_site.demo.pieces import Facts, Figure, Text
from campaign_site.demo.shapes import EventText, SpeakerText

WEBINAR = EventText(
    slug="before-you-call",
    title="Before you call: reporting violence without putting yourself at risk",
    discreet_title="Evening call",
    summary="An hour and a half with people who have reported violence, and people who went with them. Come under any "
    "name. You need not be seen or heard.",
    illustration="petition-telephone.svg",
    starts_in=10,
    begins=time(18, 30),
    lasts=timedelta(minutes=90),
    story=(
        Text(
            (
                "Calling the police should be simple. For many sex workers it is a calculation: who is in the flat, "
                "what papers they have, what the neighbours will see. This evening is about that calculation, and about "
                "what makes it easier.",
            )
        ),
        Figure("30%", "called their experience with the police good: the report was written down and looked into", 1),
        Text(
            (
                "People who support others say the same three things again and again. Take somebody with you. Put it in "
                "writing. Keep a record. We go through each of them with examples, and with time for questions.",
                "<i>The speakers, and the people who have registered, are invented. So is the room: its address leads nowhere.</i>",
            )
        ),
        Facts(
            "What you can count on",
            (
                "Nobody sees who else has registered.",
                "Cameras and microphones are off when you come in, and may stay off.",
                "We do not keep a list of who came.",
            ),
        ),
    ),
    sources=(sources.UNDESERVING_VICTIMS,),
    agenda=(
        (time(18, 30), "Welcome", "How the evening works, and how to ask something without being named."),
        (time(18, 40), "Two people who reported", "What they expected, what happened, what they would do again."),
        (time(19, 10), "What helps", "Company, paper, and a promise that can be shown at the desk."),
        (time(19, 25), "A break of five minutes", ""),
        (time(19, 30), "Your questions", "Those sent in beforehand come first."),
    ),
    speakers=(
        SpeakerText("Marisol", "has reported twice", is_pseudonym=True, pronouns="she/her"),
        SpeakerText("Tam", "has reported once, and would not again", is_pseudonym=True, pronouns="they/them"),
        SpeakerText("Hanna Osei", "support worker", "Lantern Street Outreach (invented)"),
        SpeakerText("Gareth Pryce", "solicitor", "Safe Desk Legal Advice (invented)"),
    ),
    access_note=(
        "The slides are sent on the morning of the day. Nobody is put on the spot, and you may leave and come back. "
        "If you have no safe screen, take part by telephone: tick the box, and we write to you how.",
    ),
    interpretation="Romanian and Spanish, on a channel of their own",
    share_text="An online evening about reporting violence without putting yourself at risk. Any name will do.",
    thank_you_title="You are on your way in",
    thank_you=(
        "The mail that confirms your place is short and says nothing of the subject.",
        "<b>While you wait:</b> the petition asks every police force for the promise we will talk about.",
    ),
    next_slug="report-without-fear",
    capacity=60,
    registered=59,
    most_seats=4,
)
