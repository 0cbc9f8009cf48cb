"""Who may read what somebody wrote: every kind of event, every class it may be given, every audience."""

from itertools import product
from typing import Any, Final

import pytest

from models.events import Event
from models.facts import Agency, Case, Family, Person, Practitioner
from models.vocabulary import AgencyKind, Kind, PractitionerKind, Role
from tests.support.hub import START
from workflow.actions.act import Actor
from workflow.audiences import Audience, GoesTo, audience_of, goes, may_read, owner, reads

INTERNAL: Final = """
    note legal_advice complaint reviewed_evidence history_checked chronology_seen grade_proposed closure_returned
    alarm_answered second_signature triage_begun ready woken sharing
"""
COUNCIL_S_WITH_THE_FAMILY: Final = """
    decision assessment conference plan outcome condition meeting agreement safety_plan contingency_used order
    step_down closure allocated
"""
WRITTEN_BY_AGENCIES: Final = """
    contact concern check account view disagreement incident tool agency_decision police_check medical visit
    appointment attempt commitment early_help spoke_to
"""
OTHERS: Final = """
    grade involvement strategy_discussion section47_outcome household information_request invited excused told
    closure_proposed
"""

# Who reads it (hub, police, partners, family): before the owner has agreed, and once they have.
BY_CLASS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("internal", "partners"): ("h...", "h..."),
    ("internal", "police"): ("h...", "h..."),
    ("internal", "hub"): ("h...", "h..."),
    ("council's", "partners"): ("hppf", "hppf"),
    ("council's", "police"): ("hp..", "hppf"),
    ("council's", "hub"): ("h...", "hppf"),
    ("agencies'", "partners"): ("hpp.", "hppf"),
    ("agencies'", "police"): ("hp..", "hppf"),
    ("agencies'", "hub"): ("h...", "hppf"),
    ("other", "partners"): ("hpp.", "hpp."),
    ("other", "police"): ("hp..", "hpp."),
    ("other", "hub"): ("h...", "hpp."),
}
SORTS: Final = {
    **dict.fromkeys(INTERNAL.split(), "internal"),
    **dict.fromkeys(COUNCIL_S_WITH_THE_FAMILY.split(), "council's"),
    **dict.fromkeys(WRITTEN_BY_AGENCIES.split(), "agencies'"),
    **dict.fromkeys(OTHERS.split(), "other"),
}


def test_every_kind_of_event_is_in_the_table() -> None:
    assert sorted(SORTS) == sorted(Kind)


def wanted(kind: Kind, goes_to: str, audience: Audience, *, never: bool, agreed: bool) -> bool:
    """Read the table."""
    if never and audience is Audience.FAMILY:
        return False
    return BY_CLASS[SORTS[kind.value], goes_to][agreed][list(Audience).index(audience)] != "."


@pytest.mark.parametrize("kind", Kind)
def test_an_audience_reads_what_the_table_says(kind: Kind) -> None:
    wrong = [
        (goes_to, never, agreed, audience)
        for goes_to, never, agreed, audience in product(GoesTo, (False, True), (False, True), Audience)
        if may_read(
            Event(START, kind, ("kid",), "dsl", {"goes_to": goes_to.value, "never_to_family": never}),
            audience,
            agreed=agreed,
        )
        is not wanted(kind, goes_to, audience, never=never, agreed=agreed)
    ]

    assert not wrong


@pytest.mark.parametrize("audience", Audience)
def test_what_carries_no_class_may_go_to_partners_and_not_to_the_family_unasked(audience: Audience) -> None:
    said = Event(START, Kind.CHECK, ("kid",), "dsl", {"status": "replied", "words": "late every day"})

    assert may_read(said, audience) is (audience is not Audience.FAMILY)
    assert goes({}, audience) is (audience is not Audience.FAMILY)


@pytest.mark.parametrize("audience", Audience)
def test_what_one_agency_is_asked_is_read_to_no_other(audience: Audience) -> None:
    asked = Event(START, Kind.CHECK, ("kid",), "tara", {"status": "asked", "agency": "police"})

    assert may_read(asked, audience, agreed=True) is (audience is Audience.HUB)


# ------------------------------------------------------------ the owner


