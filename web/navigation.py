"""What the navigation offers each role; the first place is where they begin."""

from dataclasses import dataclass
from typing import Final

from models.vocabulary import Role
from web.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    path: str
    says: str


_CASES: Final = Place("/cases", "Cases")
_MINE: Final = Place("/cases?mine=1", "My cases")
_DECISIONS: Final = Place("/decisions", "Needs my decision")
_TEAM: Final = Place("/team", "My team")
_TEAMS: Final = Place("/team", "All teams")
_OFFERS: Final = Place("/offers", "Offers")
_OWN: Final = Place("/agency", "My agency's referrals")
_PART_OF: Final = Place("/cases", "Early help's referrals")
_REFER: Final = Place("/refer", "Refer a child")
_SEARCH: Final = Place("/search", "Search")
_MESSAGES: Final = Place("/messages", "Messages")
_RULES: Final = Place("/rules", "Rule book")

_MANAGES: Final = (_DECISIONS, _TEAM, _CASES, _SEARCH, _MESSAGES, _RULES)
_OVERSEES: Final = (_DECISIONS, _TEAMS, _CASES, _SEARCH, _MESSAGES, _RULES)
PLACES: Final[dict[Role, tuple[Place, ...]]] = {
    Role.TRIAGE_WORKER: (_CASES, _MINE, _SEARCH, _REFER, _MESSAGES, _RULES),
    Role.MASH_MANAGER: _OVERSEES,
    Role.TEAM_MANAGER: _MANAGES,
    Role.HEAD_OF_SERVICE: _OVERSEES,
    Role.SOCIAL_WORKER: (_MINE, _CASES, _SEARCH, _REFER, _MESSAGES, _RULES),
    Role.EARLY_HELP_COORDINATOR: (_OFFERS, _PART_OF, _REFER, _MESSAGES, _RULES),
    Role.PARTNER: (_OWN, _REFER, _MESSAGES, _RULES),
    Role.AUDITOR: (_CASES, _TEAMS, _SEARCH, _RULES),
}
"""The navigation of each role; the first place is where they begin."""


def places(page: Page) -> tuple[Place, ...]:
    """Return what the navigation offers somebody."""
    return PLACES[page.actor.role]


def is_here(place: Place, page: Page) -> bool:
    """Tell whether a place of the navigation is the page that is shown."""
    path, _, query = place.path.partition("?")
    if page.path != path:
        return False
    others = [one for one in places(page) if one is not place and one.path.startswith(f"{path}?")]
    return page.request.url.query == query if query or others else True
