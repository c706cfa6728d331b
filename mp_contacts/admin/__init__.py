"""The organisers' workspace for members of Parliament and letters. Registered in mp_contacts.wagtail_hooks, and only there."""
