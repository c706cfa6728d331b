"""Posters and leaflets, for streets, meetings and waiting rooms: a page's demand, and the way to it by QR code."""
