"""The first campaign: change the law so that working together, or on the street, is no crime."""

from campaign_site.demo import sources
from campaign_site.demo.campaign_shapes import Endorsers, Questions, Told, Win, Wins
from campaign_site.demo.decriminalise_event import WEBINAR
from campaign_site.demo.decriminalise_letter import LETTER
from campaign_site.demo.decriminalise_petitions import HARROWMERE, PETITION
from campaign_site.demo.pieces import Ask, Divider, Figure, Heading, Steps, Text
from campaign_site.demo.shapes import CampaignText

CAMPAIGN = CampaignText(
    slug="decriminalise-for-safety",
    title="Decriminalise for safety",
    demand="Stop treating sex workers as criminals for working on the street or working together.",
    summary="The law makes people choose between working alone and breaking the law. MPs said in 2016 how to end "
    "that. We ask Parliament to do it.",
    illustration="campaign-decriminalise.svg",
    body=(
        Heading("The law gets in the way of safety"),
        Text(
            (
                "Ask anyone who works late how they stay safe. They stay with other people. They let somebody know "
                "where they are. They keep a door they can lock, and a colleague who will come if they shout.",
                "For sex workers, most of that is against the law. Selling sex is legal in England and Wales. "
                "Sharing a flat with a colleague while you do it can be called brothel-keeping. Looking for clients "
                "on the street can be called soliciting. So people work alone, hurry, and move on.",
                "When something goes wrong, the same law stands between them and help. One woman was robbed at "
                "knifepoint. Because she worked with others, she faced arrest for brothel-keeping, and then "
                "deportation [1].",
            )
        ),
        Figure("1.4%", "of rapes reported in England and Wales led to a prosecution, a newspaper found in 2019", 2),
        Text(
            (
                "Everyone who reports rape faces poor odds. Add the risk of being prosecuted yourself, and many "
                "people decide not to call at all.",
            )
        ),
        Heading("What happens elsewhere"),
        Text(
            (
                "<b>Making clients criminals does not help.</b> In countries that copied Sweden's law, buying sex is "
                "a crime and selling it is not. But working together stays a crime there too [1]. In France, after "
                "that change, sex workers reported more violence and less trust in the police [3].",
                "<b>Chasing “the market” hurts the people in it.</b> Amnesty International looked at Norway in 2016. "
                "The police had set out to disrupt the market. Sex workers were the ones who paid: hotels and "
                "landlords were told to find them and put them out [4].",
            )
        ),
        Told(
            "Two of us in a flat means one of us can answer the door. That is all it is. It is the same reason "
            "nurses do home visits in pairs.",
            "Marisol, works indoors in the Midlands",
        ),
        Steps(
            "What we ask",
            (
                (
                    "Let people work together",
                    "Change the brothel-keeping law so that sex workers can share a place, while anyone who "
                    "controls or forces another person can still be prosecuted.",
                ),
                ("Stop arrests on the street", "Take soliciting out of the criminal law."),
                (
                    "Clear the records",
                    "Delete past convictions and cautions for these things. A record shuts people out of other "
                    "jobs for years.",
                ),
            ),
        ),
        Text(
            (
                "None of this is a new idea. A committee of MPs from several parties recommended all three in 2016, "
                "after hearing from every side [5].",
            )
        ),
        Divider(),
        Wins(
            (
                Win(
                    "1995",
                    "A first in court",
                    "The Crown Prosecution Service declines a case of rape. Two sex workers take it to court "
                    "themselves, with the English Collective of Prostitutes and Women Against Rape. It is the first "
                    "private prosecution for rape to succeed in England and Wales. The man is sentenced to 14 years "
                    "[6].",
                    "The Independent, 19 September 1995",
                ),
                Win(
                    "2016",
                    "A committee of MPs agrees",
                    "Parliament's Home Affairs Committee recommends decriminalising street work and working together, "
                    "and clearing records [5].",
                    "House of Commons, HC 26",
                    sources.HOME_AFFAIRS_COMMITTEE.url,
                ),
                Win(
                    "2016",
                    "Amnesty International takes a stand",
                    "It adopts a policy in favour of full decriminalisation [7].",
                    "Amnesty International, POL 30/4062/2016",
                    sources.AMNESTY_POLICY.url,
                ),
            )
        ),
        Told(
            "My record is for standing on a pavement in 2009. I have explained that pavement in eleven job interviews.",
            "Carol, care worker, South Wales",
        ),
        Questions(
            (
                (
                    "Is selling sex not legal already?",
                    "In England and Wales it is. What keeps people safe while they do it often is not: sharing a flat "
                    "can be called brothel-keeping, and looking for clients on the street soliciting.",
                ),
                (
                    "Would this protect people who force others?",
                    "No. Forcing, controlling, threatening and locking somebody in stay crimes, and they should. A law "
                    "that leaves people who work together alone has more time for those who do harm.",
                ),
                (
                    "Why not punish clients instead?",
                    "Because it has been tried. In France, sex workers reported more violence and less trust in the "
                    "police after clients were made criminals [3].",
                ),
                (
                    "What happens with my signature?",
                    "We hand in the number, and the names to whoever the petition is addressed to if they ask for "
                    "proof. Nothing about you is shown on this site unless you choose it.",
                ),
            )
        ),
        Endorsers(
            (
                "Lantern Street Outreach (invented)",
                "Northern Night Workers' Advice (invented)",
                "Nurses for Safe Work (invented)",
            )
        ),
        Ask(
            "carry-out-the-2016-report",
            "Sign the petition",
            "Parliament already has the recommendation. Ask the Home Secretary to carry it out.",
        ),
    ),
    sources=(
        sources.ACCESS_TO_JUSTICE,
        sources.PROSECUTIONS,
        sources.FRANCE,
        sources.NORWAY,
        sources.HOME_AFFAIRS_COMMITTEE,
        sources.PRIVATE_PROSECUTION,
        sources.AMNESTY_POLICY,
    ),
    petitions=(PETITION, HARROWMERE),
    letters=(LETTER,),
    events=(WEBINAR,),
)
