"""The second half of the report on access to justice: what other laws do, what has been won, and what we ask."""

from campaign_site.demo.pieces import Ask, Divider, Heading, Piece, Steps, Table, Text, Timeline, Voice

CHANGE: tuple[Piece, ...] = (
    Heading("What other laws do"),
    Text(
        (
            "It is often said that there is a middle way: punish those who buy sex, and leave those who sell it alone. "
            "Sweden's law is the model. Under laws of that kind selling is no crime, but working together remains "
            "one [1]. The flat with two people in it is as illegal as before.",
            "Amnesty International went to Norway to see how this works in practice. Policing there set out to disrupt "
            "the market, and it was sex workers who were penalised. Hotels and landlords had to find out who sold sex, "
            "and to put them out [7]. In France, after clients were made criminals, sex workers reported more violence "
            "against them and less trust in the police [8].",
            "California took another road. It did not begin with what sex work ought to be. It began with what somebody "
            "needs who has been hurt.",
        )
    ),
    Table(
        caption="Four laws, and what they mean for somebody who wants to report violence",
        head=("Place", "What the law does", "What it means for a person who reports"),
        rows=(
            (
                "England and Wales",
                "Working together counts as keeping a brothel",
                "May be threatened with arrest, then with deportation [1]",
            ),
            (
                "Norway",
                "Police set out to disrupt the market; hotels and landlords have to act",
                "May be penalised, and lose their home [7]",
            ),
            (
                "France",
                "Clients have been made criminals",
                "More violence reported by sex workers, and less trust in the police [8]",
            ),
            (
                "California",
                "No prosecution of those who come forward as victims or witnesses",
                "May speak; condoms are no longer a ground for arrest [12]",
            ),
        ),
    ),
    Heading("What has been won"),
    Text(
        (
            "None of this is fixed for ever. Again and again it was sex workers themselves who moved it, with very little "
            "money and a great deal of patience.",
        )
    ),
    Timeline(
        "",
        (
            (
                "1995",
                "The Crown Prosecution Service declines a case of rape. Two sex workers bring it themselves, with the "
                "English Collective of Prostitutes and Women Against Rape. It is the first private prosecution for rape "
                "in England and Wales to succeed, and the man is sentenced to 14 years [10].",
            ),
            ("2013", "California overturns the rule that denied sex workers compensation for rape [1]."),
            (
                "Then",
                "San Francisco promises that people in sex work who come forward are not prosecuted, and that their "
                "immigration status is not used against them. The District Attorney takes ten months of meetings to "
                "agree, and the police take longer [11].",
            ),
            (
                "2016",
                "A committee of MPs recommends that Parliament decriminalise sex workers on the street and those who "
                "work together, and expunge their records [14]. In the same year Amnesty International adopts a policy "
                "that supports full decriminalisation [13].",
            ),
            ("2019", "Senate Bill 233 takes the promise of San Francisco to the whole of California [12]."),
        ),
    ),
    Voice(
        "We sat in that corridor with our file, the two of us. By the fourth visit they had learned our names.",
        "Dolores, who went to every hearing with a friend",
    ),
    Text(
        (
            "Three things stand out. Each of these wins began with somebody who would not be turned away. Each needed "
            "people who stood beside them: a collective, a women's group, a lawyer who returned calls. And in each case the "
            "sky stayed where it was. No one has shown us a place in which violent men were better off because those they "
            "attacked could report it.",
        )
    ),
    Heading("Safety is not a form of violence"),
    Text(
        (
            "In public policy sex work is often treated as the same thing as trafficking, and listed as violence against "
            "women and girls. This sounds like concern. What it does is hide the difference between somebody who is "
            "forced and somebody who is not, and it is used to justify raids, arrests and deportations that fall on "
            "both [1].",
            "The guidance of the National Police Chiefs' Council dates from 2019 [15]. We ask for it to be tightened, so "
            "that doors are broken only where there is concrete evidence of force or coercion.",
            "European law has had better words for some time. Directive 2011/36/EU speaks of support for victims, of not "
            "prosecuting them and not applying penalties to them, and of compensation [16]. Words of that kind should be "
            "on the wall of every police station.",
        )
    ),
    Heading("What we ask for"),
    Steps(
        "",
        (
            (
                "Promise an amnesty from arrest",
                "People in sex work who report violence, or bear witness to it, are neither arrested nor prosecuted nor "
                "passed to immigration enforcement. San Francisco has shown how to write it down [11].",
            ),
            (
                "Decriminalise working together, and work on the street",
                "Parliament was advised to do so by its own committee in 2016 [14].",
            ),
            ("Clear the records", "Nobody should lose a job for having once worked in company."),
            ("Pay compensation to victims", "Whatever work they do, and whatever papers they have."),
            (
                "Aim the law on trafficking at force",
                "At threats, violence and false imprisonment, and no longer at the people it says it protects.",
            ),
            (
                "Pay for help that is independent",
                "Pay for work led by sex workers and migrants, for people who fight their own and each other's cases, "
                "and for sheets in plain language about everybody's rights [1].",
            ),
        ),
    ),
    Heading("What you can do meanwhile"),
    Text(
        (
            "Laws take years. These three things, which support workers repeat to everybody, cost nothing and help today: "
            "take someone with you to a meeting with officials; put things in writing; keep a record of what was said, "
            "when, and by whom [1].",
        )
    ),
    Ask(
        "report-without-fear",
        "Sign the petition",
        "Ask every police force in England and Wales to promise an amnesty from arrest.",
    ),
    Divider(),
    Heading("How this report was made"),
    Text(
        (
            "The facts in this report come from the sources listed below, and each is named where it is used. We carried "
            "out no survey of our own. Where a percentage is shown as a number out of 1,000, we did the sum and say so. "
            "The studies differ in whom they asked and how: the one in ten countries speaks for those who answered it, and "
            "not for everybody who sells sex.",
            "The organisation, the authors and the two people quoted are invented, for this is a demonstration. The "
            "sources are real, and so is what they report.",
        )
    ),
)
