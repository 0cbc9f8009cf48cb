"""What a story shows that nobody looked at, asked about, answered or found."""

from dataclasses import replace

import pytest

from models.events import Event
from models.facts import Agency, Link, Person, Practitioner
from models.vocabulary import AgencyKind, Kind, PractitionerKind
from tests.support.stories import Story, referred, story, table
from workflow.duties.front_door_asking import ADULT, PARENT_LAC
from workflow.duties.front_door_manager import NEWS, WORKER
from workflow.duties.front_door_records import GAP, PUBLIC
from workflow.rule import Duty

LATE = {"days": 5}
DECIDED = referred().then("decision", outcome="early_help")
GRADED = referred().then("grade", "triage", grade="red")
RUNS = referred().then("decision", outcome="assessment")
BRUISE = RUNS.then("appointment", "nurse", what="health_visitor", outcome="attended", concerns=["injury"])
NEWS_TOLD = DECIDED.then("contact", "nurse", to="worker", concerns=["feeding"])


def adviser(before: Story) -> Story:
    """Add the personal adviser of a mother who was looked after."""
    who = Practitioner("adviser", PractitionerKind.PERSONAL_ADVISER, Agency("leaving", AgencyKind.LEAVING_CARE))
    known = {**before.family.practitioners, "adviser": who}
    return replace(
        before.with_parent(["care_leaver"]),
        family=replace(before.with_parent(["care_leaver"]).family, practitioners=known),
    )


def stranger(before: Story, *links: tuple[str, str, str]) -> Story:
    """Add an adult to the people of a story."""
    people = {**before.family.people, "man": Person("man", False), "cousin": Person("cousin", True)}
    given = (*before.family.links, *(Link(*link) for link in links))
    return replace(before, family=replace(before.family, people=people, links=given))


def about_nobody(before: Story, kind: str, by: str, **data: object) -> Story:
    """Let something be sent that nobody puts on a case."""
    moved = before.wait(minutes=1)
    event = Event(moved.now, Kind(kind), (), by, data, f"stray_{kind}", len(moved.family.record))
    return replace(moved, family=moved.family.after([event]))


