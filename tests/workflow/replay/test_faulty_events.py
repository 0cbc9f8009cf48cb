"""What is wrong with one event, or between two, is said with its line and in a plain sentence."""

import pytest

from tests.support.casebooks import FIRST_EVENT, faults, tale
from tests.support.stories import table

ONE_EVENT = table(
    ("an unknown key", "at: 2024-03-04, kind: note, text: a, colour: red", "colour is not a key of a note."),
    ("a misspelt key", "at: 2024-03-04, kind: note, txt: a", "txt is not a key of a note; did you mean text?"),
    ("a key of another kind", "at: 2024-03-04, kind: note, text: a, grade: red", "grade is not a key of a note."),
    (
        "a seen key where nothing is seen",
        "at: 2024-03-04, kind: plan, which: child_in_need, status: started, injury: {}",
        "injury is not a key of a plan.",
    ),
    ("an unknown kind", "at: 2024-03-04, kind: teleported", "kind cannot be teleported."),
    ("a misspelt kind", "at: 2024-03-04, kind: visits, access: granted", "kind cannot be visits; did you mean visit?"),
    ("a kind of the live record", "at: 2024-03-04, kind: woken", "kind cannot be woken."),
    (
        "an unknown code",
        "at: 2024-03-04, kind: grade, grade: purple",
        "grade cannot be purple; it is one of red, amber, green.",
    ),
    (
        "a misspelt code",
        "at: 2024-03-04, kind: visit, access: granted, concerns: [neglekt]",
        "concerns cannot be neglekt; did you mean neglect?",
    ),
    (
        "a factor as a concern",
        "at: 2024-03-04, kind: contact, concerns: [care_leaver]",
        "concerns cannot be care_leaver",
    ),
    (
        "a concern as a factor",
        "at: 2024-03-04, kind: assessment, status: completed, factors_resolved: {neglect: confirmed}",
        "factors_resolved cannot be neglect",
    ),
    (
        "a view that is none",
        "at: 2024-03-04, kind: closure, views: {teacher: perhaps}",
        "views cannot be perhaps; it is one of agree, disagree, none.",
    ),
    ("no kind", "at: 2024-03-04, text: a", "an event needs kind."),
    ("no day", "kind: note, text: a", "a note needs at."),
    ("a missing key", "at: 2024-03-04, kind: check, agency: police", "a check needs status."),
    ("a note without text", "at: 2024-03-04, kind: note", "a note needs text."),
    ("an empty text", "at: 2024-03-04, kind: note, text: ''", "text is empty; say something or leave it out."),
    ("nothing as a text", "at: 2024-03-04, kind: note, text: ", "text is a line of words, not nothing."),
    (
        "yes as a boolean",
        "at: 2024-03-04, kind: visit, access: granted, announced: yes",
        "announced is true or false, not yes.",
    ),
    (
        "off as a boolean",
        "at: 2024-03-04, kind: visit, access: granted, announced: off",
        "announced is true or false, not off.",
    ),
    (
        "a boolean in quotes",
        "at: 2024-03-04, kind: visit, access: granted, announced: 'true'",
        "announced is true or false, not true.",
    ),
    (
        "one as a boolean",
        "at: 2024-03-04, kind: visit, access: granted, announced: 1",
        "announced is true or false, not 1.",
    ),
    (
        "a boolean as a count",
        "at: 2024-03-04, kind: contact, attachments: true",
        "attachments is a whole number, not true.",
    ),
    (
        "words as a count",
        "at: 2024-03-04, kind: contact, attachments: eleven",
        "attachments is a whole number, not eleven.",
    ),
    ("half a count", "at: 2024-03-04, kind: contact, attachments: 1.5", "attachments is a whole number, not 1.5."),
    (
        "a negative count",
        "at: 2024-03-04, kind: contact, attachments: -1",
        "attachments is a whole number from 0 to 10000, not -1.",
    ),
    ("not once", "at: 2024-03-04, kind: note, text: a, times: 0", "times is a whole number from 1 to 10000, not 0."),
    (
        "a rung below the first",
        "at: 2024-03-04, kind: disagreement, with: closure, status: raised, stage: 0",
        "stage is a whole number from 1 to 10000, not 0.",
    ),
    (
        "negative weeks",
        "at: 2024-03-04, kind: contact, pregnancy: {of: mother, weeks: -2}",
        "weeks is a whole number from 0 to 10000, not -2.",
    ),
    (
        "a negative score",
        "at: 2024-03-04, kind: tool, what: dash, result: -3",
        "the result of dash is a number from 0 to 10000, not -3.",
    ),
    ("an infinite score", "at: 2024-03-04, kind: tool, what: dash, result: .inf", "the result of dash is a number"),
    (
        "a tier of another tool",
        "at: 2024-03-04, kind: tool, what: sudi, result: 14",
        "result of sudi cannot be 14; it is one of universal, additional, significant.",
    ),
    (
        "a result of a tool that has none",
        "at: 2024-03-04, kind: tool, what: parent_history, result: 3",
        "the result of parent_history is true, not 3.",
    ),
    (
        "a profile with a fifth area",
        "at: 2024-03-04, kind: tool, what: graded_care_profile, result: {money: 3}",
        "money is not a key of the result of graded_care_profile.",
    ),
    (
        "an unknown child",
        "at: 2024-03-04, kind: note, text: a, about: [abba]",
        "about: nobody has the id abba.",
    ),
    (
        "an adult as a child",
        "at: 2024-03-04, kind: note, text: a, about: [mother]",
        "about names a child; mother is an adult.",
    ),
    (
        "an agency as a person",
        "at: 2024-03-04, kind: note, text: a, by: police",
        "by names a person or a practitioner; police is an agency.",
    ),
    ("a child as a worker", "at: 2024-03-04, kind: allocated, to: ada", "to names a practitioner; ada is a child."),
    (
        "a practitioner as an agency",
        "at: 2024-03-04, kind: check, agency: teacher, status: asked",
        "agency names an agency; teacher is a practitioner.",
    ),
    (
        "an unknown contact",
        "at: 2024-03-04, kind: reviewed_evidence, for: [nothing]",
        "for: no event has the id nothing.",
    ),
    ("one child, no list", "at: 2024-03-04, kind: note, text: a, about: ada", "about is a list, not ada."),
    (
        "a list where a mapping is wanted",
        "at: 2024-03-04, kind: visit, access: granted, injury: [false]",
        "injury is a mapping of keys to values, not a list.",
    ),
    (
        "a list where views are wanted",
        "at: 2024-03-04, kind: closure, views: [agree]",
        "views is a mapping, not a list.",
    ),
    (
        "a mapping where a word is wanted",
        "at: 2024-03-04, kind: visit, access: {granted: true}",
        "access cannot be a mapping",
    ),
    ("no such day", "at: 2023-02-29, kind: note, text: a", "at: there is no day 2023-02-29."),
    ("no such month", "at: 2024-13-01, kind: note, text: a", "at: there is no day 2024-13-01."),
    ("no such hour", "at: 2024-03-04T25:00, kind: note, text: a", "at: there is no moment 2024-03-04T25:00."),
    (
        "a day the British way",
        "at: 04/03/2024, kind: note, text: a",
        "at is a day or a moment, such as 2018-03-16 or 2018-03-16T09:30, not 04/03/2024.",
    ),
    ("a year alone", "at: 2024, kind: note, text: a", "at is a day, such as 2018-03-16, not 2024."),
    ("before there was a hub", "at: 1989-03-04, kind: note, text: a", "at lies outside 1991 to 2039: 1989-03-04."),
    ("beyond the calendar", "at: 2040-03-04, kind: note, text: a", "at lies outside 1991 to 2039: 2040-03-04."),
    (
        "a moment as a day",
        "at: 2024-03-04, kind: decision, outcome: deferred, until: 2024-04-01T09:00",
        "until is a day without a time, such as 2018-03-16, not 2024-04-01T09:00.",
    ),
    (
        "no such due day",
        "at: 2024-03-04, kind: commitment, id: call, status: made, due: 2024-04-31",
        "due: there is no day 2024-04-31.",
    ),
    (
        "a due day beyond the calendar",
        "at: 2024-03-04, kind: commitment, id: call, status: made, due: 2088-01-01",
        "due lies outside 1991 to 2039: 2088-01-01.",
    ),
    ("a merge of mappings", "at: 2024-03-04, kind: note, text: a, <<: {by: worker}", "<< is not a key of a note."),
    ("a word, no event", "at", "an event needs kind."),
)


