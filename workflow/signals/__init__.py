"""Signals: patterns across events, one file per stage. They raise the grade below which a case may not go."""
