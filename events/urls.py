"""What people can do on an event's page. The page itself is Wagtail's; these are its actions."""

from django.urls import URLPattern

app_name = "events"
urlpatterns: list[URLPattern] = []
