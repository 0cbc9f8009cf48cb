"""Duties: what the engine does by itself when the facts call for it, one file per stage."""
