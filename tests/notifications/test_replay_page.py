"""The report of a replay as a page: whole, self-contained, and readable without its picture."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from notifications.documents.replay_page import Filed, index_page, replay_page, word
from notifications.documents.replay_picture import MOST, PER_BAND, bands
from tests.support.stories import table
from workflow.replay.interventions import Answer, Intervention, Played
from workflow.replay.play import play
from workflow.replay.reader import read
from workflow.replay.shelf import open_casebook, shipped

VOID = {"meta", "br", "use", "rect", "line", "path", "circle"}
HEAD = """casebook: 1
title: "{title}"
authority: england
source: synthetic
silence: recorded
expect: interventions
people:
  - {{id: ann, is: child, born: 2021-05-01}}
agencies:
  - {{id: hillside, is: school}}
practitioners:
  - {{id: teacher, agency: hillside, is: teacher}}
events:
"""
CONTACT = (
    "  - {{at: {at}, kind: contact, about: [ann], by: teacher, to: hub, concerns: [neglect], precision: {loose}}}\n"
)
NOTE = "  - {{at: {at}, kind: note, text: '{text}'}}\n"


class Page(HTMLParser):
    """A page, read: it must be balanced, and its parts are counted."""

    def __init__(self, html: str) -> None:
        """Read it whole."""
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, its id and where it leads."""
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        """See to it that what is closed was opened last."""
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def luke() -> Played:
    """The review, played."""
    return play(open_casebook("luke-and-matt"))


def written(tmp_path: Path, events: str, title: str = "Ann") -> Played:
    """Play a small story."""
    place = tmp_path / "story.yaml"
    place.write_text(HEAD.format(title=title) + events, encoding="utf-8")
    return play(read(place))


@pytest.mark.parametrize("name", shipped())
def test_a_page_is_balanced_and_fetches_and_runs_nothing(name: str) -> None:
    html = replay_page(play(open_casebook(name)))
    page = Page(html)

    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert "://" not in html
    assert "url(" not in html
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "default-src 'none'" in html


def test_every_event_and_every_answer_is_on_the_page(luke: Played) -> None:
    html = replay_page(luke)

    assert html.count('<div class="event">') == len(luke.casebook.events)
    answers = html.partition("<h2>Event by event</h2>")[2].partition('<h2 id="rules">')[0]
    assert answers.count("<li") == len(luke.interventions)
    assert answers.count("rests on silence") == sum(each.rests_on_silence for each in luke.interventions)
    assert answers.count("loose date") == sum(each.loose_date for each in luke.interventions)
    assert answers.count("<b>Refused</b>") == luke.summary["refused"]


def test_every_rule_that_spoke_is_summed_up_with_its_count_and_source(luke: Played) -> None:
    rows = replay_page(luke).partition('<h2 id="rules">')[2].split("<tr>")[2:]

    spoke = {each.rule for each in luke.interventions}
    found = {re.search(r">([a-z0-9-]+)</code>", row)[1]: row for row in rows}
    assert set(found) == spoke
    for rule, row in found.items():
        count = sum(each.rule == rule for each in luke.interventions)
        assert re.search(rf": {count}\b", row)


def test_the_picture_shows_every_answer_once_and_is_told_in_words(luke: Played) -> None:
    drawn = bands(luke)
    html = replay_page(luke)

    assert sum(len(month.marks) for band in drawn for month in band.months) == len(luke.interventions)
    hollow = sum(not mark.filled for band in drawn for month in band.months for mark in month.marks)
    assert hollow == sum(each.rests_on_silence for each in luke.interventions)
    for band in drawn:
        assert f'<title id="{band.id}t">{band.title}' in html
        assert f'aria-labelledby="{band.id}t {band.id}d"' in html
    told = " ".join(band.says for band in drawn)
    assert "March 2018: about 1 referral" in told
    assert "June 2019: " in told
    assert "13 death" in told


def test_no_two_signs_of_the_picture_lie_on_each_other_and_none_outside(luke: Played) -> None:
    for band in bands(luke):
        places = [(mark.x, mark.y) for month in band.months for mark in month.marks]
        assert len(places) == len(set(places))
        assert all(0 <= x <= band.width - 2.5 and band.line < y <= band.height - 2.5 for x, y in places)
        labels = [(month.x, label.y) for month in band.months for label in month.labels]
        assert len(labels) == len(set(labels))
        assert all(0 < y < band.line for _, y in labels)


def test_a_long_story_is_drawn_half_a_year_at_a_time_without_a_gap(tmp_path: Path) -> None:
    played = written(tmp_path, NOTE.format(at="2019-11-05", text="a") + NOTE.format(at="2022-02-05", text="b"))

    months = [month.name for band in bands(played) for month in band.months]

    assert (months[0], months[2], months[-1]) == ("November 2019", "January 2020", "February 2022")
    assert len(months) == len(set(months)) == 28
    assert [len(band.months) for band in bands(played)] == [PER_BAND] * 4 + [4]


@pytest.mark.parametrize(
    ("loose", "label"),
    table(("a day", "day", "10 referral"), ("a week", "week", "~10 referral"), ("a month", "month", "referral")),
)
def test_a_label_says_how_sure_its_day_is(loose: str, label: str, tmp_path: Path) -> None:
    played = written(tmp_path, CONTACT.format(at="2026-03-10", loose=loose))

    assert [one.text for band in bands(played) for one in band.months[0].labels] == [label]


def test_what_does_not_fit_above_a_month_is_counted(tmp_path: Path) -> None:
    events = "".join(CONTACT.format(at=f"2026-03-{day}", loose="day") for day in range(10, 10 + MOST + 3))

    labels = [one.text for one in bands(written(tmp_path, events))[0].months[0].labels]

    assert len(labels) == MOST + 1
    assert labels[-1] == "and 3 more"


def test_what_a_story_says_is_text_and_never_markup(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    html = replay_page(written(tmp_path, NOTE.format(at="2026-03-10", text=bad), title=bad))

    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 3
    Page(html)


def test_a_story_in_which_nobody_had_anything_to_say_says_so(tmp_path: Path) -> None:
    html = replay_page(written(tmp_path, NOTE.format(at="2026-03-10", text="A quiet day.")))

    assert "the engine would have had nothing to say" in html
    assert "No rule had anything to say." in html
    assert "An invented story." in html


def test_an_answer_is_named_by_what_it_is() -> None:
    one = Intervention(date(2026, 3, 3), 0, "rag-clock", Answer.CLOCK, "Late.", "a source", ("ann",), "breached")

    assert word(one) == "Time ran out"
    assert word(replace(one, state="warned")) == "Time runs short"
    assert word(replace(one, effect=Answer.REFUSED, state=None)) == "Refused"


def test_the_index_leads_to_every_page_and_says_what_came_of_it(luke: Played) -> None:
    clean = play(open_casebook("well-run-unborn"))
    spoilt = replace(clean, interventions=tuple(each for each in luke.interventions if each.effect is Answer.REFUSED))

    html = index_page([Filed("luke.html", luke), Filed("a name.html", clean), Filed("c.html", spoilt)])

    assert Page(html).links == ["luke.html", "a%20name.html", "c.html"]
    results = re.findall(r"<td>([^<]*)</td></tr>", html)
    assert results == ["a story to learn from", "well run, and clean", "should be clean, and is not"]
