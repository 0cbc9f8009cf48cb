"""The chronology: every kind in plain words, marked, filtered, with those who knew of it and nobody else."""

from datetime import date
from typing import Any

import pytest

from models.events import Event
from models.vocabulary import Kind
from tests.support.stories import Story, referred, story, table
from workflow.chronology import Beside, Entry, Theme, entries
from workflow.chronology_details import CLAUSES, FLAGS
from workflow.chronology_sentences import ANY, SAYINGS, headline
from workflow.chronology_shown import Child, Whence, chronicle, own_part
from workflow.chronology_wanted import Asked, Wanted, chosen, read_themes
from workflow.chronology_words import Names, dated, legible
from workflow.errors import BadCommandError
from workflow.replay.chronology import chronology_of
from workflow.replay.kinds import KINDS
from workflow.replay.shapes import Code
from workflow.replay.shelf import open_casebook, shipped

NAMES = Names({"child": "Ada", "mother": "Jo", "teacher": "Ms Hill"}, {"school": "Hill School"})


def told(tale: Story) -> tuple[Entry, ...]:
    """Build the chronology of a story."""
    return entries(tale.family, tale.family.record, Beside(NAMES))


def last(tale: Story) -> Entry:
    """Return the newest entry of a story."""
    return told(tale)[-1]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_event_has_a_sentence_even_where_the_record_is_silent(kind: Kind) -> None:
    says = headline(story().event(kind), NAMES)

    assert says.endswith(".")
    assert says[0].isupper()
    assert not set("_{}") & set(says)


CODED = [
    (kind, KINDS[kind].keys[saying.key])
    for kind, saying in SAYINGS.items()
    if kind in KINDS and isinstance(KINDS[kind].keys.get(saying.key), Code)
]


@pytest.mark.parametrize(("kind", "codes"), CODED, ids=[kind for kind, _ in CODED])
def test_every_code_by_which_a_sentence_is_chosen_has_one_and_none_is_for_a_code_that_is_not(
    kind: Kind, codes: Code
) -> None:
    saying = SAYINGS[kind]
    live_only = {"consent", "lives_elsewhere"}

    assert set(saying.says) - {ANY} <= set(codes.of) | live_only
    assert saying.says[ANY] or set(codes.of) <= set(saying.says)


@pytest.mark.parametrize("name", shipped())
def test_a_casebook_reads_in_plain_words_and_loses_nothing(name: str) -> None:
    book = open_casebook(name)

    found = chronology_of(book, Asked())

    assert len(found.entries) == len(book.events)
    assert found.left_out == ()
    for entry in found.entries:
        for part in (entry.says, *entry.more, *entry.marks(found.names)):
            assert not set("_{}") & set(part), part
            assert part == legible(part)
        assert all(part.endswith(".") for part in (entry.says, *entry.more))


SENTENCES = table(
    ("a contact", "contact", {"to": "hub"}, "A concern was referred to the hub."),
    ("a contact with the police", "contact", {"to": "police"}, "A concern was reported to the police."),
    ("no answer at the door", "visit", {"access": "no_reply"}, "Visit, no reply at the door."),
    ("not brought", "appointment", {"what": "gp", "outcome": "was_not_brought"}, "Was not brought to appointment: GP."),
    ("spoken to", "spoke_to", {"person": "mother"}, "Spoke to Jo."),
    ("not spoken to", "spoke_to", {"person": "mother", "done": False}, "Jo was not spoken to."),
    ("an agency asked", "check", {"agency": "school", "status": "asked"}, "Hill School was asked what it knows."),
    ("a discussion asked for", "strategy_discussion", {"requested": True}, "A strategy discussion was asked for."),
    (
        "a discussion called",
        "strategy_discussion",
        {"requested": True, "starts": "2026-03-11T14:00:00+00:00"},
        "A strategy discussion was called for 14:00 on 11 March 2026.",
    ),
    ("a discussion held", "strategy_discussion", {"attended": ["teacher"]}, "Strategy discussion held."),
    (
        "a discussion not held",
        "strategy_discussion",
        {"held": False},
        "A strategy discussion was considered and not held.",
    ),
    ("a case taken away", "allocated", {"ended": "teacher"}, "Ms Hill no longer holds the case."),
    ("a partner moves in", "household", {"what": "joined", "person": "mother"}, "Jo joined the household."),
    ("a plan", "plan", {"which": "child_in_need", "status": "started"}, "Child in need plan started."),
    ("a promise", "commitment", {"what": "ring the GP", "status": "missed"}, "Promise not kept: ring the GP."),
    ("an answer refused", "information_request", {"answered": False}, "Asked who holds the case, and was not told."),
)


