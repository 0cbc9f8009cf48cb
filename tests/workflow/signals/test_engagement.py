"""What the signals of engagement count, and when."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.rule import Signal
from workflow.signals.address import ADDRESS
from workflow.signals.engagement import LEDGER, NOT_BROUGHT

HELD = referred().then("allocated", to="worker")
THIN = referred("teacher", "weight").then("concern", "teacher", concerns=["feeding"])
WORRIED = referred("teacher", "hygiene").then("allocated", to="worker")
UNBORN = referred("midwife", "late_antenatal_care", born=None, due="2026-08-01")


STAYED_AWAY = referred().then("appointment", "coordinator", what="early_help", outcome="missed", person="mother")
GIVEN_UP = STAYED_AWAY.then("early_help", "coordinator", status="ended", reason_code="other")


def missed(before: Story, outcome: str = "was_not_brought", **more: str | int) -> Story:
    """Let an appointment come to nothing, a fortnight later."""
    return before.wait(days=14).then("appointment", "doctor", what="paediatric", outcome=outcome, **more)


def kept(before: Story) -> Story:
    """Let an appointment be kept."""
    return before.wait(days=1).then("appointment", "doctor", what="paediatric", outcome="attended")


MOVED = HELD.then("household", what="moved_address", address="2 Elm Road")


@pytest.mark.parametrize(
    ("signal", "before", "count"),
    table(
        ("the review: one, where neglect is known", NOT_BROUGHT, missed(HELD), 1),
        ("a cancelled one is no more than that", NOT_BROUGHT, missed(HELD, "cancelled"), 0),
        ("one, where neglect is not the worry", NOT_BROUGHT, missed(WORRIED), 0),
        ("one, before anybody held the case", NOT_BROUGHT, missed(referred()), 0),
        ("whoever was to bring it is named", NOT_BROUGHT, missed(HELD, person="mother"), 1),
        ("an appointment of the mother's own", NOT_BROUGHT, missed(HELD, "cancelled", person="mother"), 0),
        (
            "early help ends for a family that stayed away",
            NOT_BROUGHT,
            GIVEN_UP,
            1,
        ),
        (
            "it ended once others had been told",
            NOT_BROUGHT,
            STAYED_AWAY.then("spoke_to", "coordinator", person="nurse").then(
                "early_help", "coordinator", status="ended"
            ),
            0,
        ),
        (
            "it ended for a family that came",
            NOT_BROUGHT,
            STAYED_AWAY.then("appointment", "coordinator", what="early_help", outcome="attended", person="mother").then(
                "early_help", "coordinator", status="ended"
            ),
            0,
        ),
        (
            "a plan for neglect",
            NOT_BROUGHT,
            missed(WORRIED.then("plan", which="child_protection", status="started", covers=["neglect"])),
            1,
        ),
        ("one, of a child known to be thin and hungry", NOT_BROUGHT, missed(THIN), 1),
        ("one, of a child thin a year ago", NOT_BROUGHT, missed(THIN.wait(days=400)), 0),
        ("put off, of a child known to be thin", NOT_BROUGHT, missed(THIN, "cancelled"), 0),
        (
            "discharged after being missed",
            NOT_BROUGHT,
            missed(WORRIED).then("agency_decision", "doctor", outcome="discharged"),
            1,
        ),
        (
            "taken off the list after being missed",
            NOT_BROUGHT,
            missed(WORRIED).then("household", what="support_ended"),
            1,
        ),
        (
            "discharged after being brought",
            NOT_BROUGHT,
            kept(missed(WORRIED)).then("agency_decision", outcome="discharged"),
            0,
        ),
        ("discharged, and nothing was missed", NOT_BROUGHT, WORRIED.then("agency_decision", outcome="discharged"), 0),
        ("another agency's decision", NOT_BROUGHT, missed(WORRIED).then("agency_decision", outcome="no_crime"), 0),
        ("two in a row", NOT_BROUGHT, missed(missed(WORRIED)), 1),
        ("put off and put off again", NOT_BROUGHT, missed(missed(WORRIED, "cancelled"), "rearranged"), 1),
        ("twice in one week", NOT_BROUGHT, missed(WORRIED, times=2), 1),
        ("brought in between", NOT_BROUGHT, missed(kept(missed(WORRIED))), 0),
        ("three in a year", NOT_BROUGHT, missed(kept(missed(kept(missed(WORRIED))))), 1),
        (
            "three in two years",
            NOT_BROUGHT,
            missed(kept(missed(kept(missed(WORRIED)).wait(days=300))).wait(days=300)),
            0,
        ),
        (
            "a mother's own",
            NOT_BROUGHT,
            missed(missed(WORRIED, "missed", person="mother"), "missed", person="mother"),
            0,
        ),
        (
            "antenatal care missed twice",
            NOT_BROUGHT,
            UNBORN.then("appointment", "midwife", what="antenatal", outcome="missed", person="mother", times=2),
            1,
        ),
        (
            "antenatal care kept",
            NOT_BROUGHT,
            UNBORN.then("appointment", "midwife", what="antenatal", outcome="attended", person="mother", times=2),
            0,
        ),
        (
            "a scan kept, and one that is no antenatal care missed",
            NOT_BROUGHT,
            UNBORN.then("appointment", "midwife", what="paediatric", outcome="missed", person="mother", times=2),
            0,
        ),
        (
            "only a child is not brought, whatever it was for",
            NOT_BROUGHT,
            HELD.then("appointment", "doctor", what="gp", outcome="was_not_brought", person="mother"),
            1,
        ),
        (
            "a child's own appointments put off by whoever was to bring it",
            NOT_BROUGHT,
            missed(missed(WORRIED, "cancelled", person="mother"), "cancelled", person="mother"),
            1,
        ),
        (
            "an adult's own put off twice",
            NOT_BROUGHT,
            WORRIED.then("appointment", "doctor", what="gp", outcome="cancelled", person="mother", times=2),
            0,
        ),
        (
            "a conference that names neglect",
            NOT_BROUGHT,
            missed(WORRIED.then("conference", which="initial", category="neglect")),
            1,
        ),
        (
            "a conference that names something else",
            NOT_BROUGHT,
            missed(WORRIED.then("conference", which="initial", category="physical_abuse")),
            0,
        ),
        ("neglect named only after it", NOT_BROUGHT, missed(WORRIED).then("concern", "nurse", concerns=["neglect"]), 0),
        (
            "early help that has not ended",
            NOT_BROUGHT,
            STAYED_AWAY.then("early_help", "coordinator", status="accepted"),
            0,
        ),
        (
            "a service that ended, though nobody knew",
            NOT_BROUGHT,
            STAYED_AWAY.then("early_help", "coordinator", status="ended", known=False),
            0,
        ),
        (
            "early help ends after a shut door",
            NOT_BROUGHT,
            HELD.then("visit", "coordinator", access="denied").then("early_help", "coordinator", status="ended"),
            1,
        ),
        (
            "early help ends after the home was found poor",
            NOT_BROUGHT,
            HELD.then("visit", "coordinator", access="granted", conditions="poor").then(
                "early_help", "coordinator", status="ended"
            ),
            1,
        ),
        (
            "early help ends after a call that reached nobody",
            NOT_BROUGHT,
            HELD.then("attempt", "coordinator", person="mother").then("early_help", "coordinator", status="ended"),
            1,
        ),
        (
            "early help ends after a visit that was made together and met nobody",
            NOT_BROUGHT,
            HELD.then("visit", "worker", with_=["coordinator"], access="no_reply").then(
                "early_help", "coordinator", status="ended"
            ),
            1,
        ),
        (
            "early help ends after somebody else stood before a shut door",
            NOT_BROUGHT,
            HELD.then("visit", "nurse", access="denied").then("early_help", "coordinator", status="ended"),
            0,
        ),
        (
            "early help ends once the hub was told",
            NOT_BROUGHT,
            STAYED_AWAY.then("contact", "coordinator").then("early_help", "coordinator", status="ended"),
            0,
        ),
        (
            "early help ends after a meeting",
            NOT_BROUGHT,
            STAYED_AWAY.then("meeting", "coordinator", which="professionals", status="held").then(
                "early_help", "coordinator", status="ended"
            ),
            0,
        ),
        (
            "early help ends after a talk with the mother",
            NOT_BROUGHT,
            STAYED_AWAY.then("spoke_to", "coordinator", person="mother").then(
                "early_help", "coordinator", status="ended"
            ),
            1,
        ),
        (
            "a visit by a stranger is nobody's own",
            NOT_BROUGHT,
            HELD.then("visit", access="denied").then("early_help", status="ended"),
            0,
        ),
        (
            "the family's own leaving gives nobody up",
            NOT_BROUGHT,
            STAYED_AWAY.then("household", "coordinator", what="support_ended"),
            0,
        ),
        ("all kept", NOT_BROUGHT, kept(kept(HELD)), 0),
        (
            "the review: one contact of five",
            LEDGER,
            HELD.then("visit", "worker", access="granted").then("visit", "nurse", access="no_reply", times=4),
            1,
        ),
        (
            "only before the case was opened",
            LEDGER,
            referred()
            .then("visit", "nurse", access="no_reply", times=4)
            .then("closure")
            .wait(days=300)
            .then("contact", "nurse"),
            0,
        ),
        (
            "most come about",
            LEDGER,
            HELD.then("visit", "worker", access="granted", times=4).then("visit", "nurse", access="no_reply"),
            0,
        ),
        ("three tell nothing", LEDGER, HELD.then("visit", "nurse", access="no_reply", times=3), 0),
        ("soon after the closure", LEDGER, HELD.then("closure").then("visit", "nurse", access="no_reply", times=4), 1),
        (
            "long after the closure",
            LEDGER,
            HELD.then("closure").wait(days=400).then("visit", "nurse", access="no_reply", times=4),
            0,
        ),
        (
            "a call at the old address",
            ADDRESS,
            MOVED.then("visit", "worker", access="no_reply", address="1 Oak Road"),
            1,
        ),
        ("at the new one", ADDRESS, MOVED.then("visit", "worker", access="no_reply", address="2  ELM road"), 0),
        (
            "the child was seen there",
            ADDRESS,
            MOVED.then("visit", "worker", access="granted", child_seen=True, address="1 Oak Road"),
            0,
        ),
        (
            "the father met where he lives",
            ADDRESS,
            MOVED.then("visit", "worker", access="granted", with_=["father"], address="1 Oak Road"),
            0,
        ),
        (
            "let in, and met nobody",
            ADDRESS,
            MOVED.then("visit", "worker", access="granted", address="1 Oak Road"),
            1,
        ),
        (
            "let in, and saw where it sleeps",
            ADDRESS,
            MOVED.then("visit", "worker", access="granted", sleep_space_seen=True, address="1 Oak Road"),
            0,
        ),
        (
            "after somebody joined the household from elsewhere",
            ADDRESS,
            MOVED.then("household", what="joined", person="mother", address="1 Oak Road").then(
                "visit", "worker", access="no_reply", address="2 Elm Road"
            ),
            0,
        ),
        (
            "after one call without an address",
            ADDRESS,
            MOVED.then("visit", "worker", access="no_reply").then(
                "visit", "worker", access="no_reply", address="1 Oak Road"
            ),
            1,
        ),
        (
            "where a service found the child since",
            ADDRESS,
            MOVED.then("visit", "nurse", access="granted", child_seen=True, address="4 Yew Lane").then(
                "visit", "worker", access="no_reply", address="4 yew lane"
            ),
            0,
        ),
        ("no address is given", ADDRESS, MOVED.then("visit", "worker", access="no_reply"), 0),
        (
            "two services, two addresses",
            ADDRESS,
            HELD.then("visit", "nurse", access="no_reply", address="3 Ash Way").then(
                "visit", "worker", access="no_reply", address="1 Oak Road"
            ),
            1,
        ),
        (
            "nobody knew of the move",
            ADDRESS,
            HELD.then("visit", "nurse", access="granted", child_seen=True, address="1 Oak Road")
            .then("household", what="moved_address", address="2 Elm Road", known=False)
            .then("visit", "worker", access="no_reply", address="1 Oak Road"),
            0,
        ),
    ),
)
def test_how_often_a_signal_speaks(signal: Signal, before: Story, count: int) -> None:
    found = before.raised(signal)

    assert len(found) == count
    assert len({one.key for one in found}) == count


def test_the_ledger_speaks_once_for_each_run_of_failed_contacts() -> None:
    away = HELD.then("visit", "worker", access="granted").then("visit", "nurse", access="no_reply", times=4)
    still = away.wait(days=5).then("visit", "worker", access="denied")
    better = still.wait(days=5).then("visit", "worker", access="granted", times=9)
    again = better.wait(weeks=9).then("visit", "nurse", access="no_reply", times=4)

    assert [one.key for one in away.raised(LEDGER)] == [one.key for one in still.raised(LEDGER)]
    assert better.raised(LEDGER) == []
    assert again.raised(LEDGER)[0].key != away.raised(LEDGER)[0].key
    assert away.raised(LEDGER)[0].floor is None