ASSESSED = {"status": "completed", "outcome": "no_further_action"}
CARE = adviser(referred())
HOME = stranger(referred())
SENT = about_nobody(referred(), "contact", "nurse")


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("the review: the nurse tells the worker, and nothing is looked at again", NEWS, NEWS_TOLD.wait(**LATE), 1),
        ("there is still time", NEWS, NEWS_TOLD, 0),
        ("less time when it is red", NEWS, GRADED.then("concern", "nurse", concerns=["injury"]).wait(hours=5), 1),
        ("graded again", NEWS, NEWS_TOLD.then("grade", "triage", grade="amber").wait(**LATE), 0),
        ("decided on", NEWS, NEWS_TOLD.then("decision", outcome="assessment").wait(**LATE), 0),
        ("discussed", NEWS, NEWS_TOLD.then("strategy_discussion", attended=["manager"]).wait(**LATE), 0),
        ("the worker went to see", NEWS, NEWS_TOLD.then("visit", "worker", access="granted").wait(**LATE), 0),
        ("the nurse went again", NEWS, NEWS_TOLD.then("visit", "nurse", access="granted").wait(**LATE), 1),
        ("an assessment was decided on", NEWS, referred().then("decision", outcome="assessment").then("concern", "nurse", concerns=["feeding"]).wait(**LATE), 0),
        ("a plan runs", NEWS, NEWS_TOLD.then("plan", which="child_in_need", status="started").then("concern", "nurse", concerns=["weight"]).wait(**LATE), 0),
        ("not graded yet", NEWS, referred().then("concern", "nurse", concerns=["weight"]).wait(**LATE), 0),
        ("a visit without a worry", NEWS, DECIDED.then("visit", "nurse", access="granted").wait(**LATE), 0),
        ("to the hub, which has clocks of its own", NEWS, DECIDED.then("contact", "nurse", to="hub", concerns=["weight"]).wait(**LATE), 0),
        ("nothing is open", NEWS, DECIDED.then("closure").then("concern", "nurse", concerns=["weight"]).wait(**LATE), 0),
        ("an assessment runs, and the nurse keeps a bruise to herself", NEWS, BRUISE.wait(days=1), 1),
        ("there is still time today", NEWS, BRUISE, 0),
        ("she tells the worker", NEWS, BRUISE.then("spoke_to", "nurse", person="worker").wait(days=1), 0),
        ("she sends it to the hub", NEWS, BRUISE.then("contact", "nurse", to="hub", concerns=["injury"]).wait(days=1), 0),
        ("the worker goes to see", NEWS, BRUISE.then("visit", "worker", access="granted").wait(days=1), 0),
        ("the bruise is explained", NEWS, RUNS.then("appointment", "nurse", outcome="attended", injury={"explained": True}).wait(days=1), 0),
        ("an appointment without a mark", NEWS, RUNS.then("appointment", "nurse", outcome="attended", concerns=["feeding"]).wait(days=1), 0),
        ("the worker was there", NEWS, RUNS.then("appointment", "worker", outcome="attended", concerns=["injury"]).wait(days=1), 0),
        ("an aunt tells the worker, and an uncle again", NEWS, RUNS.then("contact", "aunt", to="worker").then("contact", "uncle", to="worker").wait(days=1), 1),
        ("several calls at once", NEWS, RUNS.then("contact", "aunt", to="worker", times=3).wait(days=1), 1),
        ("several calls, and nothing else is under way", NEWS, DECIDED.then("contact", "aunt", to="worker", times=3).wait(**LATE), 1),
        ("one call", NEWS, RUNS.then("contact", "aunt", to="worker").wait(days=1), 0),
        ("several calls to the hub, which has clocks of its own", NEWS, RUNS.then("contact", "aunt", to="hub", times=3).wait(days=1), 0),
        ("several calls of the school, which has ways of its own", NEWS, RUNS.then("contact", "teacher", to="worker", times=3).wait(days=1), 0),
        ("talked over with the manager since", NEWS, RUNS.then("contact", "aunt", to="worker", times=3).then("meeting", "manager", which="supervision").wait(days=1), 0),
        ("talked over in between", NEWS, RUNS.then("contact", "aunt", to="worker").then("meeting", "manager").then("contact", "aunt", to="worker").wait(days=1), 0),
        ("an injury, and no worry in words", NEWS, DECIDED.then("visit", "nurse", access="granted", injury={"explained": False}).wait(**LATE), 1),
        ("a worry of which nobody knew", NEWS, DECIDED.then("concern", "nurse", concerns=["weight"], known=False).wait(**LATE), 0),
        ("a worry in a note to oneself", NEWS, DECIDED.then("note", "nurse", concerns=["weight"]).wait(**LATE), 0),
        ("the worker went to see, and nothing was graded or decided", NEWS, referred().then("visit", "worker", access="granted").then("concern", "nurse", concerns=["weight"]).wait(**LATE), 0),
        ("decided, and seen, and then news", NEWS, DECIDED.then("visit", "worker", access="granted").then("concern", "nurse", concerns=["weight"]).wait(**LATE), 1),
        ("a relative's worry", NEWS, DECIDED.then("concern", "grandfather", concerns=["weight"]).wait(**LATE), 0),
        ("told twice is one", NEWS, NEWS_TOLD.then("concern", "doctor", concerns=["weight"]).wait(**LATE), 1),
        ("the review: a worker joins the queue", WORKER, referred("worker").wait(hours=5), 1),
        ("within the hours", WORKER, referred("worker"), 0),
        ("a strategy discussion", WORKER, referred("worker").then("strategy_discussion", requested=True).wait(**LATE), 0),
        ("decided", WORKER, referred("worker").then("decision", outcome="assessment").wait(**LATE), 0),
        ("the manager was told", WORKER, referred("worker").then("spoke_to", "worker", person="manager").wait(**LATE), 0),
        ("the teacher was told", WORKER, referred("worker").then("spoke_to", "worker", person="teacher").wait(**LATE), 1),
        ("a manager signed what followed", WORKER, referred("worker").then("grade", "triage", manager="manager").wait(**LATE), 0),
        ("a manager agreed as the second person", WORKER, referred("worker").then("grade", "triage", second_person="manager").wait(**LATE), 0),
        ("a manager was at the visit", WORKER, referred("worker").then("visit", "worker", attended=["manager"]).wait(**LATE), 0),
        ("a nurse was at the visit", WORKER, referred("worker").then("visit", "worker", attended=["nurse"]).wait(**LATE), 1),
        ("the manager acts", WORKER, referred("worker").then("visit", "manager", access="granted").wait(**LATE), 0),
        ("only the nurse acts", WORKER, referred("worker").then("visit", "nurse", access="granted").wait(**LATE), 1),
        ("a manager wrote it", WORKER, referred("manager").wait(**LATE), 0),
        ("the review: nobody has seen the child", WORKER, referred().then("concern", "worker", shared_with=["nurse"]).wait(**LATE), 1),
        ("logged, and shared with the manager", WORKER, referred().then("concern", "worker", shared_with=["manager"]).wait(**LATE), 0),
        ("logged, and taken to supervision", WORKER, referred().then("concern", "worker").then("meeting", which="supervision", attended=["manager", "worker"]).wait(**LATE), 0),
        ("the hub's own worker", WORKER, referred("triage").wait(**LATE), 0),
        ("a nurse", WORKER, referred("nurse").wait(**LATE), 0),
        ("the review: the care health team was not asked", PARENT_LAC, CARE.then("assessment", **ASSESSED).wait(**LATE), 1),
        ("not assessed yet", PARENT_LAC, CARE.wait(**LATE), 0),
        ("the adviser was asked", PARENT_LAC, CARE.then("check", agency="leaving", status="asked").then("assessment", **ASSESSED).wait(**LATE), 0),
        ("the adviser was spoken to", PARENT_LAC, CARE.then("spoke_to", person="adviser").then("assessment", **ASSESSED).wait(**LATE), 0),
        ("the adviser could not reach her either", PARENT_LAC, CARE.then("attempt", "adviser", person="mother").then("assessment", **ASSESSED).wait(**LATE), 1),
        ("the adviser gives a view in it", PARENT_LAC, CARE.then("assessment", **ASSESSED, views={"adviser": "agree"}).wait(**LATE), 0),
        ("the adviser refers", PARENT_LAC, adviser(referred("nurse")).then("contact", "adviser").then("assessment", **ASSESSED).wait(**LATE), 0),
        ("health was asked about the mother", PARENT_LAC, CARE.then("check", agency="hospital", person="mother", status="asked").then("assessment", **ASSESSED).wait(**LATE), 0),
        ("health was asked about the child", PARENT_LAC, CARE.then("check", agency="hospital", person="child", status="asked").then("assessment", **ASSESSED).wait(**LATE), 1),
        ("no parent was in care", PARENT_LAC, referred().then("assessment", **ASSESSED).wait(**LATE), 0),
        ("asked, assessed and closed", PARENT_LAC, CARE.then("check", agency="leaving", status="asked").then("assessment", **ASSESSED).then("closure").wait(**LATE), 0),
        ("asked in an episode that was closed", PARENT_LAC, CARE.then("check", agency="leaving", status="asked").then("closure").then("contact", "nurse").then("assessment", **ASSESSED).wait(**LATE), 1),
    ),
)  # fmt: skip
def test_what_was_not_looked_at_or_asked(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


@pytest.mark.parametrize(
    ("duty", "before", "count"),
    table(
        ("a stranger in a quarrel", ADULT, HOME.then("incident", what="assault", involving=["mother", "man"]).wait(**LATE), 1),
        ("an adult whom nobody names", ADULT, HOME.then("visit", "nurse", concerns=["unknown_adult"]).wait(**LATE), 1),
        ("a new partner after the case was closed", ADULT, HOME.then("closure").then("household", what="new_partner", person="man").wait(**LATE), 1),
        ("somebody has moved in, without a name", ADULT, HOME.then("household", what="joined").wait(**LATE), 1),
        ("there is still time", ADULT, HOME.then("incident", what="assault", involving=["man"]), 0),
        ("looked up", ADULT, HOME.then("incident", what="assault", involving=["man"]).then("check", agency="police", person="man", status="asked").wait(**LATE), 0),
        ("looked up before", ADULT, HOME.then("check", agency="police", person="man", status="replied").then("incident", what="assault", involving=["man"]).wait(**LATE), 0),
        ("the household was searched again", ADULT, HOME.then("incident", what="assault", involving=["man"]).then("history_checked", scope=["household"]).wait(**LATE), 0),
        ("discussed with the police", ADULT, HOME.then("incident", what="assault", involving=["man"]).then("strategy_discussion", attended=["officer"]).wait(**LATE), 0),
        ("somebody found out who it was", ADULT, HOME.then("visit", concerns=["unknown_adult"]).then("check", agency="police", person="man", status="asked").wait(**LATE), 0),
        ("a partner known from the start", ADULT, stranger(referred(), ("man", "partner", "mother")).then("incident", what="assault", involving=["man"]).wait(**LATE), 0),
        ("the parents only", ADULT, HOME.then("incident", what="assault", involving=["mother"]).wait(**LATE), 0),
        ("another child", ADULT, HOME.then("household", what="joined", person="cousin").wait(**LATE), 0),
        ("nobody knew", ADULT, HOME.then("household", what="new_partner", person="man", known=False).wait(**LATE), 0),
        ("the review: a grandfather gets no answer", PUBLIC, story().then("contact", "grandfather", channel="email").wait(**LATE), 1),
        ("there is still time", PUBLIC, story().then("contact", "grandfather"), 0),
        ("he was on the telephone", PUBLIC, story().then("contact", "grandfather", channel="phone").wait(**LATE), 0),
        ("he was spoken to", PUBLIC, story().then("contact", "grandfather").then("spoke_to", person="grandfather").wait(**LATE), 0),
        ("he was rung twice", PUBLIC, story().then("contact", "grandfather").then("attempt", person="grandfather", times=2).wait(**LATE), 0),
        ("he was told", PUBLIC, story().then("contact", "grandfather").then("decision", told_referrer=True).wait(**LATE), 0),
        ("he was not told", PUBLIC, story().then("contact", "grandfather").then("decision").wait(**LATE), 1),
        ("no name was given", PUBLIC, story().then("contact", None).wait(**LATE), 0),
        ("a professional has a receipt of another sort", PUBLIC, referred().wait(**LATE), 0),
        ("the mother asks for help", PUBLIC, story().then("contact", "mother", channel="form").wait(**LATE), 1),
        ("sent about nobody", GAP, SENT.wait(**LATE), 1),
        ("there is still time", GAP, SENT, 0),
        ("found, and put on the case", GAP, SENT.then("contact", "nurse").wait(**LATE), 0),
        ("opened by name", GAP, SENT.then("reviewed_evidence", "triage", for_=["stray_contact"]).wait(**LATE), 0),
        ("somebody else's contact", GAP, SENT.then("contact", "teacher").wait(**LATE), 1),
        ("what befell the father is linked by another rule", GAP, about_nobody(HOME, "incident", "doctor", involving=["man"]).wait(**LATE), 0),
        ("said to be referred, and nobody has it", GAP, referred().then("concern", "nurse", referred=True).wait(**LATE), 1),
        ("referred, and there it is", GAP, referred().then("concern", "nurse", referred=True).then("contact", "nurse").wait(**LATE), 0),
        ("referred to somebody by name", GAP, referred().then("concern", "nurse", referred=True, shared_with=["worker"]).wait(**LATE), 0),
        ("photographs that came a fortnight later", GAP, referred(arrived="2026-03-24").wait(**LATE), 1),
        ("photographs that were asked for", GAP, referred(arrived="2026-03-24").then("spoke_to", person="teacher").wait(**LATE), 0),
        ("photographs that came the next day", GAP, referred(arrived="2026-03-11").wait(**LATE), 0),
    ),
)  # fmt: skip
def test_who_and_what_was_lost_from_sight(duty: Duty, before: Story, count: int) -> None:
    assert len(before.missed(duty)) == count


def test_a_stranger_is_one_task_however_often_seen() -> None:
    seen = HOME.then("incident", what="assault", involving=["man"]).then("incident", what="other", involving=["man"])

    assert {one.key for one in seen.oughts(ADULT)} == {"adult:man"}


def test_the_live_record_asks_as_soon_as_a_case_opens_and_once() -> None:
    opened = adviser(referred(live=True))

    assert [one.key for one in opened.oughts(PARENT_LAC)] == ["parent-lac:first"]
    assert opened.then("assessment", **ASSESSED).oughts(PARENT_LAC) == opened.oughts(PARENT_LAC)
    assert opened.then("spoke_to", person="adviser").oughts(PARENT_LAC) == []
