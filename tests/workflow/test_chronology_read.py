"""That the chronology was read before a decision: how far it was read, and what is new since."""

from typing import Any

import pytest

from models.vocabulary import Kind
from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import Story, referred, table
from workflow.chronology_read import new_since, unread
from workflow.errors import BadCommandError, RefusedError
from workflow.rulebook import BY_ID

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CHRONOLOGY, CUMULATIVE = BY_ID["chronology-at-every-decision"], BY_ID["cumulative-contact-view"]
CLOSED: dict[str, Any] = {"by": "worker", "manager": "manager"}


def read(tale: Story, by: str = "manager", **data: Any) -> Story:
    """Let somebody read the chronology as it stands."""
    return tale.then("chronology_seen", by, **{"upto": tale.family.record[-1].index, **data})


BEGUN = referred()
VISITED = ("visit", "worker", {"access": "granted"})
READINGS = table(
    ("read to the end", read(BEGUN), "nothing"),
    ("somebody did something later that day", read(BEGUN).then("visit", "worker", access="granted"), "said"),
    ("read again after it", read(read(BEGUN).then("visit", "worker", access="granted")), "nothing"),
    ("the reader did it, and knows", read(BEGUN).then("view", "manager", view="agree"), "nothing"),
    ("only the post told somebody", read(BEGUN).then("told", "system", of="first", who="teacher"), "nothing"),
    ("only somebody else read it too", read(read(BEGUN), "hub_manager"), "nothing"),
    ("not as far as it went", read(BEGUN.then("visit", "worker", access="granted"), upto=0), "said"),
    ("long before", read(BEGUN).wait(days=90), "silent"),
    (
        "a casebook says only that it was read",
        BEGUN.then("chronology_seen", "manager").then("visit", "nurse"),
        "nothing",
    ),
)


@pytest.mark.parametrize(("tale", "verdict"), READINGS)
def test_a_closure_rests_on_a_reading_that_reached_the_end(tale: Story, verdict: str) -> None:
    assert tale.verdict(CHRONOLOGY, "closure", **CLOSED) == verdict


def test_the_refusal_says_how_much_is_new_and_of_which_days() -> None:
    tale = read(BEGUN.then("visit", "worker", access="denied").wait(days=2), upto=0)
    later = tale.then("visit", "nurse", access="denied").then("concern", "nurse")

    (finding,) = later.findings(CHRONOLOGY, "closure", **CLOSED)

    assert finding.missing == (
        "The chronology was read that day, and 3 entries are new since (10 March 2026: 1; 12 March 2026: 2)."
    )
    assert new_since(later.family.record[1:2]) == "1 entry is new since (10 March 2026: 1)"


def test_of_two_readings_the_one_that_reached_further_counts() -> None:
    tale = read(read(BEGUN), "worker", upto=-1)

    assert tale.verdict(CHRONOLOGY, "closure", **CLOSED) == "nothing"
    assert [event.kind for event in unread(tale.case, tale.family.record[-1])] == [Kind.CONTACT]


SECOND = BEGUN.wait(days=2).then("contact", "nurse", to="hub", concerns=["neglect"])
NFA: dict[str, Any] = {"by": "triage", "outcome": "no_further_action", "reason": True}


@pytest.mark.parametrize(
    ("tale", "verdict"),
    table(
        ("nobody read", SECOND, "silent"),
        ("read after the second contact", read(SECOND, "triage"), "nothing"),
        ("read before it", read(BEGUN, "triage").then("contact", "nurse", to="hub", concerns=["feeding"]), "silent"),
    ),
)
def test_contacts_are_looked_at_together_only_by_who_read_the_last_of_them(tale: Story, verdict: str) -> None:
    tale = tale if tale is SECOND or verdict == "nothing" else tale.wait(days=1).then("contact", "doctor", to="hub")

    assert tale.verdict(CUMULATIVE, "decision", **NFA) == verdict


def test_reading_it_records_how_far_it_went_and_what_comes_later_the_same_day_is_not_read(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "give-view", "hv", view="agree", reason="seen it again")

    with pytest.raises(RefusedError) as refused:
        hub.act(reference, "sign-off", "tess")

    (found,) = [one for one in refused.value.refusals if one.rule == CHRONOLOGY.id]
    assert "1 entry is new since" in found.missing
    assert "`mash chronology REF`" in found.who_can_mend
    hub.act(reference, "read-chronology", "tess", noted="the nurse's second view as well")
    assert hub.act(reference, "sign-off", "tess").now == "closed"


@ONE_KIND
@pytest.mark.parametrize(("upto", "refused"), [(0, True), (None, False)], ids=["only the start", "to the end"])
def test_whoever_says_how_far_they_read_is_held_to_it(hub: Hub, upto: int | None, refused: bool) -> None:
    reference = paths.ready_to_sign(hub)
    hub.wait(days=1)
    hub.act(reference, "read-chronology", "tess", noted="read", **({} if upto is None else {"upto": upto}))

    if refused:
        with pytest.raises(RefusedError) as error:
            hub.act(reference, "sign-off", "tess")
        assert [one.rule for one in error.value.refusals] == [CHRONOLOGY.id]
    else:
        assert hub.act(reference, "sign-off", "tess").now == "closed"


@ONE_KIND
@pytest.mark.parametrize("upto", [10**6, -1], ids=["beyond the end", "before the beginning"])
def test_nobody_has_read_what_is_not_there(hub: Hub, upto: int) -> None:
    reference = hub.refer()

    with pytest.raises(BadCommandError):
        hub.act(reference, "read-chronology", "tara", noted="read", upto=upto)
