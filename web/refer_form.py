"""The form by which somebody tells the hub about a child: its sections, and what is filled in for a brother or sister."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from models.commands.front_door import Refer
from models.vocabulary import Concern, Role
from web.choices import account
from web.fields import Choice, Field, fields
from web.page import Page
from web.posted import Posted, args
from web.wording import capital, words
from workflow import access
from workflow.intake_people import RELATIONS
from workflow.permissions import KEYS_IN
from workflow.seen import CaseFile

Values = dict[str, list[str]]
OUTSIDE: Final = frozenset({Role.PARTNER, Role.EARLY_HELP_COORDINATOR})
"""Who says what they know themselves, and writes nothing down for others."""
ROWS: Final = 3
FAMILY: Final = ("address", "gp", "carers.name", "carers.what", "factors", "consent")
"""What brothers and sisters mostly have in common."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form. One that is folded is opened by whoever needs it."""

    says: str
    names: tuple[str, ...]
    hint: str = ""
    folded: bool = False


SECTIONS: Final = (
    Section("The child", ("child", "born", "due", "address", "gp", "nhs_number", "sibling")),
    Section("Who cares for the child", ("carers", "factors")),
    Section("What worries you", ("concerns", "words")),
    Section(
        "If there is an injury, or photographs",
        ("child_mobile", "explained", "attachments"),
        "Fill in what you know.",
        folded=True,
    ),
    Section(
        "If the child is a baby or not born yet",
        ("pregnancy_weeks", "gestation"),
        "Fill in what you know.",
        folded=True,
    ),
    Section(
        "What the family knows",
        ("consent",),
        "You need nobody's agreement to tell the hub that a child may be at risk of harm. If you did not ask, or they "
        "refused, say why in your own words above. Left open, it goes on record as not asked.",
    ),
)
HEARD: Final = Section(
    "Who told you",
    ("channel", "told_at", "on_behalf_of", "caller", "caller_reach", "caller_is", "name_withheld", "anonymous"),
    "Only if you write down what somebody else has told you, or key in a form on paper.",
    folded=True,
)
GROUPS: Final[dict[str, tuple[Concern, ...]]] = {
    "How the child is cared for": (
        Concern.NEGLECT,
        Concern.HOME_CONDITIONS,
        Concern.HYGIENE,
        Concern.FEEDING,
        Concern.WEIGHT,
        Concern.DEVELOPMENT,
        Concern.SUPERVISION,
        Concern.SAFE_SLEEP,
        Concern.MEDICAL_NEGLECT,
    ),
    "Hurt or abused": (
        Concern.INJURY,
        Concern.UNEXPLAINED_INJURY,
        Concern.PHYSICAL_FINDING,
        Concern.PAIN,
        Concern.PHYSICAL_ABUSE,
        Concern.SEXUAL_ABUSE,
        Concern.EMOTIONAL_ABUSE,
        Concern.CHILD_DISCLOSURE,
        Concern.SELF_HARM,
    ),
    "The adults and the home": (
        Concern.DOMESTIC_ABUSE,
        Concern.SUBSTANCE_MISUSE,
        Concern.ALCOHOL_MISUSE,
        Concern.MENTAL_HEALTH,
        Concern.UNKNOWN_ADULT,
        Concern.WEAPON,
        Concern.DANGEROUS_ANIMAL,
        Concern.HOMELESSNESS,
    ),
    "Before birth": (Concern.LATE_ANTENATAL_CARE, Concern.CONCEALED_PREGNANCY),
    "Contact with services": (
        Concern.NON_ENGAGEMENT,
        Concern.AVOIDANCE,
        Concern.HOSTILITY,
        Concern.DISGUISED_COMPLIANCE,
        Concern.OUT_OF_SIGHT,
        Concern.SCHOOL_ABSENCE,
        Concern.SCHOOL_WITHDRAWAL,
    ),
    "Outside the home": (Concern.MISSING, Concern.EXPLOITATION, Concern.EXTREMISM, Concern.OTHER),
}
"""The worries in the order in which somebody looks for theirs."""
_LABELS: Final = {
    "consent.given": "They know, and agree",
    "consent.refused": "They know, and do not agree",
    "consent.not_sought": "They have not been asked",
}


