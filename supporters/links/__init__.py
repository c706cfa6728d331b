"""Links in mails: one mechanism for all of them.

The first GET moves the token from the address into a cookie, the next shows what will happen and one
button, and only the button's POST does anything. Programs that follow every link in a mail therefore
change nothing. A purpose that can do several things leads to a page of its own instead, by the same rule.
"""

from supporters.links.purposes import LinkPage, LinkPurpose, PagePurpose, register_purpose
from supporters.links.tokens import forget_expired_links, mint_link

__all__ = ["LinkPage", "LinkPurpose", "PagePurpose", "forget_expired_links", "mint_link", "register_purpose"]
