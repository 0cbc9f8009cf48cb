"""The drawings of a referral's tabs, as geometry: nothing is left out, nothing lies on anything else, nothing runs off."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.events import Event
from models.facts import Link, Person
from models.vocabulary import Kind, State
from tests.support.stories import Story, referred, story
from web import chronology_lanes, family_graph, states_picture, visit_strip
from workflow.chronology import Beside, entries
from workflow.household_read import household
from workflow.picture import moves
from workflow.visits_read import Sight, sight, visits


def big_family() -> Story:
    """Four children of one mother by two fathers, one not born yet, with a grandmother and a lodger."""
    tale = (
        story()
        .with_adult("father", "father")
        .with_adult("partner", "partner", "mother")
        .with_adult("gran", "mother", "mother")
        .with_adult("lodger", "other")
    )
    more = {
        "eldest": Person("eldest", True, date(2012, 1, 1)),
        "second": Person("second", True, date(2015, 1, 1)),
        "unborn": Person("unborn", True, due=date(2026, 9, 1)),
    }
    links = [Link("mother", "mother", one) for one in more]
    links += [Link("father", "father", "eldest"), Link("partner", "father", "unborn")]
    family = replace(tale.family, people={**tale.family.people, **more}, links=(*tale.family.links, *links))
    return replace(tale, family=family)


NAMES = {"mother": "Maria Theresa van der Longname-Example", "gran": "Ada"}


def drawn(tale: Story) -> family_graph.Graph:
    """Draw a family."""
    return family_graph.graph(household(tale.case, tale.now), NAMES)


def test_everybody_of_a_family_is_drawn_once_and_nobody_on_top_of_another() -> None:
    tale = big_family()
    boxes = drawn(tale).boxes

    assert {box.member.id for box in boxes} == set(tale.family.people)
    places = [(box.x, box.y) for box in boxes]
    assert len(set(places)) == len(places)
    for one in boxes:
        near = [box for box in boxes if box.y == one.y and box is not one and abs(box.x - one.x) < family_graph.WIDE]
        assert near == []


def test_a_family_stands_within_its_picture() -> None:
    picture = drawn(big_family())

    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - family_graph.WIDE
        assert 0 <= box.y <= picture.height - family_graph.HIGH


def test_children_stand_below_their_parents_the_eldest_first() -> None:
    boxes = {box.member.id: box for box in drawn(big_family()).boxes}

    assert boxes["gran"].y < boxes["mother"].y < boxes["child"].y
    children = sorted((box for box in boxes.values() if box.member.child), key=lambda box: box.x)
    assert [box.member.id for box in children] == ["eldest", "second", "child", "unborn"]


def test_couples_stand_side_by_side_where_they_can() -> None:
    boxes = {box.member.id: box for box in drawn(big_family()).boxes}
    beside = family_graph.WIDE + family_graph.GAP

    assert abs(boxes["mother"].x - boxes["partner"].x) == beside
    assert abs(boxes["mother"].x - boxes["father"].x) == beside


def test_a_line_leads_to_every_child_of_a_known_parent_and_a_parted_couple_is_drawn_broken() -> None:
    gone = big_family().then("household", what="left", person="father")
    strokes = drawn(gone).strokes

    assert sum("V" in stroke.path and "H" in stroke.path for stroke in strokes) == 5
    assert [stroke.apart for stroke in strokes].count(True) == 1


def test_a_child_alone_is_a_picture_too() -> None:
    tale = story()
    alone = replace(tale, family=replace(tale.family, people={"child": tale.family.people["child"]}, links=()))

    assert len(drawn(alone).boxes) == 1


def test_a_long_name_is_broken_and_cut_and_a_short_one_is_whole() -> None:
    lines = {box.member.id: box.lines for box in drawn(big_family()).boxes}

    assert lines["gran"] == ("Ada",)
    assert len(lines["mother"]) == 2
    assert all(len(line) <= 21 for line in lines["mother"])


def test_every_state_has_a_place_of_its_own() -> None:
    picture = states_picture.picture("received", [])

    assert [place.state for place in picture.places] == list(State)
    assert len({(place.x, place.y) for place in picture.places}) == len(State)
    wide, high = states_picture.SIZE
    assert all(
        place.x + states_picture.WIDE <= wide and place.y + states_picture.HIGH <= high for place in picture.places
    )


def test_every_way_of_the_machine_is_drawn_once() -> None:
    picture = states_picture.picture("received", [])

    assert len(picture.ways) == len({(move.start, move.end) for move in moves()})
    assert not any(way.taken for way in picture.ways)
    assert all(re.fullmatch(r"M-?\d+ -?\d+L-?\d+ -?\d+", way.path) for way in picture.ways)


def test_the_ways_taken_are_counted_and_lie_on_top() -> None:
    steps = [("received", "triage"), ("triage", "triage"), ("triage", "strategy_discussion")]
    picture = states_picture.picture("strategy_discussion", [*steps, ("received", "triage")])

    assert [(way.says, way.taken) for way in picture.ways[-2:]] == [
        ("received to triage", 2),
        ("triage to strategy discussion", 1),
    ]
    assert [place.state for place in picture.places if place.been] == ["received", "triage", "strategy_discussion"]
    assert [place.state for place in picture.places if place.now] == ["strategy_discussion"]


def test_each_visit_has_a_mark_in_order_of_time_within_the_strip() -> None:
    tale = referred()
    for days in (1, 5, 20, 40):
        tale = tale.wait(days=days).then("visit", "worker", access="granted", child_seen=days < 20)
    strip = visit_strip.strip(visits(tale.case), sight(tale.case, tale.terms), tale.now)

    assert strip is not None
    places = [mark.x for mark in strip.marks]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < visit_strip.WIDE
    assert strip.now <= visit_strip.WIDE


def test_visits_of_one_day_do_not_hide_each_other() -> None:
    tale = referred().then("visit", "worker", access="denied")
    for _ in range(3):
        tale = tale.then("visit", "worker", access="denied")
    tale = tale.wait(days=30)
    strip = visit_strip.strip(visits(tale.case), Sight(None), tale.now)

    assert strip is not None
    assert len({(mark.x, mark.y) for mark in strip.marks[:3]}) == 3


def test_visits_of_other_years_are_listed_and_not_drawn() -> None:
    tale = referred().then("visit", "worker", access="granted").wait(days=500)
    assert visit_strip.strip(visits(tale.case), Sight(None), tale.now) is None

    tale = tale.then("visit", "worker", access="granted")
    strip = visit_strip.strip(visits(tale.case), Sight(None), tale.now + timedelta(days=1))
    assert strip is not None
    assert len(strip.marks) == 1


def test_the_time_since_the_child_was_seen_and_the_day_it_runs_out_are_on_the_strip() -> None:
    tale = referred().then("visit", "worker", access="granted", child_seen=True).wait(days=10)
    start = tale.now - timedelta(days=10)
    strip = visit_strip.strip(visits(tale.case), Sight(None, start, tale.now + timedelta(days=10), tale.now), tale.now)

    assert strip is not None
    assert strip.gap is not None
    assert strip.gap[0] < strip.gap[1] == strip.now < (strip.due or 0)


def chronology(tale: Story, *more: Event) -> chronology_lanes.Lanes | None:
    """Draw the chronology of a story."""
    return chronology_lanes.lanes(entries(tale.family, [*tale.family.record, *more], Beside()))


def test_each_thread_has_a_lane_and_its_dots_add_up() -> None:
    tale = (
        referred().then("visit", "worker", access="denied").then("appointment", "doctor", what="gp", outcome="missed")
    )
    found = chronology(tale)

    assert found is not None
    totals = {lane.name: sum(lane.by_year.values()) for lane in found.lanes}
    assert totals == {"concerns": 1, "visits": 1, "appointments": 1, "health": 1, "not seen or missed": 2}
    assert all(0 < dot.x < chronology_lanes.WIDE for lane in found.lanes for dot in lane.dots)


@pytest.mark.parametrize(("years", "says"), [(1, "March 2026: 1"), (9, "January 2026 and the two months after: 1")])
def test_a_long_chronology_is_added_up_by_quarters(years: int, says: str) -> None:
    later = Event(referred().now + timedelta(days=365 * years), Kind.CONTACT, ("child",), "teacher")
    found = chronology(referred(), later)

    assert found is not None
    assert next(lane for lane in found.lanes if lane.name == "concerns").dots[0].says == says


def test_nothing_on_record_is_no_drawing() -> None:
    assert chronology(story()) is None
