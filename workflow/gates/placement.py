"""Gates of plans, about where a child lives: back with whoever may have hurt it, and with family a parent has chosen."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.own_visits import by_the_service
from workflow.placements import (
    carers,
    court_placed,
    court_returned,
    emergency,
    hurt,
    managed,
    plans,
    senior,
    spoke,
)
from workflow.questions import known, listed
from workflow.rule import Finding, Gate, Terms

_HOME: Final = frozenset({Kind.HOUSEHOLD})
_PARENTS: Final = frozenset({"mother", "father", "parent"})
_MANAGER: Final = "a manager's decision"


def decided_above(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Back to, or to stay with, somebody suspected: decided higher up, with everybody's view, and with visits planned."""
    if not known(event) or not goes_back(case, event) or not suspected(case, event):
        return
    cause = hurt(case)
    since = case.since(cause) if cause is not None else list(case.chapter)
    if any(court_returned(one) for one in since):
        return
    wanted = ["the police", "health", *(["the carer"] if carers(case) else [])]
    sides = {side for one in since for side in spoke(case, one)}
    missing = [f"the view of {side}" for side in wanted if side not in sides]
    if not any(senior(case, one, terms) for one in since):
        missing.insert(0, "a decision by a manager above the team")
    if not any(plans(one) for one in since):
        missing.append("a plan of visits")
    if missing:
        says = f"The child goes back to where it may have been harmed without {listed(missing)}."
        yield Finding(says, silent=True, loose=event.loose)


def goes_back(case: Case, event: Event) -> bool:
    """Tell whether the child goes home, or is placed with a parent."""
    if event.get("person") not in {None, case.child_id}:
        return False
    return event.get("what") == "returned_home" or (event.get("what") == "placed" and parent(case, event.get("with")))


def parent(case: Case, who: str | None) -> bool:
    """Tell whether somebody is a parent of the child."""
    return any(
        link.one == who and link.other == case.child_id and link.relation in _PARENTS for link in case.family.links
    )


def suspected(case: Case, event: Event) -> bool:
    """Tell whether harm is on record and nobody has said that it was somebody else's."""
    if hurt(case) is None:
        return False
    named = {who for one in case.chapter if one.kind is Kind.INCIDENT for who in one.codes("involving")}
    return event.get("with") is None or not named or event.get("with") in named or parent(case, event.get("with"))


RETURN_HOME: Final = Gate(
    id="return-home-gate",
    stage=Stage.PLANS,
    says="A child goes back to somebody suspected of harming it only on a decision made above the team, with a plan.",
    source="Serious case review: Baby Peter (Haringey, second review, 2009); Sara (Surrey, 2025)",
    mend="a head of service, in `hold-strategy`, `hold-conference` or `hold-meeting`; the worker, with `start-plan`",
    on=_HOME,
    judge=decided_above,
)


def kin_checked(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Checks on every adult there, a look at the home, and a manager's word, before the child sleeps there.

    In an emergency, or where only the manager's word is still to be written down, a story is warned of it.
    """
    who = event.get("with")
    if event.get("what") != "placed" or not known(event) or event.get("person") not in {None, case.child_id}:
        return
    if who is None or not kin(case, who):
        return
    lately = [one for one in case.record if terms.due(one.at, "kin_placement.lookback") >= event.at]
    if any(court_placed(one) for one in lately):
        return
    adults = household(case, who)
    checked = {one.get("person") for one in case.of(Kind.CHECK) if one.get("status") == "replied"}
    missing = [f"checks on {name}" for name in adults if name not in checked]
    if not any(visited(case, one, adults, event) for one in lately):
        missing.append("a visit to the home")
    if not any(managed(case, one) for one in lately):
        missing.append(_MANAGER)
    if missing:
        says = f"The child is placed with {who} without {listed(missing)}."
        part = missing == [_MANAGER] or any(emergency(one) for one in lately)
        yield Finding(says, (who,), silent=True, loose=event.loose, light=part and not case.family.live)


def kin(case: Case, who: str) -> bool:
    """Tell whether somebody is a relative or friend: of the family's people and no parent, or a relative by trade."""
    person = case.family.people.get(who)
    if person is not None:
        return not person.child and not parent(case, who)
    found = case.family.practitioners.get(who)
    return found is not None and found.agency is None and found.kind not in {"foster_carer", "parent"}


def household(case: Case, who: str) -> list[str]:
    """Return the adults of the home a child is placed in, as far as they are known."""
    near = {link.other if link.one == who else link.one for link in case.family.links
            if who in {link.one, link.other} and link.relation in {"partner", "household"}}  # fmt: skip
    people = case.family.people
    return [who, *sorted(one for one in near if one in people and not people[one].child and not parent(case, one))]


def visited(case: Case, event: Event, adults: list[str], placed: Event) -> bool:
    """Tell whether social care saw the home or talked to those who live there."""
    if event.kind is Kind.SPOKE_TO:
        return event.get("person") in adults and event.get("done") is not False
    if event.kind is not Kind.VISIT or event.get("access") != "granted" or not by_the_service(case, event):
        return False
    there = not event.get("address") or not placed.get("address") or event.get("address") == placed.get("address")
    return there or bool(set(adults) & set(event.codes("with")))


KIN: Final = Gate(
    id="kin-placement-check",
    stage=Stage.PLANS,
    says="A child is placed with family or friends only after checks, a visit to the home and a manager's decision.",
    source="Serious case review: Baby Peter (Haringey, second review, 2009)",
    mend="the worker, with `ask`, `spoke-to` and `record-visit`; a manager, in `hold-meeting` or `hold-strategy`",
    on=_HOME,
    judge=kin_checked,
)

GATES: Final[tuple[Gate, ...]] = (RETURN_HOME, KIN)
