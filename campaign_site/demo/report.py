"""Our own report, on access to justice: what it is called, by whom, and from which sources."""

from campaign_site.demo import sources
from campaign_site.demo.report_change import CHANGE
from campaign_site.demo.report_evidence import EVIDENCE
from campaign_site.demo.shapes import ReportText

REPORT = ReportText(
    slug="access-to-justice",
    campaign_slug="amnesty-from-arrest",
    title="Safe to report: sex workers and access to justice",
    description="Why people in sex work do not report violence, what has helped elsewhere, and what must change here.",
    summary=(
        "People in sex work who are attacked often tell nobody. Reporting can cost them their freedom, their home or "
        "their right to stay, and the men who attack them know it.",
        "In a study in ten countries more than a third had stayed silent for that reason. Of those who described their "
        "experience with the police, more called it bad than good.",
        "It need not be so. San Francisco, and then all of California, promised that nobody who comes forward is "
        "prosecuted for sex work. We ask police and Parliament here for the same promise.",
    ),
    authors=(
        ("Safe to Report Network", ""),
        ("Ilinca M.", "a name she chose"),
    ),
    published_days_ago=130,
    updated_days_ago=20,
    body=(*EVIDENCE, *CHANGE),
    sources=(
        sources.ACCESS_TO_JUSTICE,
        sources.PROSECUTIONS,
        sources.UNDESERVING_VICTIMS,
        sources.AFTER_THE_REFERENDUM,
        sources.ST_MUNGOS,
        sources.WHY_REPORT,
        sources.NORWAY,
        sources.FRANCE,
        sources.REFERRAL_MECHANISM,
        sources.PRIVATE_PROSECUTION,
        sources.PRIORITIZING_SAFETY,
        sources.SENATE_BILL_233,
        sources.AMNESTY_POLICY,
        sources.HOME_AFFAIRS_COMMITTEE,
        sources.POLICE_GUIDANCE,
        sources.TRAFFICKING_DIRECTIVE,
    ),
)
