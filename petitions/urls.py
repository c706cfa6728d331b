"""What people can do to a petition. The page itself is Wagtail's; these are its actions."""

from django.urls import path

from petitions import views

app_name = "petitions"
urlpatterns = [
    path("<int:petition_id>/sign/", views.sign, name="sign"),
    path("<int:petition_id>/check-your-email/", views.check_email, name="check_email"),
    path("<int:petition_id>/resend/", views.resend, name="resend"),
    path("<int:petition_id>/thank-you/", views.thank_you, name="thank_you"),
    path("<int:petition_id>/withdrawn/", views.withdrawn, name="withdrawn"),
    path("<int:petition_id>/too-late/", views.too_late, name="too_late"),
    path("<int:petition_id>/count.json", views.count, name="count"),
]
