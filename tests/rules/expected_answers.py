"""Every address, and what must come back to whom. A new one is written down here first."""

from dataclasses import dataclass

METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]


@dataclass(frozen=True)
class Row:
    """The statuses an address answers with: to GET and HEAD, POST, OPTIONS, and to all that writes otherwise.

    A POST without a token is 403 before a view is even asked. ``path`` stands in for the example address;
    ``{petition}`` in it for a live petition's number, ``{letters}`` for that of a page to write letters from,
    ``{event}`` for that of an event.
    """

    get: int
    post: int = 403
    options: int = 405
    writes: int = 403
    path: str = ""

    def expected(self, method: str) -> int:
        by_method = {"get": self.get, "head": self.get, "post": self.post, "options": self.options}
        return by_method.get(method, self.writes)


def same_origin(*, get: int = 405, post: int, path: str) -> Row:
    """The row of an address that needs no token."""
    return Row(get, post=post, writes=405, path=path)


# Same for everybody: a visitor, a signed-in stranger, an editor, an organiser.
PUBLIC_ROWS: dict[str, Row] = {
    "healthz": Row(200),
    "readyz": Row(503),  # no worker beats in a test
    "mailbox:list": Row(200),
    "mailbox:letter": Row(404),
    "mailbox:html": Row(404),
    "poster": Row(200, path="/posters/{petition}/poster-a4.pdf"),
    "short_address": Row(301, path="/p/{petition}/"),
    "petitions:sign": same_origin(post=422, path="/petitions/{petition}/sign/"),
    "petitions:resend": same_origin(post=422, path="/petitions/{petition}/resend/"),
    "petitions:check_email": Row(200, path="/petitions/{petition}/check-your-email/"),
    "petitions:thank_you": Row(200, path="/petitions/{petition}/thank-you/"),
    "petitions:withdrawn": Row(200, path="/petitions/{petition}/withdrawn/"),
    "petitions:too_late": Row(200, path="/petitions/{petition}/too-late/"),
    "petitions:count": Row(200, path="/petitions/{petition}/count.json"),
    "mp_contacts:returned": Row(200, path="/letters/returned/"),
    "mp_contacts:returned_pdf": same_origin(post=404, path="/letters/returned/pdf/"),
    "mp_contacts:write": same_origin(post=422, path="/letters/{letters}/write/"),
    "mp_contacts:resend": same_origin(post=422, path="/letters/{letters}/resend/"),
    "mp_contacts:check_email": Row(200, path="/letters/{letters}/check-your-email/"),
    "mp_contacts:thank_you": Row(200, path="/letters/{letters}/thank-you/"),
    "mp_contacts:withdrawn": Row(200, path="/letters/{letters}/withdrawn/"),
    "mp_contacts:too_late": Row(200, path="/letters/{letters}/too-late/"),
    "mp_contacts:choose": Row(200, path="/letters/{letters}/choose/"),
    "mp_contacts:looking": Row(200, path="/letters/{letters}/looking/00000000-0000-0000-0000-000000000007/"),
    "mp_contacts:print": same_origin(post=422, path="/letters/{letters}/print/"),
    "mp_contacts:pdf": same_origin(post=422, path="/letters/{letters}/pdf/"),
    "mp_contacts:count_me": same_origin(post=303, path="/letters/{letters}/count-me/"),
    "mp_contacts:counted": Row(200, path="/letters/{letters}/counted/"),
    "mp_contacts:answer": same_origin(get=200, post=404, path="/letters/answer/"),
    "mp_contacts:answered": Row(200, path="/letters/answered/"),
    "events:register": same_origin(post=422, path="/events/{event}/register/"),
    "events:resend": same_origin(post=422, path="/events/{event}/resend/"),
    "events:check_email": Row(200, path="/events/{event}/check-your-email/"),
    "events:thank_you": Row(200, path="/events/{event}/thank-you/"),
    "events:too_late": Row(200, path="/events/{event}/too-late/"),
    "events:cancelled": Row(200, path="/events/{event}/cancelled/"),
    "events:calendar": Row(200, path="/events/{event}/calendar.ics"),
    "events:ics_feed": Row(200, path="/events/feed.ics"),
    "events:rss_feed": Row(200, path="/events/feed.rss"),
    "events:manage": Row(200, path="/events/manage/"),
    "events:manage_change": same_origin(post=404, path="/events/manage/change/"),
    "events:manage_cancel": same_origin(post=404, path="/events/manage/cancel/"),
    "events:manage_take": same_origin(post=404, path="/events/manage/take/"),
    "events:manage_send_again": same_origin(post=404, path="/events/manage/send-again/"),
    "events:manage_join": same_origin(post=404, path="/events/manage/join/"),
    "events:manage_calendar": same_origin(post=404, path="/events/manage/calendar.ics"),
    "events:manage_recording": same_origin(post=404, path="/events/manage/recording/"),
    "events:zoom_calls": Row(404, post=404, options=404, writes=404),  # Zoom is not set up
    "supporters:link": same_origin(get=200, post=404, path="/links/"),
    "supporters:link_open": same_origin(post=404, path="/links/open/"),
    "supporters:link_arrival": Row(404),
    "supporters:stayed": Row(200),
    "supporters:privacy": same_origin(get=200, post=422, path="/privacy/"),
    "supporters:privacy_sent": Row(200, path="/privacy/sent/"),
    "supporters:privacy_yours": same_origin(get=200, post=404, path="/privacy/yours/"),
    "supporters:privacy_erased": Row(200, path="/privacy/erased/"),
    "supporters:unsubscribe": same_origin(get=404, post=404, path="/unsubscribe/no-such-token/"),
    "supporters:mail_reports": Row(404, post=404, options=404, writes=404),  # no provider is asked for reports
    "look": Row(404),  # the site looks as the platform does
    "leaving_quickly": Row(200),
    "search": Row(200, path="/search/"),
    "page_picture": Row(302, path="/picture/{petition}/of-before.png"),  # to the picture of now
    "sitemap": Row(200, path="/sitemap.xml"),
    "robots": Row(200, path="/robots.txt"),
    "your_privacy": Row(200),
    "media": Row(404),
    "wagtaildocs_serve": Row(404, options=404),
    "wagtaildocs_authenticate_with_password": Row(404, options=404),
    "wagtailcore_authenticate_with_password": Row(404, options=404),
    "wagtailcore_login": Row(200, options=200),
    "wagtail_serve": Row(200, options=200, path="/"),
}

