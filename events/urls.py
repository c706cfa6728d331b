"""What people can do on an event's page. The page itself is Wagtail's; these are its actions."""

from django.urls import path

from events import calendar_views, managing, provider_calls, views

app_name = "events"
urlpatterns = [
    path("<int:page_id>/register/", views.take_registration, name="register"),
    path("<int:page_id>/check-your-email/", views.check_email, name="check_email"),
    path("<int:page_id>/resend/", views.resend, name="resend"),
    path("<int:page_id>/thank-you/", views.thank_you, name="thank_you"),
    path("<int:page_id>/too-late/", views.too_late, name="too_late"),
    path("<int:page_id>/cancelled/", views.cancelled, name="cancelled"),
    path("<int:page_id>/calendar.ics", calendar_views.calendar, name="calendar"),
    path("manage/", managing.manage, name="manage"),
    path("manage/change/", managing.change, name="manage_change"),
    path("manage/cancel/", managing.cancel, name="manage_cancel"),
    path("manage/take/", managing.take, name="manage_take"),
    path("manage/send-again/", managing.send_again, name="manage_send_again"),
    path("manage/join/", managing.go_in, name="manage_join"),
    path("manage/calendar.ics", managing.calendar_file, name="manage_calendar"),
    path("manage/recording/", managing.recording_file, name="manage_recording"),
    path("calls/zoom/", provider_calls.take_zoom_call, name="zoom_calls"),
    path("feed.ics", calendar_views.ics_feed, name="ics_feed"),
    path("feed.rss", calendar_views.rss_feed, name="rss_feed"),
]
