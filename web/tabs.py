"""The tabs of a referral: one module each, all of them for the council's own."""

from typing import Final

from web import challenge, checks, chronology, concerns, history, meetings, people, plan

PLACES: Final = (people, concerns, checks, meetings, plan, chronology, challenge, history)
"""The modules that answer, in the order of the tabs."""
