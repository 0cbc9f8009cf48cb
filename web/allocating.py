"""Giving a case to a worker, with what each of them carries in sight."""

from dataclasses import dataclass
from typing import Any, Final

from models.vocabulary import Role
from web.page import Page
from web.wording import words
from workflow import access, caseload
from workflow.caseload import Carries
from workflow.seen import CaseFile, Person

_HOLDS: Final = frozenset({Role.SOCIAL_WORKER, Role.TRIAGE_WORKER, Role.TEAM_MANAGER, Role.MASH_MANAGER})

_MANAGERS: Final = frozenset({Role.TEAM_MANAGER, Role.MASH_MANAGER})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could hold the case, and what they carry now."""

    person: Person
    carries: Carries

    @property
    def says(self) -> str:
        """Name the person, with their work and where they work."""
        return f"{self.person.name}, {words(self.person.kind)}, {self.person.agency}"

    @property
    def load(self) -> str:
        """Say in a sentence what they carry."""
        one = self.carries
        parts = [f"Holds {one.open or 'nothing'}"]
        parts += [f"{one.late} late"] if one.late else []
        parts += [f"{one.due_today} due today"] if one.due_today else []
        parts += [f"{one.red} red"] if one.red else []
        parts += [f"{one.not_seen} not seen in time"] if one.not_seen else []
        return f"{', '.join(parts)}."


def allocating(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return who could hold the case: workers before managers, the manager's own team first, the least burdened first."""
    with page.product.database.reading() as connection:
        loads = {one.account: one for one in caseload.team(connection, page.actor, page.now, every=True)}
        everybody = access.people(connection, page.actor.authority)
    own = next((one.team for one in everybody if one.account == page.actor.id), "")
    found = [Candidate(one, loads[one.account]) for one in everybody if Role(one.role) in _HOLDS]
    ordered = sorted(
        found,
        key=lambda one: (Role(one.person.role) in _MANAGERS, one.person.team != own, one.carries.open, one.person.name),
    )
    return {"candidates": [one for one in ordered if one.person.account != file.seen.worker.account]}