@pytest.mark.parametrize(("kind", "data", "says"), SENTENCES)
def test_what_happened_is_said_in_words(kind: str, data: dict[str, Any], says: str) -> None:
    assert headline(story().event(kind, **data), NAMES) == says


DETAILS = table(
    ("who came", "meeting", {"which": "core_group", "attended": ["teacher"]}, "Present: Ms Hill."),
    (
        "who was asked and did not come",
        "meeting",
        {"which": "core_group", "invited": ["teacher", "nurse"], "attended": ["teacher"]},
        "Invited and not present: nurse.",
    ),
    ("nobody was asked", "closure", {"views": {}}, "No view of another agency is recorded."),
    (
        "a claim",
        "visit",
        {"access": "granted", "claim": {"what": "they parted"}},
        "The family says (not checked): they parted.",
    ),
    (
        "a hurt",
        "contact",
        {"injury": {"explained": False, "child_mobile": False}},
        "An injury, not explained and of a child who cannot yet move about.",
    ),
    ("unannounced", "visit", {"access": "granted", "announced": False}, "Unannounced."),
    ("several times", "visit", {"access": "no_reply", "times": 3}, "About 3 times."),
    (
        "withheld",
        "check",
        {"agency": "school", "status": "replied", "share": "withheld"},
        "What it knows was withheld.",
    ),
    ("a pregnancy", "contact", {"pregnancy": {"of": "mother", "weeks": 11}}, "Jo is pregnant, at 11 weeks."),
    (
        "what a plan is to reach",
        "plan",
        {"which": "child_in_need", "status": "started", "outcomes": [{"id": "home_kept", "due": "2026-06-01"}]},
        "It is to reach: home kept, by 1 June 2026.",
    ),
)


@pytest.mark.parametrize(("kind", "data", "says"), DETAILS)
def test_what_else_is_on_record_is_said_as_well(kind: str, data: dict[str, Any], says: str) -> None:
    assert says in last(story().then(kind, "worker", **data)).more


def test_no_detail_stands_for_a_key_that_no_event_has() -> None:
    live_only = {"absent", "excused", "accounts", "relation", "since", "gestation", "lives_here", "anonymous"}
    keys = {key for shape in KINDS.values() for key in shape.keys} | live_only

    assert {*CLAUSES, *(key for key, _ in FLAGS)} <= keys | {"interpreter", "keyed_in", "sleep_space_seen"}


DATES = table(
    ("to the day", "day", "10 March 2026"),
    ("to the week", "week", "about 10 March 2026"),
    ("to the month", "month", "in March 2026"),
    ("to the year", "year", "in 2026"),
)


@pytest.mark.parametrize(("precision", "says"), DATES)
def test_a_date_is_as_loose_as_it_is_known(precision: str, says: str) -> None:
    assert dated(story().now, precision) == says