@pytest.mark.parametrize(("event", "says"), ONE_EVENT)
def test_a_faulty_event_is_refused_with_its_line(event: str, says: str) -> None:
    found = faults(tale(event))

    assert any(fault.startswith(f"line {FIRST_EVENT}: ") and says in fault for fault in found), found


SEVERAL_EVENTS = table(
    (
        "out of order",
        ["at: 2024-03-04, kind: note, text: a", "at: 2024-03-01, kind: note, text: b"],
        f"line {FIRST_EVENT + 1}: events stand in order of time; this one lies before the one above it",
    ),
    (
        "out of order by minutes",
        ["at: 2024-03-04T10:01, kind: note, text: a", "at: 2024-03-04T10:00, kind: note, text: b"],
        f"line {FIRST_EVENT + 1}: events stand in order of time",
    ),
    (
        "one id twice",
        ["at: 2024-03-04, kind: contact, id: first", "at: 2024-03-05, kind: visit, access: denied, id: first"],
        f"line {FIRST_EVENT + 1}: the id first is already an event's, on line {FIRST_EVENT}.",
    ),
    (
        "a promise and a contact of one name",
        ["at: 2024-03-04, kind: contact, id: call", "at: 2024-03-05, kind: commitment, id: call, status: made"],
        f"line {FIRST_EVENT + 1}: the id call is already an event's, on line {FIRST_EVENT}.",
    ),
    ("a mapping, no list", [], "line 30: events is a list, not nothing."),
)


@pytest.mark.parametrize(("events", "says"), SEVERAL_EVENTS)
def test_a_fault_between_events_is_refused_with_its_line(events: list[str], says: str) -> None:
    assert any(fault.startswith(says) for fault in faults(tale(*events)))
