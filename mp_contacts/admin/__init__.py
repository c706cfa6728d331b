"""The organisers' workspace for MPs and letters. Registered in mp_contacts.wagtail_hooks, and only there."""
