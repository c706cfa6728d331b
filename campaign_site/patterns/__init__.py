"""Every component and every block in every state, drawn from the real templates, for those who build and edit."""