KNOWN = table(
    ("who did it", "visit", "worker", {"access": "granted"}, {"social_care"}),
    ("who came along", "visit", "worker", {"access": "granted", "with": ["key_worker"]}, {"social_care", "housing"}),
    ("the hub that was told", "contact", "teacher", {"to": "hub"}, {"school", "mash"}),
    ("the police that were told", "contact", "teacher", {"to": "police"}, {"school", "police"}),
    ("who was at the table or asked to it", "strategy_discussion", "manager",
     {"attended": ["officer"], "invited": ["officer", "nurse"]}, {"social_care", "police", "health_visiting"}),
    ("whom a worry was shared with", "concern", "midwife", {"shared_with": ["nurse"]}, {"midwifery", "health_visiting"}),
    ("who was asked", "check", "triage", {"agency": "school", "status": "asked"}, {"mash", "school"}),
    ("the police that were asked", "police_check", "worker", {"status": "requested"}, {"social_care", "police"}),
    ("not whoever is spoken about", "check", "triage", {"agency": "school", "status": "asked", "person": "doctor"},
     {"mash", "school"}),
    ("a relative is no agency", "contact", "grandfather", {"to": "hub"}, {"mash"}),
    ("nobody at the time", "household", "worker", {"what": "joined", "known": False}, set()),
    ("nobody is named", "incident", None, {"what": "assault"}, set()),
    ("not an agency that is merely there", "note", "teacher", {}, {"school"}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "by", "data", "agencies"), KNOWN)
def test_it_was_known_to_whom_the_record_names_and_never_to_more(
    kind: str, by: str | None, data: dict[str, Any], agencies: set[str]
) -> None:
    assert set(last(story().then(kind, by, **data)).known_to) == agencies


def test_an_answer_is_known_to_whoever_asked_and_an_outcome_to_whoever_was_told_later() -> None:
    asked = referred().then("check", "triage", agency="police", of="officer", status="asked")
    answered = asked.then("check", "officer", agency="police", status="replied")
    decided = answered.then("decision", "triage", named="decided", outcome="assessment")

    assert set(last(answered).known_to) == {"police", "mash"}
    assert set(last(decided).known_to) == {"mash"}
    assert set(told(decided.then("told", "worker", of="decided", who="teacher"))[-2].known_to) == {"mash", "school"}
    at_once = answered.then("decision", "triage", outcome="assessment", told_referrer=True)
    assert set(last(at_once).known_to) == {"mash", "school"}


SIGHT = table(
    ("seen", "visit", {"access": "granted", "child_seen": True}, ("Seen",)),
    ("seen alone", "visit", {"access": "granted", "child_seen": True, "child_seen_alone": True}, ("Seen alone",)),
    ("let in, and nothing said of the child", "visit", {"access": "granted"}, ()),
    ("shut out", "visit", {"access": "denied"}, ("Not seen",)),
    ("nobody came to the door", "visit", {"access": "no_reply"}, ("Not seen",)),
    ("said not to have been seen", "visit", {"access": "granted", "child_seen": False}, ("Not seen",)),
    ("not brought", "appointment", {"what": "gp", "outcome": "was_not_brought"}, ("Missed appointment",)),
    ("a worry", "contact", {"concerns": ["safe_sleep"]}, ("Safe sleep",)),
    ("a decision", "decision", {"outcome": "assessment"}, ("Decision",)),
    ("a change at home", "household", {"what": "left_area"}, ("Household change",)),
)


@pytest.mark.parametrize("silence_unknown", [False, True], ids=["all is told", "much is left out"])
@pytest.mark.parametrize(("kind", "data", "marks"), SIGHT)
def test_what_catches_the_eye_is_marked_and_a_sighting_only_where_the_record_says_so(
    kind: str, data: dict[str, Any], marks: tuple[str, ...], silence_unknown: bool
) -> None:
    assert last(story(silence_unknown=silence_unknown).then(kind, "worker", **data)).marks(NAMES) == marks


def test_an_unborn_child_is_neither_seen_nor_unseen() -> None:
    assert last(story(None, due="2026-06-01").then("visit", "worker", access="denied")).marks(NAMES) == ()


