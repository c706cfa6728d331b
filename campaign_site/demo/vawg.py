"""The third campaign: policy on violence against women and girls that reaches the violence."""

from campaign_site.demo import sources
from campaign_site.demo.shapes import Ask, CampaignText, Divider, Figure, Heading, Steps, Text, Voice
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
        Voice(
            "I told them what he did. They told me about a course.",
            "Bisi, sex worker and student, West Midlands",
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
        Heading("Who agrees"),
        Text(
            (
                "In November 2020 sex workers, groups against violence against women, academics, human rights "
                "organisations and two MPs met online to talk about access to justice. These demands grew from what "
                "they said [1]. They also backed <i>Care Income Now!</i>, a call to pay people for the work of "
                "caring. Amnesty International's policy supports full decriminalisation too [4].",
            )
        ),
        Ask(
            "safety-is-not-violence",
            "Sign the petition",
            "Ask the minister to change the list. It costs nothing and it can be done this year.",
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
