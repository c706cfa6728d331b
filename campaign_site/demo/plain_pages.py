"""The plain pages: who we are, what happens to people's data, how to reach us, where to find help."""

from campaign_site.demo import front, sources
from campaign_site.demo.pieces import Facts, Heading, Steps, Text
from campaign_site.demo.shapes import StandardText

ABOUT = StandardText(
    slug="about",
    title="About us",
    intro="Sex workers, nurses, students, lawyers and neighbours who want one thing: that anyone can report violence "
    "and be safe.",
    body=(
        Text((f"<b>{front.INVENTED}</b>",)),
        Heading("Where this began"),
        Text(
            (
                "In November 2020 the English Collective of Prostitutes held a webinar, <i>Sex Workers: Access to "
                "Justice</i>. Sex workers, groups against violence against women, academics, human rights "
                "organisations and two MPs took part. A report followed [1]. The demands on this site come from the "
                "themes of that meeting. The words are ours.",
            )
        ),
        Facts(
            "How we work",
            (
                "Sex workers decide what we ask for, and speak for themselves.",
                "We help people fight their own cases, and each other's.",
                "Migrant sex workers lead our work against raids, police racism and deportations.",
                "We name the source of every figure. If we get one wrong, we say so on the page.",
                "We take no money from the police or the Home Office.",
            ),
        ),
        Heading("Why an umbrella"),
        Text(
            (
                "In 2001 sex workers marched through Venice with red umbrellas. The umbrella has meant shelter and "
                "strength ever since. Ours opens a little further with every signature.",
            )
        ),
    ),
    sources=(sources.ACCESS_TO_JUSTICE,),
    is_in_menu=True,
)

HELP = StandardText(
    slug="help-and-rights",
    title="Help and rights",
    intro="Guides that others have written well, and advice from people who support each other every week.",
    body=(
        Steps(
            "Before you meet officials",
            (
                ("Take someone with you", "You are harder to ignore with two."),
                ("Put things in writing", "Ask for answers in writing, too."),
                ("Keep a record", "Note the date, the time, and who said what."),
            ),
        ),
        Facts(
            "Guides to look for",
            (
                "<b>Know Your Rights: a guide for sex workers</b>, by the English Collective of Prostitutes.",
                "<b>Justice is Your Right</b>, a self-help guide for survivors, by Women Against Rape.",
                "<b>The National Referral Mechanism</b>, the government's guidance on support for people who have "
                "been trafficked [1].",
                "<b>Amnesty International's policy</b> on the human rights of sex workers [2].",
                "<b>The Home Affairs Committee's report</b> of 2016 [3].",
                "<b>Directive 2011/36/EU</b>, on support, compensation and not punishing people who have been "
                "trafficked [4].",
            ),
        ),
        Text(
            (
                "We are a campaign, not an advice service, and this is a demo site. If you are in danger now and "
                "want the police, call 999.",
            )
        ),
    ),
    sources=(
        sources.REFERRAL_MECHANISM,
        sources.AMNESTY_POLICY,
        sources.HOME_AFFAIRS_COMMITTEE,
        sources.TRAFFICKING_DIRECTIVE,
    ),
    is_in_menu=True,
)

CONTACT = StandardText(
    slug="contact",
    title="Contact",
    intro="Write to us. A person reads every message.",
    body=(
        Text(
            (
                f"<b>E-mail:</b> {front.CONTACT}. The address is made up, like everything else about this "
                "organisation: mail sent to it goes nowhere.",
                "Use a name you are comfortable with. You do not need to tell us what work you do.",
            )
        ),
        Heading("If you write for a newspaper"),
        Text(
            (
                "Ask us for the sources. Please use “sex worker”. Please do not ask people to tell you about the "
                "worst day of their life.",
            )
        ),
    ),
    is_in_menu=True,
)

PAGES = (ABOUT, HELP, CONTACT)
