"""The organisers' workspace for people's data. Registered in supporters.wagtail_hooks, and only there."""