def test_of_two_children_the_one_that_was_seen_is_named() -> None:
    tale = story().with_sister().then("spoke_to", "worker", person="child", about=("child", "sister"))

    assert last(tale).marks(NAMES) == ("Seen: Ada",)


ROUTINE = table(
    ("asking an agency", "check", {"agency": "school", "status": "asked"}, True),
    ("what the agency answers", "check", {"agency": "school", "status": "replied"}, False),
    ("an appointment kept", "appointment", {"what": "gp", "outcome": "attended"}, True),
    (
        "one kept that showed a worry",
        "appointment",
        {"what": "gp", "outcome": "attended", "concerns": ["weight"]},
        False,
    ),
    ("one missed", "appointment", {"what": "gp", "outcome": "missed"}, False),
    ("a view that agrees", "view", {"view": "agree"}, True),
    ("a view that does not", "view", {"view": "disagree"}, False),
    ("that the chronology was read", "chronology_seen", {}, True),
    ("a visit", "visit", {"access": "granted"}, False),
    ("a note", "note", {}, True),
    ("a note of an injury", "note", {"injury": {"explained": False}}, False),
)


@pytest.mark.parametrize(("kind", "data", "routine"), ROUTINE)
def test_what_is_routine_tells_of_no_worry(kind: str, data: dict[str, Any], routine: bool) -> None:
    assert last(story().then(kind, "worker", **data)).routine is routine


def lived() -> Story:
    """Tell a little of everything, over three months."""
    tale = referred("teacher", "neglect").with_sister()
    tale = tale.then("visit", "worker", access="granted", child_seen=True).wait(days=30)
    tale = tale.then("appointment", "doctor", what="paediatric", outcome="was_not_brought", about=("sister",))
    tale = tale.then("meeting", "worker", which="core_group", attended=["nurse"], about=("child", "sister"))
    tale = tale.wait(days=30).then("household", "worker", what="joined", person="mother", precision="month")
    return tale.then("chronology_seen", "manager").then("medical", "doctor", what="admitted")


FILTERS = table(
    ("nothing", {}, "contact visit appointment meeting household chronology_seen medical"),
    ("a child", {"children": {"sister"}}, "appointment meeting"),
    ("an agency", {"agencies": {"hospital"}}, "appointment medical"),
    ("a theme", {"themes": {"visits"}}, "visit medical"),
    ("two themes", {"themes": {"appointments", "meetings"}}, "appointment meeting"),
    ("a kind", {"themes": {"household"}}, "household"),
    ("health", {"themes": {"health"}}, "appointment medical"),
    ("concerns", {"themes": {"concerns"}}, "contact"),
    ("from a day", {"since": date(2026, 4, 9)}, "appointment meeting household chronology_seen medical"),
    ("until a day, and on it", {"until": date(2026, 3, 10)}, "contact visit"),
    ("a loose date may lie within", {"since": date(2026, 5, 20)}, "household"),
    ("known to", {"known_to": {"health_visiting"}}, "meeting"),
    ("what is significant", {"significant": True}, "contact visit appointment meeting household medical"),
    ("two at once", {"agencies": {"hospital"}, "themes": {"appointments"}}, "appointment"),
)


@pytest.mark.parametrize(("given", "kinds"), FILTERS)
def test_a_filter_leaves_what_was_asked_for_and_counts_the_rest(given: dict[str, Any], kinds: str) -> None:
    wanted = Wanted(**{key: frozenset(value) if isinstance(value, set) else value for key, value in given.items()})
    everything = told(lived())

    kept, left = chosen(everything, wanted, NAMES)

    assert [entry.kind.value for entry in kept] == kinds.split()
    assert len(kept) + sum(count for _, count in left) == len(everything)


@pytest.mark.parametrize("theme", [*Theme, "visit", "strategy_discussion", "Spoke-to"])
def test_a_theme_or_a_kind_may_be_asked_for(theme: str) -> None:
    assert len(read_themes([theme])) == 1


