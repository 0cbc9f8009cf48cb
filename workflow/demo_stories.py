"""The referrals of the demo, each told as what people did and how long they took.

Every child and every address is invented; the NHS numbers are of the range that is kept for tests.

A step is `(minutes since the step before, account, verb, details)`. A detail that is a span is counted from the step.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

Told = tuple[int, str, str, dict[str, Any]]
HOUR: Final = 60
DAY: Final = 24 * HOUR
ALL_HISTORY: Final = "child,household,parents,police,other_areas"


@dataclass(frozen=True, slots=True)
class Story:
    """One referral: how many days ago it was made (none: two hours ago), by whom, and what came after."""

    days: int
    by: str
    refer: dict[str, Any]
    told: tuple[Told, ...] = ()


def triaged(worker: str, referrer: str, grade: str) -> tuple[Told, ...]:
    """Tell how a referral is triaged and graded, the agencies are asked and the history is looked up."""
    return (
        (10, worker, "begin-triage", {}),
        (10, worker, "grade", {"grade": grade, "reason": "young child, home conditions"}),
        (5, worker, "ask", {"of": "priya,holly"}),
        (20, worker, "spoke-to", {"person": referrer, "account": "consistent"}),
        (25, "priya", "reply", {"words": "nothing recorded at this address"}),
        (15, "holly", "reply", {"words": "known to the service, last seen in the spring"}),
        (10, worker, "check-history", {"scope": ALL_HISTORY}),
        (10, worker, "read-chronology", {"noted": "no earlier contacts"}),
        (5, worker, "put-for-decision", {}),
    )


def assessed(worker: str, manager: str, referrer: str, **signed: str) -> tuple[Told, ...]:
    """Tell how a referral goes to assessment and comes out with a child in need plan."""
    return (
        (
            15,
            "mara",
            "decide",
            {"outcome": "assessment", "reason": "needs a fuller look", "answers": "neglect:unknown"},
        ),
        (30, manager, "allocate", {"to": worker}),
        (
            3 * DAY,
            worker,
            "record-visit",
            {"access": "granted", "announced": False, "child_seen": True, "child_seen_alone": True},
        ),
        *(
            (30, who, "give-view", {"view": "agree", "reason": "a plan would help"})
            for who in (referrer, "priya", "holly")
        ),
        (
            20 * DAY,
            manager,
            "complete-assessment",
            {
                "outcome": "child_in_need",
                "reason": "needs a plan",
                "visits": 3,
                "unannounced_visits": 1,
                "child_seen": True,
                "child_seen_alone": True,
                "parents_seen_separately": True,
                "hypotheses": 2,
                **signed,
            },
        ),
        (60, worker, "record-tool", {"what": "graded_care_profile", "result": "physical:3,safety:3,love:2,esteem:2"}),
        (60, worker, "start-plan", {"covers": "neglect", "outcomes": "home_kept", "due": timedelta(weeks=10)}),
    )


def closing(worker: str, referrer: str) -> tuple[Told, ...]:
    """Tell how a plan that has done its work is put forward for closing."""
    seen = {"access": "granted", "announced": False, "child_seen": True, "child_seen_alone": True, "conditions": "good"}
    meeting = {"which": "child_in_need_review", "attended": f"{worker},{referrer},priya,holly", "decided": "continue"}
    return (
        (9 * DAY, worker, "hold-meeting", meeting),
        *((20 * DAY, worker, "record-visit", seen) for _ in range(2)),
        (5 * DAY, worker, "hold-meeting", meeting),
        (15 * DAY, worker, "record-visit", seen),
        (60, worker, "record-tool", {"what": "graded_care_profile", "result": "physical:2,safety:1,love:1,esteem:1"}),
        (
            60,
            worker,
            "record-outcome",
            {"outcome": "home_kept", "status": "met", "evidence": "three unannounced visits"},
        ),
        (60, worker, "propose-closure", {"reason_code": "needs_met", "summary": "the plan has done its work"}),
    )


NEGLECT: Final[dict[str, Any]] = {"concerns": ["neglect"], "words": "hungry and cold at school, several times"}

STORIES: Final = (
    Story(
        0,
        "wyn",
        {
            "child": "Demo Robin",
            "address": "4 Example Row, Coventry CV1 9ZZ",
            "nhs_number": "9990017018",
            "born": timedelta(days=-2000),
            **NEGLECT,
        },
    ),
    Story(
        1,
        "mia",
        {
            "child": "Unborn Demo Wren",
            "address": "17 Sample Street, Coventry CV2 9ZZ",
            "due": timedelta(days=90),
            "concerns": ["late_antenatal_care"],
            "words": "booked at twenty-five weeks",
            "carers": "Demo Jenny:mother",
            "pregnancy_weeks": 27,
        },
        triaged("ben", "mia", "amber")[:4],
    ),
    Story(
        1,
        "kofi",
        {
            "child": "Demo Jay",
            "address": "Flat 2, 31 Specimen Road, Coventry CV3 9ZZ",
            "nhs_number": "9990017026",
            "born": timedelta(days=-500),
            "concerns": ["unexplained_injury"],
            "words": "a bruise that nobody explains",
            "child_mobile": True,
            "explained": False,
        },
        (
            (5, "asha", "begin-triage", {}),
            (5, "asha", "grade", {"grade": "red", "reason": "unexplained injury"}),
            (
                10,
                "asha",
                "call-strategy",
                {"at": timedelta(days=1, hours=4), "reason": "unexplained injury of a young child"},
            ),
        ),
    ),
    Story(
        6,
        "hana",
        {
            "child": "Demo Linnet",
            "address": "8 Model Avenue, Coventry CV4 9ZZ",
            "nhs_number": "9990017034",
            "born": timedelta(days=-900),
            "consent": "given",
            **NEGLECT,
        },
        (
            *triaged("asha", "hana", "amber"),
            (
                30,
                "mara",
                "decide",
                {
                    "outcome": "early_help",
                    "reason": "the family wants help at home",
                    "answers": "neglect:not_found",
                    "lead": "elin",
                    "discussed_with": "elin",
                },
            ),
        ),
    ),
    Story(
        38,
        "wyn",
        {
            "child": "Demo Finch",
            "address": "12 Pattern Lane, Coventry CV5 9ZZ",
            "nhs_number": "9990017042",
            "born": timedelta(days=-2500),
            **NEGLECT,
        },
        (*triaged("ben", "wyn", "amber"), *assessed("sid", "tom", "wyn")),
    ),
    Story(
        105,
        "wyn",
        {
            "child": "Demo Martin",
            "address": "23 Mockup Close, Coventry CV6 9ZZ",
            "nhs_number": "9990017050",
            "born": timedelta(days=-3000),
            **NEGLECT,
        },
        (
            *triaged("asha", "wyn", "amber"),
            *assessed("nell", "tilda", "wyn", cosigned="sid"),
            *closing("nell", "wyn"),
            (60, "wyn", "give-view", {"view": "agree", "reason": "much better at school"}),
            (60, "priya", "give-view", {"view": "agree"}),
        ),
    ),
    Story(
        120,
        "hana",
        {
            "child": "Demo Lark",
            "address": "5 Template Drive, Coventry CV1 9ZY",
            "nhs_number": "9990017069",
            "born": timedelta(days=-1200),
            **NEGLECT,
        },
        (
            *triaged("ben", "hana", "amber"),
            *assessed("sid", "tom", "hana"),
            *closing("sid", "hana"),
            *((60, who, "give-view", {"view": "agree", "reason": "seen it too"}) for who in ("hana", "priya", "holly")),
            (60, "sid", "record-told", {"who": "hana", "words": "rang, and said what was decided and why"}),
            (DAY, "tom", "read-chronology", {"noted": "read to the end"}),
            (30, "tom", "sign-off", {}),
        ),
    ),
)
