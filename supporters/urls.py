"""Where links in mails lead, and the page on what we hold. Nothing in these addresses names a campaign."""

from django.urls import path

from supporters.links import views
from supporters.privacy import views as privacy
from supporters.provider_reports import take_reports
from supporters.staying import stayed
from supporters.unsubscribing import unsubscribe

app_name = "supporters"
urlpatterns = [
    path("links/", views.show_or_press, name="link"),
    path("links/open/", views.open_pasted, name="link_open"),
    path("links/<str:token>/", views.arrive, name="link_arrival"),
    path("staying/", stayed, name="stayed"),
    path("privacy/", privacy.explain_or_ask, name="privacy"),
    path("privacy/sent/", privacy.sent, name="privacy_sent"),
    path("privacy/yours/", privacy.look_or_act, name="privacy_yours"),
    path("privacy/erased/", privacy.erased, name="privacy_erased"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("mail/reports/", take_reports, name="mail_reports"),
]
