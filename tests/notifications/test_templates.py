"""Every message is short, polite, holds its reference and its link, and nothing else that could tell of a family."""

import re
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from notifications.recipients import TOLD
from notifications.templates import FOLDER, TEMPLATES, UnknownTemplateError, Words, render
from notifications.wording import at, deadline

SITE = "https://mash.example.test"
LINK = "https://mash.example.test/referrals/M000123"
MEETING = {"uid": "u", "sequence": 0, "starts": "2026-03-24T10:00:00+00:00", "minutes": 60, "method": "REQUEST"}
CALENDAR_WORDS = {"Monday", "Tuesday", "Friday", "March", "September"}

DUES = (None, "2026-03-23T17:00:00+00:00", "2026-03-24T00:00:00+00:00")
OUTCOMES = (None, "child_in_need")
MEETINGS: tuple[Any, ...] = (None, MEETING, {**MEETING, "starts": None}, {**MEETING, "method": "CANCEL"})


def every_way(code: str) -> list[Words]:
    return [
        render(
            code, {"reference": "M000123", "due": due, "outcome": outcome, "rule": "a-rule", "meeting": meeting}, SITE
        )
        for due, outcome, meeting in product(DUES, OUTCOMES, MEETINGS)
    ]


@pytest.mark.parametrize("code", TEMPLATES)
class TestEveryMessage:
    def test_holds_the_reference_and_the_link_however_much_is_known(self, code: str) -> None:
        for words in every_way(code):
            assert words.subject.startswith("M000123: ")
            assert "M000123" in words.body.replace(LINK, "")
            assert words.body.count("https://") == words.body.count(LINK) == 1

    def test_is_short_and_tidy(self, code: str) -> None:
        for words in every_way(code):
            assert len(words.subject) <= 78
            assert len(words.body) <= 900
            assert "\n" not in words.subject
            assert not re.search(r"[{}%]|None|\n\n\n|  | $| [.,]", words.body, re.MULTILINE)

    def test_ends_politely(self, code: str) -> None:
        for words in every_way(code):
            assert words.body.endswith("\n\nThank you.\nThe safeguarding hub\n")

    def test_asks_politely_where_it_asks(self, code: str) -> None:
        if TEMPLATES[code].asks_for_reply:
            assert all("Please" in words.body for words in every_way(code))

    def test_says_by_when_where_it_asks_by_a_moment(self, code: str) -> None:
        asked = render(code, {"reference": "M000123", "due": DUES[1]}, SITE)
        if TEMPLATES[code].asks_for_reply and code != "clock_climbed":
            assert "5pm on Monday 23 March" in asked.body

    def test_names_nobody(self, code: str) -> None:
        for words in every_way(code):
            for line in (words.subject.removeprefix("M000123: "), *words.body.splitlines()):
                inside = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+", line)
                assert set(inside) <= CALENDAR_WORDS

    def test_tells_neither_the_rule_nor_the_outcome(self, code: str) -> None:
        for words in every_way(code):
            assert "a-rule" not in words.body
            assert "child_in_need" not in words.body

    def test_has_somebody_whom_it_is_for(self, code: str) -> None:
        assert TOLD[code]


def test_nobody_is_told_what_has_no_words() -> None:
    assert TOLD.keys() == TEMPLATES.keys()


def test_every_file_of_words_is_a_message() -> None:
    files = {file.name.removesuffix(".txt.jinja") for file in FOLDER.iterdir()}
    assert files == TEMPLATES.keys() | {"letter", "daily"}


def test_an_unknown_code_is_refused_with_the_codes_there_are() -> None:
    with pytest.raises(UnknownTemplateError, match=r"no message 'carrier_pigeon'.*acknowledged, allocated"):
        render("carrier_pigeon", {"reference": "M000123"}, SITE)


@pytest.mark.parametrize("code", ["outcome", "closed", "invitation_cancelled", "challenge_settled"])
def test_a_decision_comes_with_the_way_to_challenge_it(code: str) -> None:
    assert all("you can challenge" in words.body for words in every_way(code))


@pytest.mark.parametrize("code", ["invitation", "invitation_changed"])
def test_an_invitation_gives_three_ways_to_reply(code: str) -> None:
    body = render(code, {"reference": "M000123", "meeting": MEETING}, SITE).body
    assert "10am on Tuesday 24 March" in body
    assert "attend" in body
    assert "view in writing" in body
    assert "cannot" in body


@pytest.mark.parametrize("code", ["view_wanted", "view_chased"])
def test_silence_is_never_taken_as_agreement(code: str) -> None:
    body = render(code, {"reference": "M000123"}, SITE).body
    assert {"- agree", "- disagree, and why", "- no view, and why"} <= set(body.splitlines())
    assert re.search("do not take (it that you agree|silence as agreement)", body)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 23, 17, 0, tzinfo=UTC), "5pm on Monday 23 March"),
        (datetime(2026, 7, 3, 16, 0, tzinfo=UTC), "5pm on Friday 3 July"),  # summer time
        (datetime(2026, 3, 23, 9, 30, tzinfo=UTC), "9:30am on Monday 23 March"),
        (datetime(2026, 3, 23, 12, 0, tzinfo=UTC), "midday on Monday 23 March"),
        (datetime(2026, 3, 23, 12, 5, tzinfo=UTC), "12:05pm on Monday 23 March"),
        (datetime(2026, 3, 23, 0, 5, tzinfo=UTC), "12:05am on Monday 23 March"),
    ],
)
def test_moments_are_said_in_london_time(moment: datetime, words: str) -> None:
    assert at(moment) == deadline(moment) == words


def test_a_deadline_at_midnight_is_the_end_of_the_day_before() -> None:
    assert deadline(datetime(2026, 3, 24, 0, 0, tzinfo=UTC)) == "the end of Monday 23 March"
    assert deadline(datetime(2026, 3, 23, 23, 59, 59, tzinfo=UTC)) == "the end of Monday 23 March"
    assert at(datetime(2026, 3, 24, 0, 0, tzinfo=UTC)) == "midnight on Tuesday 24 March"
