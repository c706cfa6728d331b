"""The third campaign: policy on violence against women and girls that reaches the violence."""

from campaign_site.demo import sources
from campaign_site.demo.campaign_shapes import Endorsers, Questions, Told, Win, Wins
from campaign_site.demo.pieces import Ask, Divider, Figure, Heading, Steps, Text
from campaign_site.demo.shapes import CampaignText
from campaign_site.demo.vawg_petition import PETITION

CAMPAIGN = CampaignText(
    slug="change-vawg-policy",
    title="Change VAWG policy",
    demand="Take prostitution off the list of violence against women and girls, and aim the law at force.",
    summary="When all sex work is called violence, real violence gets lost. So does the help that should follow it.",
    illustration="campaign-policy.svg",
    body=(
        Heading("A list with a mistake in it"),
        Text(
            (
                "Public bodies have policies on violence against women and girls, VAWG for short. They decide who "
                "gets help, and what the police look for. Many list “prostitution” as a form of violence.",
                "It sounds like protection. Look at what it does. If all sex work is violence, then the rape of a "
                "sex worker is nothing special: it is filed under her job. The help she is offered is help to leave. "
                "The flat where she was safer with a friend becomes a place to raid.",
            )
        ),
        Told(
            "I told them what he did. They told me about a course.",
            "Bisi, sex worker and student, West Midlands",
            note="Speaks of a rape that was not believed.",
        ),
        Heading("Trafficking is force. Name the force"),
        Text(
            (
                "Sex work and trafficking are often treated as the same thing [1]. They are not. Trafficking and "
                "slavery are about force, threats, violence and locked doors. A law aimed at those would find them. "
                "A law aimed at sex work finds sex workers, and the migrants among them first.",
                "People who <i>are</i> trafficked do not fare well either. The National Referral Mechanism is meant "
                "to find and support them [2]. They are often not helped to claim asylum, and when their time runs "
                "out they face deportation [1].",
            )
        ),
        Figure("12", "organisations in ten countries asked sex workers what stops them reporting. Deportation did", 3),
        Heading("Passed from desk to desk"),
        Text(
            (
                "Support services send people from one agency to the next. Mothers who report violence risk losing "
                "their children to social services [1]. Much of it comes back to money: when rent is due and "
                "benefits are cut, people work. Arrest does not pay the rent.",
            )
        ),
        Steps(
            "What we ask",
            (
                (
                    "Change the list",
                    "Prostitution is no longer named as a form of violence against women and girls. Violence "
                    "against sex workers is.",
                ),
                (
                    "Aim at force",
                    "Use trafficking and modern-slavery law against force, threats, violence and false "
                    "imprisonment. Stop using it to justify raids, arrests and deportations.",
                ),
                (
                    "Fund help that people trust",
                    "led by sex workers and independent of the police and the Home Office.",
                ),
            ),
        ),
        Divider(),
        Wins(
            (
                Win(
                    "2020-11",
                    "Two sides of a table",
                    "Sex workers and groups against violence against women meet online, with academics, human rights "
                    "organisations and two MPs, to talk about access to justice. These demands grew from what they "
                    "said [1].",
                    "English Collective of Prostitutes, report of the webinar",
                ),
                Win(
                    "2016",
                    "Amnesty International takes a stand",
                    "Its policy on the human rights of sex workers supports full decriminalisation [4].",
                    "Amnesty International, POL 30/4062/2016",
                    sources.AMNESTY_POLICY.url,
                ),
            )
        ),
        Heading("Who agrees"),
        Text(
            (
                "Those who met in 2020 also backed <i>Care Income Now!</i>, a call to pay people for the work of "
                "caring [1]. When money is short, that does more for safety than a raid.",
            )
        ),
        Ask(
            "safety-is-not-violence",
            "Sign the petition",
            "Ask the minister to change the list. It costs nothing and it can be done this year.",
        ),
        Questions(
            (
                (
                    "Is sex work never violence?",
                    "Sex workers meet violence, as people in other work do, and too often. It is the violence that "
                    "should be on the list, whoever it is done to.",
                ),
                (
                    "What about people who are trafficked?",
                    "They need a way out, a lawyer and leave to stay. Many get none of these: their time in the "
                    "National Referral Mechanism runs out, and they face deportation [1].",
                ),
                (
                    "Would services for women lose money?",
                    "No. A policy that says clearly what violence is helps them to help, and leaves nobody out.",
                ),
            )
        ),
        Endorsers(
            (
                "Harbour Road Women's Centre (invented)",
                "Migrant Women's Kitchen (invented)",
                "Students for Safer Work (invented)",
            )
        ),
    ),
    sources=(
        sources.ACCESS_TO_JUSTICE,
        sources.REFERRAL_MECHANISM,
        sources.UNDESERVING_VICTIMS,
        sources.AMNESTY_POLICY,
    ),
    petitions=(PETITION,),
)
