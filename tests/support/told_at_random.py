"""Casebooks told at random, from the format itself: whatever it allows is a story, however unlikely."""

import json
from datetime import date, datetime, timedelta
from functools import singledispatch
from typing import Any

from hypothesis import strategies as st

from models.vocabulary import Factor
from tests.support.casebooks import HEAD
from workflow.replay import shapes
from workflow.replay.format import FORMS
from workflow.replay.kinds import RESULTS
from workflow.replay.shapes import Names, Shape

IDS = {
    Names.CHILD: ["ada", "ben"],
    Names.FAMILY: ["ada", "ben", "mother", "father"],
    Names.AGENCY: ["hub", "social_care", "school", "police", "health"],
    Names.PRACTITIONER: [
        "triage", "hub_manager", "worker", "manager", "teacher", "officer", "nurse", "grandfather",
    ],
    Names.EVENT: ["e0", "e1"],
}  # fmt: skip
IDS[Names.PERSON] = [*IDS[Names.FAMILY], *IDS[Names.PRACTITIONER]]
IDS[Names.ANYBODY] = [*IDS[Names.PERSON], *IDS[Names.AGENCY]]
BEGIN = datetime.fromisoformat("2024-03-04T09:00")
EARLY = datetime.fromisoformat("1996-01-02T09:00")
"""Before there was any policy, and near the edge of the calendar of working days."""


@singledispatch
def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Return what a value of this shape may be."""
    raise TypeError(f"Nothing is known of {shape}.")


values.register(shapes.Text)(lambda _: st.sampled_from(["a line", "a longer line of words, for the reader"]))
values.register(shapes.Word)(lambda _: st.sampled_from(["one", "two"]))
values.register(shapes.Flag)(lambda _: st.booleans())
values.register(shapes.Count)(lambda shape: st.integers(shape.least, 40))
values.register(shapes.Number)(lambda _: st.integers(0, 20) | st.floats(0, 20))
values.register(shapes.Gestation)(lambda _: st.sampled_from(["29+6", "40"]))
values.register(shapes.Code)(lambda shape: st.sampled_from(shape.of))
values.register(shapes.Id)(lambda shape: st.sampled_from(IDS[shape.of]))
values.register(shapes.ListOf)(lambda shape: st.lists(values(shape.of), max_size=3))
values.register(shapes.Table)(lambda shape: st.dictionaries(values(shape.key), values(shape.value), max_size=3))
values.register(shapes.Result)(lambda _: st.just(True))


@values.register
def _(_: shapes.Day) -> st.SearchStrategy[str]:
    return st.dates(date(2001, 1, 1), date(2039, 12, 31)).map(date.isoformat)


@values.register
def _(shape: shapes.Record) -> st.SearchStrategy[dict[str, Any]]:
    required = {key: values(part) for key, part in shape.keys.items() if key in shape.required}
    return st.fixed_dictionaries(
        required, optional={key: values(part) for key, part in shape.keys.items() if key not in required}
    )


@st.composite
def happened(draw: st.DrawFn) -> dict[str, Any]:
    """Draw one event of any kind, with any of its keys; its moment and its id are given later."""
    kind = draw(st.sampled_from(sorted(FORMS)))
    form = FORMS[kind]
    told = draw(
        values(
            shapes.Record({k: v for k, v in form.keys.items() if k not in {"at", "id"}}, form.required - {"at", "id"})
        )
    )
    if told.get("what") in RESULTS and "result" in told:
        told["result"] = draw(values(RESULTS[told["what"]]) | st.just(True))
    if "id" in form.required:
        told["id"] = f"{kind}_{draw(st.sampled_from(['one', 'two']))}"
    return {"kind": str(kind), **told}


@st.composite
def tales(draw: st.DrawFn, most: int = 12) -> str:
    """Draw a whole casebook. Its first two events are contacts, so that others can point to them."""
    events = [{"kind": "contact", "about": ["ada"], "id": "e0"}, {"kind": "contact", "about": ["ben"], "id": "e1"}]
    events += draw(st.lists(happened(), max_size=most))
    lines = []
    now = draw(st.sampled_from([BEGIN, BEGIN, EARLY]))
    for event in events:
        now += draw(
            st.sampled_from(
                [timedelta(), timedelta(minutes=5), timedelta(days=1), timedelta(days=40), timedelta(days=400)]
            )
        )
        lines.append(json.dumps({"at": now.isoformat(timespec="minutes"), **event}))
    head = HEAD.replace("silence: recorded", f"silence: {draw(st.sampled_from(['recorded', 'unknown']))}")
    factors = draw(st.lists(st.sampled_from(sorted(Factor)), max_size=3))
    head = head.replace("{id: mother, is: adult}", f"{{id: mother, is: adult, factors: [{', '.join(factors)}]}}")
    born = draw(
        st.sampled_from(["born: 2024-02-01", "due: 2024-08-01", "born: 2024-06-20, due: 2024-08-01", "gp: none"])
    )
    head = head.replace("born: 2024-02-01", born)
    head += draw(st.sampled_from(["", "until: 2039-12-31\n"]))
    return head + "events:\n" + "".join(f"  - {line}\n" for line in lines)
