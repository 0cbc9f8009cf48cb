"""What people type after a verb: moments said the short way, and codes in capitals."""

from datetime import UTC, datetime

import pytest

from cli.given import spoken
from cli.verbs import named
from workflow.asking import read_command
from workflow.errors import BadCommandError

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # the Saturday before the clocks go forward


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("+3h", "2026-03-28T15:00:00+00:00"),
        ("+24h", "2026-03-29T13:00:00+01:00"),  # a day of hours is not the same time tomorrow
        ("+1d", "2026-03-29T12:00:00+01:00"),  # and a day is
        ("+2w", "2026-04-11T12:00:00+01:00"),
        ("today", "2026-03-28T12:00:00+00:00"),
        ("tomorrow", "2026-03-29T12:00:00+01:00"),
        ("tomorrow 14:30", "2026-03-29T14:30:00+01:00"),
        ("yesterday 09:00", "2026-03-27T09:00:00+00:00"),
        ("tomorrow 25:00", None),
        ("tomorrow noon", None),
        ("soon", None),
        ("+3x", None),
        ("+99999h", None),
        ("", None),
        ("2026-03-31", None),
    ],
)
def test_a_moment_said_the_short_way_is_london_time(said: str, meant: str | None) -> None:
    found = spoken(said, NOW)

    assert (found.isoformat() if found else None) == meant


CAPITALS = [
    ("a choice", "grade", {"grade": "RED", "reason": "Hurt Again"}, {"grade": "red", "reason": "Hurt Again"}),
    ("a code of a list", "add-concern", {"concerns": "NEGLECT, Injury", "words": "LOUD"}, {"words": "LOUD"}),
    ("an answer", "decide", {"outcome": "Assessment", "reason": "Why", "answers": "NEGLECT:Not_Found"}, {"answers": {"neglect": "not_found"}, "outcome": "assessment"}),
    ("where it was looked", "check-history", {"scope": "CHILD,Police"}, {"scope": ("child", "police")}),
    ("a view", "give-view", {"view": "AGREE", "reason": "As Seen"}, {"view": "agree", "reason": "As Seen"}),
    ("what may be left out", "record-visit", {"access": "GRANTED", "conditions": "Poor"}, {"access": "granted", "conditions": "poor"}),
    ("a name keeps its capitals", "refer", {"child": "Red", "concerns": "neglect", "words": "hungry", "carers": "MOTHER:mother"}, {"child": "Red", "carers": {"MOTHER": "mother"}}),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "typed", "read"), [row[1:] for row in CAPITALS], ids=[row[0] for row in CAPITALS])
def test_a_code_is_read_in_capitals_too_and_words_are_left_alone(
    verb: str, typed: dict[str, str], read: dict[str, object]
) -> None:
    command = read_command(named(verb), typed)

    assert {key: getattr(command, key) for key in read} == read


@pytest.mark.parametrize("typed", ["REDDISH", "R E D", "rÉd"])
def test_what_is_no_code_in_small_letters_either_is_refused(typed: str) -> None:
    with pytest.raises(BadCommandError, match="grade"):
        read_command(named("grade"), {"grade": typed, "reason": "as seen"})