SCHOOL = Practitioner("dsl", PractitionerKind.SAFEGUARDING_LEAD, Agency("school", AgencyKind.SCHOOL))
WORKER = Practitioner("sam", PractitionerKind.SOCIAL_WORKER, Agency("council", AgencyKind.SOCIAL_CARE))
CALLER = Practitioner("caller1", PractitionerKind.MEMBER_OF_PUBLIC)


def case(*events: Event) -> Case:
    people = {"kid": Person("kid", True)}
    practitioners = {one.id: one for one in (SCHOOL, WORKER, CALLER)}
    return Family(people, practitioners, (), events, live=True).case("kid")


def said(by: str, kind: Kind = Kind.CONTACT, **data: Any) -> Event:
    return Event(START, kind, ("kid",), by, {"words": "as it was told", **data}, id="e1", index=1)


def answered(status: str, audience: str, which: str = "e1") -> Event:
    return Event(START, Kind.SHARING, ("kid",), "dsl", {"status": status, "audience": audience, "which": which})


@pytest.mark.parametrize(("by", "whose"), [("dsl", "school"), ("sam", None), ("caller1", None), ("gone", None)])
def test_what_an_outside_agency_wrote_is_its_own(by: str, whose: str | None) -> None:
    assert owner(case(), said(by)) == whose


def test_an_answer_belongs_to_the_agency_that_gave_it_whoever_typed_it() -> None:
    assert owner(case(), said("sam", Kind.CHECK, status="replied", agency="school")) == "school"
    assert owner(case(), said("sam", Kind.CHECK, status="asked", agency="school")) is None


@pytest.mark.parametrize("by", ["dsl", "sam", "caller1"])
def test_no_contact_is_read_to_a_family_while_nobody_has_agreed(by: str) -> None:
    contact = said(by)

    assert not reads(case(contact), contact, Audience.FAMILY)
    assert not reads(case(contact, answered("asked", "family")), contact, Audience.FAMILY)


def test_an_outside_agency_s_own_decision_words_are_its_own_even_where_the_council_s_would_be_read_out() -> None:
    theirs, ours = said("dsl", Kind.CLOSURE), said("sam", Kind.CLOSURE)

    assert reads(case(ours), ours, Audience.FAMILY)
    assert not reads(case(theirs), theirs, Audience.FAMILY)
    assert reads(case(theirs, answered("agreed", "family")), theirs, Audience.FAMILY)


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        ([], "h"),
        ([("asked", "partners")], "h"),
        ([("agreed", "partners")], "hPp"),
        ([("agreed", "police")], "hP"),
        ([("agreed", "family")], "hf"),
        ([("refused", "partners")], "h"),
        ([("agreed", "partners"), ("refused", "partners")], "h"),
        ([("refused", "family"), ("agreed", "family")], "hf"),
        ([("agreed", "partners"), ("asked", "partners")], "hPp"),
    ],
)
def test_the_newest_answer_of_the_owner_counts_for_the_audience_it_names(
    answers: list[tuple[str, str]], read: str
) -> None:
    event = said("dsl", goes_to="hub")
    found = case(event, *(answered(*one) for one in answers))
    letters = {Audience.HUB: "h", Audience.POLICE: "P", Audience.PARTNERS: "p", Audience.FAMILY: "f"}

    assert "".join(letters[one] for one in Audience if reads(found, event, one)) == read


def test_an_answer_about_something_else_agrees_to_nothing() -> None:
    event = said("dsl", goes_to="hub")

    assert not reads(case(event, answered("agreed", "partners", which="e2")), event, Audience.PARTNERS)


def test_never_to_the_family_is_never_whatever_was_agreed_later() -> None:
    event = said("dsl", never_to_family=True)

    assert not reads(case(event, answered("agreed", "family")), event, Audience.FAMILY)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ["police", "school"])
def test_only_the_council_s_own_read_as_the_hub(role: Role, kind: str) -> None:
    found = audience_of(Actor("who", role, "agency", kind, "coventry"))
    outside = Audience.POLICE if kind == "police" else Audience.PARTNERS

    assert found is (outside if role in {Role.PARTNER, Role.EARLY_HELP_COORDINATOR} else Audience.HUB)
