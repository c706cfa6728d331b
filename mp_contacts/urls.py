"""What people can do on a letter page. The page itself is Wagtail's; these are its actions."""

from django.urls import path

from mp_contacts import answer_page, looking_view, own_mail_views, returned, views

app_name = "mp_contacts"
urlpatterns = [
    path("<int:page_id>/write/", views.write, name="write"),
    path("<int:page_id>/check-your-email/", views.check_email, name="check_email"),
    path("<int:page_id>/resend/", views.resend, name="resend"),
    path("<int:page_id>/thank-you/", views.thank_you, name="thank_you"),
    path("<int:page_id>/withdrawn/", views.withdrawn, name="withdrawn"),
    path("<int:page_id>/too-late/", views.too_late, name="too_late"),
    path("<int:page_id>/choose/", own_mail_views.choose, name="choose"),
    path("<int:page_id>/looking/<uuid:question_id>/", looking_view.looking, name="looking"),
    path("<int:page_id>/print/", own_mail_views.print_letter, name="print"),
    path("<int:page_id>/pdf/", own_mail_views.pdf, name="pdf"),
    path("<int:page_id>/count-me/", own_mail_views.count_me, name="count_me"),
    path("<int:page_id>/counted/", own_mail_views.counted, name="counted"),
    path("returned/", returned.returned, name="returned"),
    path("returned/pdf/", returned.returned_pdf, name="returned_pdf"),
    path("answer/", answer_page.look_or_tell, name="answer"),
    path("answered/", answer_page.answered, name="answered"),
]
