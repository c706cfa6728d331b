"""The organisers' workspace for events. Registered in events.wagtail_hooks, and only there."""
