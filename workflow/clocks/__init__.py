"""Clocks: deadlines that run until they are answered, one file per stage."""
