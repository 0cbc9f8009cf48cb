"""Gates of the front door, eighth part: what is heard is understood, and what is logged is sent on."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case, Practitioner
from models.vocabulary import Kind, PractitionerKind, Stage
from workflow.carers import carers, needs_interpreter, parents
from workflow.checks import SCHOOLS
from workflow.questions import professional
from workflow.rule import Finding, Gate, Terms

_MEETS: Final = frozenset({Kind.SPOKE_TO, Kind.VISIT, Kind.APPOINTMENT, Kind.MEDICAL, Kind.CONTACT, Kind.CONCERN})
_ADVISES: Final = frozenset(
    {
        PractitionerKind.SAFEGUARDING_LEAD,
        PractitionerKind.TEAM_MANAGER,
        PractitionerKind.MASH_MANAGER,
        PractitionerKind.HEAD_OF_SERVICE,
    }
)


def met(case: Case, event: Event) -> tuple[str, ...]:
    """Return whose words an event may rest on: the one spoken to, otherwise the child and those who care for it."""
    if event.kind is Kind.SPOKE_TO or event.get("person"):
        return (event.get("person"),)
    return tuple(dict.fromkeys((case.child_id, *parents(case), *carers(case))))


def interpreted(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """A relative never counts; nobody counts only where nobody is needed."""
    used = event.get("interpreter")
    if used == "family":
        yield Finding("A relative interpreted, so that what was said does not count.", loose=event.loose)
        return
    if used == "independent":
        return
    needing = tuple(who for who in met(case, event) if needs_interpreter(case, who))
    if needing and used == "none":
        yield Finding("No interpreter was there, so that what was said does not count.", needing, loose=event.loose)
    elif needing and _rests_on_words(event) and not _independent(case):
        yield Finding("Nothing shows that an interpreter was there.", needing, silent=True, loose=event.loose)


def _rests_on_words(event: Event) -> bool:
    spoken = event.kind is Kind.SPOKE_TO and event.get("done") is not False
    return spoken or event.get("consent") == "given"


def _independent(case: Case) -> bool:
    return any(event.get("interpreter") == "independent" for event in case.episode)


INTERPRETER: Final = Gate(
    id="interpreter-provided",
    stage=Stage.FRONT_DOOR,
    says="Where somebody needs an interpreter, an account or consent counts only through one who is not of the family.",
    source=(
        "Serious case review: Daniel Pelka (Coventry, 2013); Local child safeguarding practice review: Sara (Surrey, 2025)"
    ),
    mend="the worker, with `spoke-to` again and interpreter=independent",
    effect=Effect.WARN,
    ordinary=True,
    on=_MEETS | {Kind.EARLY_HELP},
    judge=interpreted,
)


def consulted(case: Case, event: Event) -> bool:
    """Tell whether a worry that was not sent on was put to somebody who could judge it."""
    shared = (professional(case, who) for who in event.codes("shared_with"))
    return any(who is not None and (who.in_social_care or who.kind in _ADVISES) for who in shared)


def told_before(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether the same agency logged the same worry before and nobody has referred it since."""
    who = professional(case, event.by)
    for earlier in reversed(case.of(Kind.CONCERN, Kind.CONTACT)):
        if earlier.kind is Kind.CONTACT or terms.due(earlier.at, "recurring_concern.window") < event.at:
            return False
        other = professional(case, earlier.by)
        same = not set(earlier.codes("concerns")).isdisjoint(event.codes("concerns"))
        if (
            same
            and who is not None
            and other is not None
            and who.agency == other.agency
            and not earlier.get("referred")
        ):
            return True
    return False


def asked_social_care(case: Case, event: Event) -> bool:
    """Tell whether somebody of social care heard of it, who could judge it by all that is known."""
    shared = (professional(case, who) for who in event.codes("shared_with"))
    return any(who is not None and who.in_social_care for who in shared)


def _same_side(one: Practitioner, other: Practitioner) -> bool:
    """Tell whether two people are of the same agency, or both of the schools and those who oversee them."""
    schooling = all(who.agency is not None and who.agency.kind in SCHOOLS for who in (one, other))
    return schooling or one.agency == other.agency


def sent_on(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Refer, consult, or say why not. What social care itself sees is put to its own manager by another rule.

    A talk inside one's own agency answers a worry once, not again and again.
    """
    who = professional(case, event.by)
    if who is None or who.in_social_care or event.get("referred") is True or event.get("reason"):
        return
    if consulted(case, event):
        if asked_social_care(case, event):
            return
        if told_before(case, event, terms):
            says = "The same worry was logged before, and again it is talked over and not referred."
            yield Finding(says, loose=event.loose)
        elif event.get("referred") is False and case.allocated_to is not None:
            says = "A worry about a child whose case is open was kept from the worker who holds it."
            yield Finding(says, (case.allocated_to,), loose=event.loose)
        return
    others = (professional(case, one) for one in event.codes("shared_with"))
    elsewhere = any(one is not None and not _same_side(who, one) for one in others)
    if case.family.silence_unknown and event.get("referred") is None and elsewhere:
        return  # Another agency heard of it, and what became of it the source does not say.
    says = "A worry was logged, and neither sent on, nor talked over, nor is there a reason."
    yield Finding(says, silent=event.get("referred") is None, loose=event.loose)


CONCERN: Final = Gate(
    id="concern-without-referral",
    stage=Stage.FRONT_DOOR,
    says="Whoever logs a worry refers it, consults somebody on it, or says why not.",
    source="SCR Matt 5.31, 5.39, 6.1.31",
    mend="whoever logs it, with `refer`, or `log-concern` with shared_with=ACCOUNT or a reason",
    effect=Effect.WARN,
    on=frozenset({Kind.CONCERN}),
    judge=sent_on,
)

GATES: Final[tuple[Gate, ...]] = (INTERPRETER, CONCERN)
