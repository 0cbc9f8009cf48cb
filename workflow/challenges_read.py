"""The professional disagreements that have ended: who raised each, how far it climbed, and on what it was settled. Pure."""

from dataclasses import dataclass

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Ended:
    """One disagreement that is over. `rung` is the highest it reached; `how`, upheld, not upheld, withdrawn or settled."""

    raised: Event
    ended: Event
    rung: int

    @property
    def how(self) -> str:
        """How it ended."""
        if self.ended.get("status") == "withdrawn":
            return "withdrawn"
        return str(self.ended.get("outcome") or "settled")


def ended(case: Case) -> list[Ended]:
    """Return the disagreements of the whole record that are over, the newest first."""
    open_: dict[object, list[Event]] = {}
    found: list[Ended] = []
    for event in case.of(Kind.DISAGREEMENT):
        about = event.get("with")
        if event.get("status") == "raised":
            open_.setdefault(about, []).append(event)
        elif event.get("status") == "escalated":
            open_.get(about, []).append(event)
        elif about in open_:
            steps = open_.pop(about)
            rung = max(int(one.get("stage") or 1) for one in steps)
            found += [Ended(one, event, rung) for one in steps if one.get("status") == "raised"]
    return found[::-1]