def asked(page: Page) -> dict[str, Field]:
    """Return the questions of the form by name: an agency is not asked who else has told it."""
    outside = page.actor.role in OUTSIDE
    offered: dict[str, tuple[Choice, ...]] = {"consent": _consent()}
    if not outside:
        with page.product.database.reading() as connection:
            everybody = access.people(connection, page.actor.authority)
        offered["on_behalf_of"] = tuple(account(one) for one in everybody if Role(one.role) in OUTSIDE)
    found = {one.name: one for one in fields("refer", Refer, offered)}
    if outside:
        found = {name: one for name, one in found.items() if name not in HEARD.names}
    if page.actor.role not in KEYS_IN:
        found.pop("told_at", None)
    related = tuple(Choice(code, capital(words(code))) for code in sorted(RELATIONS))
    found["carers"] = Field("carers", "rows", "Who cares for the child", choices=related)
    # One of the two is needed, and neither of them alone.
    found["born"] = replace(found["born"], required=True)
    found["due"] = replace(found["due"], required=True, label="Or the due date, if the child is not born yet", hint="")
    if "nhs_number" in found:
        found["nhs_number"] = replace(found["nhs_number"], label="NHS number")
    return {**found, "child": replace(found["child"], label="The child's name")}


def worries() -> dict[str, tuple[Choice, ...]]:
    """Return the worries by group, as they are ticked."""
    return {
        says: tuple(Choice(one.value, capital(words(one.value))) for one in group) for says, group in GROUPS.items()
    }


def sections(questions: Mapping[str, Field]) -> Iterator[tuple[Section, tuple[Field, ...]]]:
    """Yield the sections with their questions. What no section knows of stands in a last one."""
    known = {name for one in (*SECTIONS, HEARD) for name in one.names}
    rest = Section("Anything else", tuple(name for name in questions if name not in known))
    for one in (*SECTIONS, HEARD, rest):
        found = tuple(questions[name] for name in one.names if name in questions)
        if found:
            yield one, found


def details(questions: Iterable[Field], posted: Posted) -> dict[str, Any]:
    """Return the details that were typed."""
    return {**args(questions, posted), "anyway": posted.one("anyway")}


def missing(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what the form itself can see is missing, in words for a page, by its field."""
    found = {}
    if not given.get("born") and not given.get("due"):
        found["born"] = "Date of birth: write it, or the due date of a child who is not born yet"
    elif given.get("born") and given.get("due"):
        found["born"] = "Date of birth: write it, or a due date, and not both"
    for name, relation in given.get("carers", {}).items():
        if not relation:
            found["carers"] = f"Who cares for the child: choose what {name} is to the child"
    return found


def rows(values: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return the rows of carers as they were typed, with some to spare."""
    names, what = values.get("carers.name", []), values.get("carers.what", [])
    typed = [(name, related) for name, related in zip(names, what, strict=False) if name.strip() or related]
    return [*typed, *[("", "")] * max(1, ROWS - len(typed))]


def family(values: Mapping[str, list[str]]) -> Values:
    """Return what was typed and holds for a brother or sister as well."""
    return {name: list(values[name]) for name in FAMILY if values.get(name)}


def family_of(file: CaseFile) -> Values:
    """Return what the record knows of a family, for whoever may see all of it; for others, nothing."""
    if file.case is None:
        return {}
    child = next(one for one in file.folk if one.id == file.case.child_id)
    names = {one.id: one.name for one in file.folk if not one.child}
    cares = [
        (names[link.one], link.relation)
        for link in file.case.family.links
        if link.other == child.id and link.one in names and link.relation in RELATIONS
    ]
    known = {"address": child.address, "gp": child.gp}
    return {
        "carers.name": [name for name, _ in cares],
        "carers.what": [relation for _, relation in cares],
        **{name: [said] for name, said in known.items() if said and said != "none"},
    }


def _consent() -> tuple[Choice, ...]:
    return tuple(Choice(code, _LABELS[f"consent.{code}"]) for code in ("given", "refused", "not_sought"))