def test_what_was_left_out_is_said_with_the_reason() -> None:
    tale = lived()
    asked = Asked(themes=("visits",), since=date(2026, 3, 1), significant=True)
    found = chronicle(
        tale.family, tale.family.record, Beside(NAMES), asked, (Child("child", "Ada"),), Whence("M1", "Jo", tale.now)
    )

    assert found.leaves_out == "Left out as asked: 5 entries (5 not of visits)."
    assert found.leaves_out in found.notes
    assert found.made_from == "Made from the record of Ada (M1) by Jo on 9 May 2026 at 09:37."


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(themes=("concrns",)), "no theme called 'concrns'. Did you mean concerns"),
        (Asked(agencies=("zoo",)), "No agency called 'zoo'"),
        (Asked(known_to=("zoo",)), "No agency called 'zoo'"),
        (Asked(children=("Zoe",)), "No child called 'Zoe'"),
        (Asked(children=("Demo",)), "More than one child is called 'Demo'"),
    ],
)
def test_what_is_not_in_it_cannot_be_asked_for(asked: Asked, says: str) -> None:
    tale = lived()
    children = (Child("child", "Ada Demo"), Child("sister", "Bea Demo"))

    with pytest.raises(BadCommandError, match=says):
        chronicle(tale.family, tale.family.record, Beside(NAMES), asked, children, Whence("M1", "", None))


PARTS = table(
    ("what they did", "visit", "nurse", {"access": "denied", "address": "1 Road"}, {"access", "address"}),
    ("what they attended, without who stayed away", "meeting", "worker",
     {"which": "core_group", "attended": ["nurse", "officer"], "invited": ["teacher"], "views": {"officer": "agree"},
      "minutes_sent": True}, {"which", "attended"}),
    ("where they came along", "visit", "worker", {"access": "granted", "with": ["nurse"], "concerns": ["weight"]},
     {"access", "with"}),
    ("what was shared with them", "concern", "midwife", {"shared_with": ["nurse", "doctor"], "concerns": ["weight"],
     "words": "thin"}, {"concerns", "words"}),
    ("that they began to work with the child", "involvement", "triage", {"who": "nurse", "status": "started"},
     {"who", "status"}),
    ("what another agency did", "visit", "worker", {"access": "granted"}, None),
    ("a discussion that went on without them", "strategy_discussion", "worker", {"invited": ["nurse"]}, None),
    ("a decision they were asked about beforehand", "decision", "triage", {"outcome": "assessment",
     "discussed_with": ["nurse"]}, None),
    ("who else began to work with the child", "involvement", "triage", {"who": "midwife", "status": "started"}, None),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "by", "data", "keys"), PARTS)
def test_an_agencys_reader_has_their_own_part_and_no_more(
    kind: str, by: str, data: dict[str, Any], keys: set[str] | None
) -> None:
    part = own_part(story().then(kind, by, **data).family.record, "nurse", lambda _: False)

    assert [set(event.data) for event in part] == ([] if keys is None else [keys])


def test_what_they_were_told_of_comes_in_outline_and_names_nobody_else() -> None:
    given = {
        "outcome": "assessment",
        "words": "a fuller look",
        "discussed_with": ["officer"],
        "answers": {"neglect": "unknown"},
    }
    tale = referred("nurse").then("decision", "triage", named="decided", **given)

    def mine(event: Event) -> bool:
        return event.by == "nurse"

    before = own_part(tale.family.record, "nurse", mine)
    _, decided, told_so = own_part(
        tale.then("told", "system", of="decided", who=["nurse", "doctor"]).family.record, "nurse", mine
    )

    assert [event.kind for event in before] == [Kind.CONTACT]
    assert decided.data == {"outcome": "assessment", "words": "a fuller look"}
    assert told_so.get("who") == "nurse"
