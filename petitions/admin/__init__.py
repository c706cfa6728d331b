"""The organisers' workspace for petitions. Registered in petitions.wagtail_hooks, and only there."""
