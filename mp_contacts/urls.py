"""What people can do on a letter page. The page itself is Wagtail's; these are its actions."""

from django.urls import path

from mp_contacts import returned

app_name = "mp_contacts"
urlpatterns = [
    path("returned/", returned.returned, name="returned"),
    path("returned/pdf/", returned.returned_pdf, name="returned_pdf"),
]
