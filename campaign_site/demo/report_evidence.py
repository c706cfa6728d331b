"""The first half of the report on access to justice: what stands between people and the police."""

from campaign_site.demo.pieces import Chart, Facts, Figure, Heading, Piece, Text, Voice

EVIDENCE: tuple[Piece, ...] = (
    Heading("Why we wrote this"),
    Text(
        (
            "A law against violence is worth something only to those who can use it. A woman who is robbed and does not "
            "dare to ring 999 is outside that law, whatever the statute book says. So is the man who robbed her: he is "
            "outside it too, and he knows it.",
            "In November 2020 the English Collective of Prostitutes brought sex workers, groups against violence "
            "against women, academics, human rights organisations and two MPs together to ask why justice is so hard to "
            "reach for people who sell sex [1]. This report takes up what was said there, sets it beside research that "
            "has been published since, and says what would have to change.",
            "We do not argue here about whether anybody should sell sex. We ask a smaller question, which ought to have a "
            "simple answer: when somebody in sex work is attacked, can they report it and come home safe?",
        )
    ),
    Heading("When reporting is the danger"),
    Text(
        (
            "Working alone in a flat breaks no law in England and Wales. Working there with a friend does: the place "
            "becomes a brothel, and whoever helps to run it can be prosecuted [1]. Most people would call the second flat the "
            "safer one. The law makes it the one from which nobody can call for help.",
            "One case told at the webinar shows how this ends. A woman was robbed at knifepoint. She went to the police. "
            "Because she worked with others she was threatened with arrest for keeping a brothel, and, when that was "
            "over, with deportation [1]. The man with the knife had counted on something like it.",
            "She had every reason to stay silent from the beginning, and others draw the conclusion before they ever "
            "dial. Researchers in ten countries, working with twelve organisations, found that more than a third of those "
            "who answered had not reported violence against them, because they feared arrest or deportation [3].",
        )
    ),
    Figure("Over a third", "had not reported violence against them, for fear of arrest or deportation", 3),
    Voice(
        "He said: ring them, then. He even held the phone out to me. He knew the law better than I did.",
        "Sorina, works indoors, Birmingham",
    ),
    Text(
        (
            "<b>The threat travels.</b> For a study of European migrants after the referendum, the University of Salford "
            "and the Collective interviewed 41 sex workers. Fear of arrest and deportation had grown, and clients had "
            "noticed: some now used the threat of a report as a weapon [4]. A person who can be deported for "
            "complaining can be robbed at leisure.",
        )
    ),
    Heading("What happens to those who do report"),
    Text(
        (
            "Asked about their experience with the police, 36% of those in the ten-country study called it bad. Thirty "
            "per cent called it good. The researchers then looked at what “good” had meant. It had meant that the "
            "report was taken and that somebody looked into it [3]. What others take for granted was the best that "
            "could be hoped for.",
        )
    ),
    Chart(
        title="How sex workers described their experience with the police [3]",
        told=(
            "More people called their experience bad, 36%, than good, 30%. What is missing to 100 gave another answer "
            "or none; the two figures are all we quote."
        ),
        unit="%",
        rows=(("Bad", "36"), ("Good: a report taken and looked into", "30")),
        source="ICRSE, ‘Undeserving Victims?’, 2020 [3].",
    ),
    Text(
        (
            "Even a report that is taken seldom goes far. Of all rapes reported in England and Wales, 1.4% led to a "
            "prosecution, by the figures published in October 2019 [2]. That is the figure for everybody. We know of none "
            "for people in sex work alone.",
        )
    ),
    Chart(
        title="Of every 1,000 rapes reported, how many led to a prosecution [2]",
        told="A bar that fills the drawing for the 986 that led to none, and beside it a sliver for the 14 that did.",
        unit="",
        rows=(("No prosecution", "986"), ("Prosecution", "14")),
        source="The Independent, 2019: 1.4%, here as a number out of 1,000 [2].",
    ),
    Text(
        (
            "So people weigh it up. Some tell National Ugly Mugs, a charity that warns others of a dangerous man, and "
            "choose not to share what happened with the police. A study of those choices appeared in 2021 under the "
            "title <i>Why Report?</i> [6]. It is a fair question, and a public service that wants an answer has to give "
            "people a reason.",
        )
    ),
    Facts(
        "What helps people report, and what stops them",
        (
            "<b>It helps</b> when nobody has to be revealed as a sex worker, and when a collective or an organisation "
            "they trust stands beside them [3].",
            "<b>It stops them</b> when a report may bring a fine, a prosecution, detention, deportation or the loss of "
            "their home [3].",
        ),
    ),
    Heading("Help that is not independent"),
    Text(
        (
            "People who cannot go to the police might at least go to a charity or to the council. There, too, they ask "
            "first where what they say will end up. They are right to. In 2019 St Mungo's, a charity for people without a "
            "home, apologised for having passed details of rough sleepers to the Home Office [5]. Trust goes to groups "
            "that are independent of both, and it is slow to come back once it is lost.",
            "At the webinar people described being sent from one agency to the next, each with its own form and its own "
            "reason why somebody else should help. Mothers had a fear of their own: to report violence is to be looked "
            "at by social services, and to be looked at is to risk losing a child [1].",
            "The National Referral Mechanism is there to find and support victims of trafficking [9]. Those it "
            "identifies are often not helped to claim asylum, and when their time runs out they face deportation like "
            "anybody else [1]. A rescue that ends at the airport is not one that people queue for.",
        )
    ),
)
