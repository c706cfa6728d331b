"""The second campaign: people who report violence are not arrested for it."""

from campaign_site.demo import sources
from campaign_site.demo.amnesty_event import WEBINAR
from campaign_site.demo.amnesty_letter import LETTER, PARLIAMENT
from campaign_site.demo.amnesty_petition import PETITION
from campaign_site.demo.campaign_shapes import Endorsers, Questions, Told, Win, Wins
from campaign_site.demo.pieces import Ask, Divider, Facts, Figure, Heading, Steps, Text
from campaign_site.demo.shapes import CampaignText

CAMPAIGN = CampaignText(
    slug="amnesty-from-arrest",
    title="Amnesty from arrest",
    demand="Guarantee that nobody in sex work is arrested, prosecuted or passed to immigration enforcement for "
    "reporting violence.",
    summary="People stay silent because the call for help can end in their own arrest. A clear promise, kept by every "
    "police force, would change that.",
    illustration="campaign-amnesty.svg",
    body=(
        Heading("Why people do not call"),
        Text(
            (
                "You have been attacked. You know who did it. You also know that the person who takes your report "
                "may ask how you earn your money, who else was in the flat, and whether you have leave to stay.",
                "That is how it works now. Someone who reports violence can be threatened with arrest or deportation "
                "themselves [1]. The person who hurt them knows it too.",
            )
        ),
        Figure("Over a third", "of those asked did not report violence, for fear of arrest or deportation", 2),
        Text(
            (
                "That figure comes from twelve organisations that asked sex workers in ten countries. 36% "
                "said their experience with the police was bad. 30% said it was good. When the researchers asked "
                "what “good” meant, it meant that the report was written down and looked into [2].",
                "In the UK, researchers spoke to 41 sex workers after the EU referendum. Fear of arrest and deportation "
                "had grown, and clients were using the threat of reporting [3]. Another study asked why people who tell "
                "the charity National Ugly Mugs about an attack choose not to share it with the police [4].",
            )
        ),
        Facts(
            "What helps people speak",
            (
                "Not being revealed as a sex worker.",
                "A friend, a collective or a group they trust beside them [2].",
                "Help that does not answer to the police or the Home Office. In 2019 the charity St Mungo's "
                "apologised for giving rough sleepers' details to the Home Office [5]. Trust like that is slow to "
                "mend.",
            ),
        ),
        Told(
            "He had the knife, and I was the one who hid when the police car came. That is what I cannot forgive.",
            "Roxana, worked in a flat with a friend",
            note="Speaks of an armed robbery.",
            is_covered=True,
        ),
        Told(
            "I would have told them everything. I only wanted somebody to say first: this is about what he did.",
            "Ilinca, cleaner and sex worker, London",
        ),
        Steps(
            "What we ask",
            (
                (
                    "A guarantee",
                    "People in sex work who report violence, or bear witness to it, are not arrested and not "
                    "prosecuted.",
                ),
                ("A wall", "What they say is not passed to immigration enforcement."),
                ("Compensation", "People who have been hurt can claim it, whatever work they do."),
                (
                    "Tighter guidance",
                    "Change the 2019 guidance of the National Police Chiefs' Council [6], so that premises are "
                    "raided only on concrete evidence of force or coercion.",
                ),
            ),
        ),
        Divider(),
        Wins(
            (
                Win(
                    "2013",
                    "Compensation in California, then a promise in San Francisco",
                    "California overturns a rule that denied sex workers compensation for rape [1]. San Francisco "
                    "follows with a policy: people in sex work who come forward as victims or witnesses of violence "
                    "are not prosecuted, and their immigration status is not used against them. It took ten months "
                    "of meetings to win the District Attorney's agreement, and longer for the police [7].",
                    "San Francisco, ‘Prioritizing Safety for Sex Workers’",
                ),
                Win(
                    "2019",
                    "The promise becomes a law",
                    "Senate Bill 233 takes it to all of California. Carrying condoms is no longer a reason to arrest "
                    "somebody for sex work [8].",
                    "California, Senate Bill 233",
                    sources.SENATE_BILL_233.url,
                ),
            )
        ),
        Text(("It was done there, meeting by meeting. It can be done here.",)),
        Ask(
            "report-without-fear",
            "Sign the petition",
            "Ask every police force in England and Wales to make the same promise.",
        ),
        Questions(
            (
                (
                    "Does this put anybody above the law?",
                    "No. It says that the person who reports violence is treated as the one who was hurt. Whoever hurt "
                    "them is still looked for.",
                ),
                (
                    "Why does immigration come into it?",
                    "Because the threat of it keeps people quiet. In interviews with 41 sex workers after the "
                    "referendum, many feared deportation more than before, and clients used that fear [3].",
                ),
                (
                    "Can a police force promise this by itself?",
                    "San Francisco's prosecutors and police did, before there was a law [7]. Forces here have guidance "
                    "from their own council that they could tighten [6].",
                ),
                (
                    "Do you keep a list of who signed?",
                    "Not for this petition. We use your address once, to check that you are one person, and keep the "
                    "number.",
                ),
            )
        ),
        Endorsers(
            (
                "Safe Desk Legal Advice (invented)",
                "Lantern Street Outreach (invented)",
                "Migrant Women's Kitchen (invented)",
            )
        ),
    ),
    sources=(
        sources.ACCESS_TO_JUSTICE,
        sources.UNDESERVING_VICTIMS,
        sources.AFTER_THE_REFERENDUM,
        sources.WHY_REPORT,
        sources.ST_MUNGOS,
        sources.POLICE_GUIDANCE,
        sources.PRIORITIZING_SAFETY,
        sources.SENATE_BILL_233,
    ),
    petitions=(PETITION,),
    letters=(LETTER,),
    events=(WEBINAR,),
    parliament=PARLIAMENT,
)
