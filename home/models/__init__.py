from home.models.footnotes import AbstractFootnote
from home.models.images import ParasolImage, ParasolRendition
from home.models.leaving import LeavingQuickly, QuickLeaveTree
from home.models.pages import (
    CampaignFootnote,
    CampaignPage,
    FeaturedAction,
    HomeFootnote,
    HomePage,
    StandardFootnote,
    StandardPage,
)
from home.models.posters import KeptPoster
from home.models.reports import ReportAuthor, ReportDocument, ReportFootnote, ReportPage
from home.models.site_look import SiteLook
from home.models.users import User

__all__ = [
    "AbstractFootnote",
    "CampaignFootnote",
    "CampaignPage",
    "FeaturedAction",
    "HomeFootnote",
    "HomePage",
    "KeptPoster",
    "LeavingQuickly",
    "ParasolImage",
    "ParasolRendition",
    "QuickLeaveTree",
    "ReportAuthor",
    "ReportDocument",
    "ReportFootnote",
    "ReportPage",
    "SiteLook",
    "StandardFootnote",
    "StandardPage",
    "User",
]
