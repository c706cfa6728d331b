from home.models.footnotes import AbstractFootnote
from home.models.images import ParasolImage, ParasolRendition
from home.models.leaving import LeavingQuickly, QuickLeaveTree
from home.models.news import NewsFootnote, NewsIndexPage, NewsPage, NewsTag
from home.models.pages import (
    CampaignFootnote,
    CampaignPage,
    FeaturedAction,
    HomeFootnote,
    HomePage,
    StandardFootnote,
    StandardPage,
)
from home.models.press import PressPage
from home.models.reports import ReportAuthor, ReportDocument, ReportFootnote, ReportPage
from home.models.resources import ResourceFootnote, ResourceIndexPage, ResourcePage
from home.models.site_look import SiteLook
from home.models.site_words import SiteWords
from home.models.users import User

__all__ = [
    "AbstractFootnote",
    "CampaignFootnote",
    "CampaignPage",
    "FeaturedAction",
    "HomeFootnote",
    "HomePage",
    "LeavingQuickly",
    "NewsFootnote",
    "NewsIndexPage",
    "NewsPage",
    "NewsTag",
    "ParasolImage",
    "ParasolRendition",
    "PressPage",
    "QuickLeaveTree",
    "ReportAuthor",
    "ReportDocument",
    "ReportFootnote",
    "ReportPage",
    "ResourceFootnote",
    "ResourceIndexPage",
    "ResourcePage",
    "SiteLook",
    "SiteWords",
    "StandardFootnote",
    "StandardPage",
    "User",
]
