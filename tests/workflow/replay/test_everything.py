"""One story holds every kind of event, every key and every code of the format; and the format holds all of the story."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.yaml_marks import read as read_yaml
from models.vocabulary import Kind
from workflow.replay import shapes
from workflow.replay.format import COMMON, FORMS, HEAD, SEEING, SEEN
from workflow.replay.kinds import KINDS, RESULTS
from workflow.replay.play import play
from workflow.replay.reader import read
from workflow.replay.report import as_json, as_text
from workflow.replay.shapes import Shape

EVERYTHING = Path(__file__).parent / "everything.yaml"


def wanted(shape: Shape, at: str) -> Iterator[tuple[str, str]]:
    """Yield every place in a shape at which something may stand, and every code that may stand there."""
    match shape:
        case shapes.Record(keys):
            for key, part in keys.items():
                yield at, key
                yield from wanted(part, f"{at}.{key}")
        case shapes.ListOf(part):
            yield from wanted(part, at)
        case shapes.Table(key, value):
            yield from wanted(key, f"{at}.key")
            yield from wanted(value, f"{at}.value")
        case shapes.Code(of):
            yield from ((at, word) for word in of)
        case shapes.LinkShape(relations):
            yield from ((at, word) for word in relations)
        case _:
            pass


def used(value: Any, shape: Shape, at: str) -> Iterator[tuple[str, str]]:
    """Yield every place and code at which a value uses its shape."""
    match shape:
        case shapes.Record(keys):
            for key, part in value.items():
                yield at, key
                yield from used(part, keys[key], f"{at}.{key}")
        case shapes.ListOf(part):
            for each in value:
                yield from used(each, part, at)
        case shapes.Table(key, part):
            for one, two in value.items():
                yield from used(one, key, f"{at}.key")
                yield from used(two, part, f"{at}.value")
        case shapes.Code():
            yield at, value
        case shapes.LinkShape():
            yield at, value[1]
        case _:
            pass


@pytest.fixture(scope="module")
def story() -> Any:
    return read_yaml(EVERYTHING.read_text(encoding="utf-8")).plain()


def test_the_head_uses_everything_it_may_hold(story: Any) -> None:
    head = {key: value for key, value in story.items() if key != "events"}
    # Of these a file can hold one only; the shipped casebooks hold the others.
    others = {("head.silence", "unknown"), ("head.expect", "clean")}

    assert set(wanted(HEAD, "head")) - set(used(head, HEAD, "head")) == others


def of_kind(kind: str, story: Any) -> list[dict[str, Any]]:
    return [
        {key: part for key, part in event.items() if key != "kind"}
        for event in story["events"]
        if event["kind"] == kind
    ]


@pytest.mark.parametrize("kind", list(FORMS))
def test_every_key_and_code_of_a_kind_is_used(kind: Kind, story: Any) -> None:
    own = {key: shape for key, shape in FORMS[kind].keys.items() if key in KINDS[kind].keys}
    found = {place for event in of_kind(kind, story) for place in used(event, FORMS[kind], kind)}

    assert set(wanted(shapes.Record(own), kind)) - found == set()


@pytest.mark.parametrize("kind", sorted(SEEING))
def test_what_was_seen_can_be_told_with_every_kind_that_sees(kind: Kind, story: Any) -> None:
    assert set(SEEN) <= {key for event in of_kind(kind, story) for key in event}


def test_what_every_event_may_hold_is_used_by_one_of_them(story: Any) -> None:
    form = shapes.Record({**COMMON, **SEEN})
    found = {
        place
        for event in story["events"]
        for place in used({key: part for key, part in event.items() if key in form.keys}, form, "event")
    }

    assert set(wanted(form, "event")) == found


def test_every_sort_of_result_is_used(story: Any) -> None:
    results = {event["what"]: event["result"] for event in story["events"] if event["kind"] == "tool"}

    assert set(RESULTS) <= set(results)


def test_everything_plays() -> None:
    casebook = read(EVERYTHING)
    played = play(casebook)

    assert len(casebook.events) == len(read_yaml(EVERYTHING.read_text(encoding="utf-8")).plain()["events"])
    assert as_json(played)["events"] == len(casebook.events)
    assert max(map(len, as_text(played).splitlines())) <= 100
    assert {event.kind for event in casebook.events} == set(FORMS)
