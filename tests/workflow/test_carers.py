"""Who cares for a child, who lives with it, and what a story still awaits."""

from dataclasses import replace

import pytest

from models.facts import Link, Person
from models.vocabulary import Kind
from tests.support.stories import Story, referred, story, table
from workflow.carers import carers, heard_by, residents
from workflow.questions import awaiting


def family(*links: tuple[str, str, str]) -> Story:
    """Begin with a mother, and whoever else the links name."""
    begun = story()
    names = {one for link in links for one in (link[0], link[2])} - {"child", "mother"}
    people = {**begun.family.people, **{name: Person(name, name == "brother") for name in names}}
    given = (*begun.family.links, *(Link(*link) for link in links))
    return replace(begun, family=replace(begun.family, people=people, links=given))


FATHER = ("father", "father", "child")
PARTNER = ("man", "partner", "mother")
BOTH = family(FATHER, PARTNER)


@pytest.mark.parametrize(
    ("before", "caring", "living"),
    table(
        ("a mother alone", family(), {"mother"}, {"mother"}),
        ("both parents and a partner, where nobody says who lives there", BOTH, {"mother", "father", "man"}, {"mother", "father", "man"}),
        ("the partner named the other way round", family(("mother", "partner", "man")), {"mother", "man"}, {"mother", "man"}),
        ("only she lives there", family(FATHER, ("mother", "household", "child")), {"mother"}, {"mother"}),
        ("a lodger lives there, and cares for nobody", family(("lodger", "household", "child"), ("mother", "household", "child")), {"mother"}, {"mother", "lodger"}),
        ("he has left", BOTH.then("household", what="left", person="man"), {"mother", "father"}, {"mother", "father"}),
        ("he has left, and come back", BOTH.then("household", what="left", person="man").then("household", what="joined", person="man"), {"mother", "father", "man"}, {"mother", "father", "man"}),
        ("a partner nobody knew of", family(("man", "other", "mother")).then("household", what="new_partner", person="man", known=False), {"mother"}, {"mother"}),
        ("a partner who came later", family(("man", "other", "mother")).then("household", what="new_partner", person="man"), {"mother", "man"}, {"mother", "man"}),
        ("a brother is no carer", family(("brother", "household", "child"), ("mother", "household", "child")), {"mother"}, {"mother", "brother"}),
        ("a grandparent is one when linked so", family(("gran", "carer", "child")), {"mother", "gran"}, {"mother", "gran"}),
    ),
)  # fmt: skip
def test_who_cares_and_who_lives_there(before: Story, caring: set[str], living: set[str]) -> None:
    assert set(carers(before.case)) == caring
    assert residents(before.case) == living


@pytest.mark.parametrize(
    ("before", "who"),
    table(
        ("spoken to", story().then("spoke_to", "triage", person="mother"), "mother"),
        ("in a meeting", story().then("meeting", attended=["mother"]), "mother"),
        ("in writing", story().then("conference", accounts=["mother"]), "mother"),
        ("a tool was used with her", story().then("tool", "nurse", what="dash", for_="mother"), "mother"),
        ("seen apart in the assessment", story().then("assessment", "worker", parents_seen_separately=True), "mother"),
        ("a child, spoken to", story().then("spoke_to", "worker", person="child"), "child"),
    ),
)
def test_how_somebody_is_heard(before: Story, who: str) -> None:
    assert who in heard_by(before.case, before.case.record)


def test_a_visit_by_somebody_is_not_their_being_heard() -> None:
    assert heard_by(story().case, story().then("visit", "nurse", access="granted").case.record) == set()


def test_a_story_that_has_gone_past_a_moment_awaits_it_no_longer() -> None:
    waiting = referred().wait(days=1)
    gone_past = referred().wait(days=9).then("note")

    assert [event.id for event, _ in awaiting(waiting.case, waiting.terms, "decision_and_ack", Kind.CONTACT)] == [
        "first"
    ]
    assert list(awaiting(gone_past.case, gone_past.terms, "decision_and_ack", Kind.CONTACT)) == []


def test_the_live_record_awaits_until_it_is_done_and_only_in_the_open_episode() -> None:
    long_ago = referred(live=True).wait(days=9).then("note")
    again = long_ago.then("closure").then("contact", "nurse", named="second")

    for before, names in ((long_ago, ["first"]), (again, ["second"])):
        found = awaiting(before.case, before.terms, "decision_and_ack", Kind.CONTACT)
        assert [event.id for event, _ in found] == names