# Answered before anybody signs in: the ways in and out, and what their page is made of.
OPEN_IN_THE_WORKSPACE = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}

# What Wagtail brings is held to one rule: nothing without signing in, nothing broken for an organiser.
WAGTAILS_OWN = (
    "wagtail",  # every namespace and name of Wagtail begins so
    "django.views.generic.base.TemplateView",
)

BROKEN_HERE = {
    "wagtailadmin_error_test",  # Wagtail's page for trying out the page for errors
    # Reads an icon's name that is only sometimes there, which the test run treats as fatal.
    "wagtailadmin_workflows:add",
    # Parts a list into pages that has no order, of which Django warns; the test run treats that as fatal, too.
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
}

REFUSED, SEEN = 302, 200

# Ours: what an editor, who may change pages and nothing else, and an organiser with every right get. A member of the
# group of moderators is refused unless it says otherwise; a data officer gets what the organiser does.
WORKSPACE_ROWS: dict[str, dict[str, int]] = {
    "patterns:index": {"editor": SEEN, "organiser": SEEN, "moderator": SEEN},
    "patterns:whole": {"editor": SEEN, "organiser": SEEN, "moderator": SEEN},
    "petition_list:index": {"editor": SEEN, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "petition_list:index_results": {"editor": SEEN, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "petition_list:choose_parent": {"editor": 302, "organiser": 302, "officer": SEEN},  # with nothing to choose
    "signatures:index": {"editor": REFUSED, "organiser": SEEN},
    "signatures:index_results": {"editor": REFUSED, "organiser": SEEN},
    "signatures:find": {"editor": REFUSED, "organiser": SEEN},
    "signatures:inspect": {"editor": REFUSED, "organiser": SEEN},
    "signatures:contact": {"editor": REFUSED, "organiser": 405},
    "petition_comments:index": {"editor": REFUSED, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "paper_signatures:index": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "paper_signatures:index_results": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "paper_signatures:add": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "paper_signatures:delete": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "hand_in:index": {"editor": REFUSED, "organiser": SEEN},
    "hand_in:pack": {"editor": REFUSED, "organiser": SEEN},
    "consent_texts:index": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "consent_texts:index_results": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "consent_texts:add": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "supporters_admin:index": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:index_results": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:find": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:inspect": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:contact": {"editor": REFUSED, "organiser": 405},
    "supporters_admin:consent": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:details": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:stop": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:open": {"editor": REFUSED, "organiser": 405},
    "supporters_admin:erase": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:merge_with": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:compare": {"editor": REFUSED, "organiser": SEEN},
    "supporters_admin:undo_merge": {"editor": REFUSED, "organiser": 405},
    "duplicates:index": {"editor": REFUSED, "organiser": SEEN},
    "consent_texts:edit": {"editor": REFUSED, "organiser": 302},  # published words stay as they are,
    "consent_texts:inspect": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "segments:index": {"editor": REFUSED, "organiser": SEEN},
    "segments:index_results": {"editor": REFUSED, "organiser": SEEN},
    "segments:add": {"editor": REFUSED, "organiser": SEEN},
    "segments:edit": {"editor": REFUSED, "organiser": SEEN},
    "segments:delete": {"editor": REFUSED, "organiser": SEEN},
    "segments:inspect": {"editor": REFUSED, "organiser": SEEN},
    "exports:index": {"editor": REFUSED, "organiser": SEEN},
    "exports:choose": {"editor": REFUSED, "organiser": SEEN},
    "exports:ask": {"editor": REFUSED, "organiser": SEEN},
    "exports:job": {"editor": REFUSED, "organiser": SEEN},
    "exports:progress": {"editor": REFUSED, "organiser": SEEN},
    "exports:take": {"editor": REFUSED, "organiser": 405},
    "audit:index": {"editor": REFUSED, "organiser": SEEN},
    "audit:index_results": {"editor": REFUSED, "organiser": SEEN},
    "audit:verify": {"editor": REFUSED, "organiser": 405},
    "imports:index": {"editor": REFUSED, "organiser": SEEN},
    "imports:upload": {"editor": REFUSED, "organiser": SEEN},
    "imports:show": {"editor": REFUSED, "organiser": SEEN},
    "imports:check": {"editor": REFUSED, "organiser": 405},
    "imports:apply": {"editor": REFUSED, "organiser": 405},
    "imports:undo": {"editor": REFUSED, "organiser": 405},
    "imports:discard": {"editor": REFUSED, "organiser": 405},
    "imports:problems": {"editor": REFUSED, "organiser": SEEN},
    "mailings:index": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "mailings:write": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "mailings:show": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "mailings:edit": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "mailings:html": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "delivery:index": {"editor": REFUSED, "organiser": SEEN},
    "members:index": {"editor": REFUSED, "organiser": SEEN},
    "members:index_results": {"editor": REFUSED, "organiser": SEEN},
    "members:inspect": {"editor": REFUSED, "organiser": SEEN},
    "members:edit": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "members:works_again": {"editor": REFUSED, "organiser": 405, "officer": REFUSED},
    "members:briefing": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "members:briefing_pdf": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "seats:index": {"editor": REFUSED, "organiser": SEEN},
    "letters:index": {"editor": REFUSED, "organiser": SEEN},
    "letters:index_results": {"editor": REFUSED, "organiser": SEEN},
    "letters:inspect": {"editor": REFUSED, "organiser": SEEN},
    "held_letters:index": {"editor": REFUSED, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "letter_replies:index": {"editor": REFUSED, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "positions:index": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "positions:index_results": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "positions:add": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "positions:edit": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "positions:delete": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "parliament_data:index": {"editor": REFUSED, "organiser": SEEN},
    "member_syncs:index": {"editor": REFUSED, "organiser": SEEN},
    "member_syncs:show": {"editor": REFUSED, "organiser": SEEN},
    "member_syncs:ask": {"editor": REFUSED, "organiser": 405, "officer": REFUSED},
    "events_admin:index": {"editor": REFUSED, "organiser": SEEN, "moderator": SEEN},
    "events_admin:show": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:roster": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:print": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:take_list": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:find": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:add": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "events_admin:registration": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:needs": {"editor": REFUSED, "organiser": SEEN},
    "events_admin:questions": {"editor": REFUSED, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "events_admin:messages": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "events_admin:write_message": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "events_admin:duplicate": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "events_admin:call_off": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "rooms:index": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "rooms:set": {"editor": REFUSED, "organiser": SEEN, "officer": REFUSED},
    "rooms:look_over": {"editor": REFUSED, "organiser": 405, "officer": REFUSED},
    "word_import:upload": {"editor": SEEN, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "draft_posters:draft": {"editor": SEEN, "organiser": SEEN, "moderator": SEEN, "officer": REFUSED},
    "rooms:host": {"editor": REFUSED, "organiser": 405, "officer": REFUSED},
}


def expected_in_the_workspace(name: str, role: str) -> int:
    row = WORKSPACE_ROWS[name]
    return row.get(role, {"moderator": REFUSED, "officer": row["organiser"]}.get(role, 0))
