"""Who is who to a child: relation, home, couples, who was heard, who is at work with it."""

from dataclasses import replace
from datetime import date

import pytest

from models.facts import Link, Person
from tests.support.stories import Story, referred, story, table
from workflow.household_read import ADULTS, CHILDREN, ELDERS, Member, changes, engaged, heard, household, moves


def family() -> Story:
    """A child with its mother, a father who has gone, a new partner with a child of his and hers, and a grandmother."""
    tale = (
        story()
        .with_adult("father", "father")
        .with_adult("stepfather", "partner", "mother", factors=["violence"])
        .with_adult("gran", "mother", "mother")
    )
    people = {
        **tale.family.people,
        "baby": Person("baby", True, due=date(2026, 7, 1)),
        "brother": Person("brother", True, date(2018, 2, 3)),
    }
    links = (
        *tale.family.links,
        Link("father", "father", "brother"),
        Link("mother", "mother", "brother"),
        Link("mother", "mother", "baby"),
        Link("stepfather", "father", "baby"),
    )
    told = replace(tale, family=replace(tale.family, people=people, links=links))
    return told.then("household", "worker", what="left", person="father", since="2025-12-24")


def member(tale: Story, who: str) -> Member:
    """Return one person of the family."""
    return next(one for one in household(tale.case, tale.now).members if one.id == who)


WHO = table(
    ("the child itself", "child", "the child", None, CHILDREN),
    ("its mother", "mother", "mother", None, ADULTS),
    ("its father", "father", "father", None, ADULTS),
    ("the mother's new partner", "stepfather", "partner", "mother", ADULTS),
    ("the mother's own mother", "gran", "grandparent", None, ELDERS),
    ("a brother of the same parents", "brother", "brother or sister", None, CHILDREN),
    ("a child of the mother's with somebody else", "baby", "half brother or sister", None, CHILDREN),
)


@pytest.mark.parametrize(("who", "relation", "of", "generation"), WHO)
def test_everybody_is_somebody_to_the_child(who: str, relation: str, of: str | None, generation: int) -> None:
    found = member(family(), who)

    assert (found.relation, found.of, found.generation) == (relation, of, generation)


HOME = table(
    ("the child", "child", True),
    ("its mother", "mother", True),
    ("the partner", "stepfather", True),
    ("a father who has left", "father", False),
    ("a grandmother of whom nothing is said", "gran", None),
    ("a brother of whom nothing is said", "brother", None),
)


@pytest.mark.parametrize(("who", "here"), HOME)
def test_where_somebody_lives_is_said_only_as_far_as_it_is_known(who: str, here: bool | None) -> None:
    assert member(family(), who).here is here


def test_who_left_did_so_on_the_day_that_was_told() -> None:
    assert member(family(), "father").left == date(2025, 12, 24)
    assert member(family().then("household", what="joined", person="father"), "father").left is None


def test_a_child_that_is_placed_does_not_live_at_home() -> None:
    away = family().then("household", "worker", what="placed")

    assert member(away, "child").here is False
    assert member(away.then("household", "worker", what="returned_home"), "child").here is True


def test_a_death_is_told_of_the_one_who_died() -> None:
    tale = family().then("household", what="death", person="stepfather", since="2026-03-01")

    assert member(tale, "stepfather").died == date(2026, 3, 1)
    assert member(tale, "child").died is None
    assert member(family().then("household", what="death"), "child").died == date(2026, 3, 10)


def test_couples_are_partners_and_parents_of_the_same_child_each_once() -> None:
    couples = household(family().case, family().now).couples

    assert {(frozenset({one.one, one.other}), one.apart) for one in couples} == {
        (frozenset({"mother", "stepfather"}), False),
        (frozenset({"mother", "father"}), True),
    }


def test_a_partner_who_came_later_is_the_partner_of_whom_the_record_names() -> None:
    tale = story()
    people = {**tale.family.people, "new": Person("new", False)}
    tale = replace(tale, family=replace(tale.family, people=people))
    told = tale.then("household", "worker", what="new_partner", person="new", with_="mother")

    found = next(one for one in household(told.case, told.now).members if one.id == "new")
    assert (found.relation, found.of, found.here) == ("partner", "mother", True)


def test_changes_and_moves_come_newest_first_and_leave_out_what_nobody_knew() -> None:
    tale = (
        family()
        .then("household", what="moved_address", address="Flat 2")
        .then("household", what="animal", known=False)
        .then("household", what="moved_address", address="Flat 3")
    )

    assert [event.get("what") for event in changes(tale.case)] == ["moved_address", "moved_address", "left"]
    assert [event.get("address") for event in moves(tale.case)] == ["Flat 3", "Flat 2"]


def test_who_is_at_work_has_been_so_since_they_first_did_something() -> None:
    tale = referred().wait(days=2).then("visit", "worker", access="granted").wait(days=2).then("view", "teacher")

    found = {one.who.id: (one.since.day, one.last.day) for one in engaged(tale.case)}
    assert found == {"teacher": (10, 14), "worker": (12, 12)}


def test_whoever_was_let_go_is_not_at_work_and_begins_anew_when_they_come_back() -> None:
    gone = referred().wait(days=1).then("involvement", "manager", who="teacher", status="ended")
    back = gone.wait(days=1).then("visit", "teacher", access="granted")

    assert engaged(gone.case) == []
    assert {one.who.id: one.since.day for one in engaged(back.case)} == {"teacher": 12}


def test_who_was_heard_is_told_apart_from_who_was_only_tried() -> None:
    tale = (
        referred()
        .then("attempt", "worker", person="mother")
        .then("attempt", "worker", person="mother", times=2)
        .then("spoke_to", "worker", person="teacher", alone=True)
        .then("spoke_to", "worker", person="teacher", account="conflicting")
    )

    found = {one.person: (one.reached, one.alone, one.conflicting, one.times) for one in heard(tale.case)}
    assert found == {"teacher": (True, True, True, 2), "mother": (False, False, False, 3)}


def test_a_talk_that_did_not_come_about_reaches_nobody() -> None:
    tale = referred().then("spoke_to", "worker", person="mother", done=False, reason=True)

    assert [one.reached for one in heard(tale.case)] == [False]
