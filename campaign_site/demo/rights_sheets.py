"""Two rights sheets. They give advice that support workers give, and claim nothing about the law beyond their sources."""

from typing import Final

from campaign_site.demo import sources
from campaign_site.demo.pieces import Steps, Text
from campaign_site.demo.shapes import SheetText
from campaign_site.demo.sheet_shapes import Contact, Contacts, DoNotSign, Say

INDEX_SLUG: Final = "know-your-rights"
INDEX_TITLE: Final = "Know your rights"
INDEX_LEAD: Final = (
    "Short sheets to print, to keep on your phone, or to read out to somebody. They tell you what to do, what to say, "
    "what not to sign and whom to call."
)

# Numbers set aside by Ofcom for stories: nobody has them.
OUR_LINE = Contact(
    "Safe to Report line",
    "Invented like the rest of this demo: nobody answers. A real group would listen and find you a solicitor.",
    "0808 157 0142",
    "Every day, 10 am to midnight",
)
EMERGENCY = Contact(
    "Emergency services",
    "Police, ambulance and fire brigade. The call is free. You can ask for an ambulance alone.",
    "999",
    "Every day, day and night",
)

AT_THE_DOOR = SheetText(
    slug="if-the-police-come-to-the-door",
    title="If the police come to the door",
    lead="For you and everybody in the flat. Read it together once, before it is needed.",
    body=(
        Steps(
            "What to do",
            (
                ("Stay calm, and keep your hands in sight", "Do not run, push or shout. Speak slowly."),
                ("Ask through the door who is there", "Ask for names and numbers. Write them down, or say them aloud."),
                (
                    "Ask why they have come",
                    "If they have a paper from a court, ask to read it. Read the address on it.",
                ),
                (
                    "Say if you do not agree",
                    "If they come in without your yes, say so once, and do not stand in the way.",
                ),
                ("Say little", "You can be polite and still not explain your life. Ask for a solicitor first."),
                ("Call somebody", "You are harder to ignore with two. Somebody on the phone counts as well."),
                ("Write it all down the same day", "The time, the numbers, who said what, what was taken."),
            ),
        ),
        Say(
            (
                ("At the door", "Who are you, and why have you come?"),
                ("If they show a paper", "Please wait while I read it."),
                ("If they ask questions", "I want to speak to a solicitor before I answer."),
                ("If you do not understand", "I need an interpreter. My language is …"),
            )
        ),
        DoNotSign(
            (
                "Anything you could not read, or that nobody has read to you in your own language.",
                "A statement with words in it that you did not say. Ask for it to be changed first.",
                "A paper that says you did something wrong, or that you agree to leave your home or the country, before "
                "a solicitor has seen it.",
            )
        ),
        Contacts((OUR_LINE, EMERGENCY)),
        Text(
            (
                "Longer than this sheet, and worth reading: <i>Know Your Rights: a guide for sex workers</i>, by the "
                "English Collective of Prostitutes. Police chiefs have written down how officers should treat sex "
                "workers; a solicitor can ask whether that was followed [1].",
            )
        ),
    ),
    sources=(sources.POLICE_GUIDANCE,),
    reviewed_days_ago=40,
)

REPORTING = SheetText(
    slug="if-you-report-violence",
    title="If you report violence",
    lead="For anyone who was attacked or robbed and is thinking about telling the police. Whether you do is up to you.",
    body=(
        Steps(
            "What to do",
            (
                ("Get safe, and get help for your body", "A doctor can see to you whether or not you report."),
                ("Keep what could be proof", "Messages, pictures, clothes. Do not wash or delete anything yet."),
                ("Tell one person you trust", "A friend, or a group that does not work for the police."),
                (
                    "Take someone with you",
                    "People found it easier to report with a group at their side, and when nobody called them a sex "
                    "worker in front of others [1].",
                ),
                ("Decide what you want to say", "Say what was done to you. You need not explain why you were there."),
                ("Put things in writing", "Ask for answers in writing, too, and for the number of your report."),
                ("Keep a record", "Note the date, the time, and who said what."),
            ),
        ),
        Say(
            (
                ("When you arrive", "I am here to report a crime. This person stays with me."),
                ("If they ask about your work", "I am reporting what was done to me. Please write that down."),
                ("If they ask about your papers", "I want to speak to a solicitor before I answer that."),
                ("Before you leave", "Please give me the number of my report, and your name."),
            )
        ),
        DoNotSign(
            (
                "A statement you have not read to the end, or that has not been read to you in your own language.",
                "A paper that takes your report back, on the same day you are asked to. Take it home first.",
                "Anything about your own work or your own papers, before a solicitor has seen it.",
            )
        ),
        Contacts((EMERGENCY, OUR_LINE)),
        Text(
            (
                "You are not the only one who is afraid to. In a study in ten countries more than a third had not "
                "reported violence, for fear of arrest or deportation [1]. <i>Justice is Your Right</i>, by Women "
                "Against Rape, is a guide for survivors who want to go on.",
            )
        ),
    ),
    sources=(sources.UNDESERVING_VICTIMS,),
    reviewed_days_ago=12,
)

SHEETS: Final = (AT_THE_DOOR, REPORTING)
