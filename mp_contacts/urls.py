"""What people can do on a letter page. The page itself is Wagtail's; these are its actions."""

from django.urls import URLPattern

app_name = "mp_contacts"
urlpatterns: list[URLPattern] = []
