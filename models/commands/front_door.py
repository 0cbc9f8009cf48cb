"""Commands of the front door: contacts, checks, grades and the first decision."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from models.about_a_child import Ethnicity, Sex
from models.commands.base import (
    LONGEST_NAME,
    MOST_LETTERS,
    Answers,
    Codes,
    Command,
    Concerns,
    Disabilities,
    Factors,
    Gestation,
    Ids,
    Language,
    Name,
    NhsNumber,
    Notes,
    Pairs,
    School,
    Words,
)

Channel = Literal["form", "phone", "email", "in_person", "police_notification"]
"""How a contact reached the hub."""
Consent = Literal["given", "refused", "not_sought"]
"""Whether the family knows of a contact, and agrees."""


class Heard(Command):
    """Who told the hub, where it was somebody else than the person who writes it down."""

    on_behalf_of: str | None = Field(None, description="who called: the account of a professional")
    caller: Name | None = Field(None, description="who called: the name of somebody who is no professional")
    caller_reach: str | None = Field(
        None, min_length=3, max_length=LONGEST_NAME, description="with caller: how to reach them, to ring back"
    )
    caller_is: Literal["member_of_public", "relative"] = Field(
        "member_of_public", description="with caller: what they are to the child"
    )
    name_withheld: bool = Field(False, description="with caller: neither agencies nor family may learn who it was")
    anonymous: bool = Field(False, description="somebody called who gave no name")
    told_at: datetime | None = Field(None, description="when it reached the hub, if that was earlier")


class AboutAChild(Command):
    """What may be told of one child, born or unborn. What nobody knows is left out."""

    child: Name = Field(description="the child's name, or 'Unborn NAME'")
    born: date | None = Field(None, description="date of birth")
    due: date | None = Field(None, description="due date of an unborn child")
    gestation: Gestation | None = Field(None, description="of a baby: weeks of pregnancy at its birth, such as 29+6")
    nhs_number: NhsNumber | None = Field(None, description="the child's NHS number, ten digits")
    gp: str | None = Field(None, max_length=100, description="the child's GP practice, or none")
    sex: Sex | None = None
    ethnicity: Ethnicity | None = Field(None, description="as the family describes it")
    language: Language | None = Field(None, description="the child's first language, if it is not English")
    interpreter: bool = Field(False, description="the child needs an interpreter")
    disability: Disabilities = ()
    school: School | None = Field(None, description="the child's school or nursery")


class Refer(Heard, AboutAChild):
    """A worried call, form or notification about one child, born or unborn."""

    concerns: Concerns = Field(min_length=1, description="what you are worried about, by code")
    words: Words = Field(description="what was seen or heard, in your own words")
    carers: Pairs = Field(default_factory=dict, description="NAME:mother,NAME:father")
    address: str | None = Field(None, max_length=300, description="where the child lives")
    factors: Factors = Field((), description="what is known of the carers")
    channel: Channel = "form"
    consent: Consent = "not_sought"
    attachments: int = Field(0, ge=0, le=500)
    child_mobile: bool | None = Field(None, description="with an injury: can the child move about")
    explained: bool | None = Field(None, description="with an injury: does the explanation fit")
    pregnancy_weeks: int | None = Field(None, ge=0, le=45)
    sibling: str | None = Field(None, description="the reference of a brother's or sister's referral")


class AddConcern(Heard):
    """A new concern about a child who already has an open referral."""

    concerns: Concerns = Field(min_length=1)
    words: Words
    channel: Channel = "phone"
    attachments: int = Field(0, ge=0, le=500)
    child_mobile: bool | None = None
    explained: bool | None = None


class Grade(Command):
    """Red, amber or green, with the reason. A lower colour waits for a second person."""

    grade: Literal["red", "amber", "green"]
    reason: Words


class Ask(Command):
    """Ask agencies what they know."""

    of: Ids = Field(min_length=1, description="the accounts asked, one per agency")
    person: str | None = Field(None, description="about whom, when it is somebody other than the child")


class Reply(Command):
    """An agency's answer to a request for information."""

    share: Literal["given", "withheld"] = "given"
    words: Words


class SpokeTo(Command):
    """Somebody was spoken to, or could not be."""

    person: str
    done: bool = True
    alone: bool = False
    account: Literal["consistent", "conflicting"] | None = None
    reason: str = ""
    interpreter: Literal["none", "family", "independent"] | None = Field(None, description="who interpreted")


class ReviewEvidence(Command):
    """Everything that came with the contacts was opened, and this was noted of it."""

    notes: Notes = Field(default_factory=dict, description="FILE:what it shows, by the number of the file")
    words: str = Field("", max_length=MOST_LETTERS, description="what it shows as a whole")


class CheckHistory(Command):
    """Where the history was looked for."""

    scope: Codes = Field(min_length=1, description="child, household, parents, police, other_areas")


class ReadChronology(Command):
    """The chronology was opened, and this was noted."""

    noted: Words
    upto: int | None = Field(
        None, ge=0, le=2**63 - 1, description="the last entry that was read; `mash chronology` says which"
    )


class Decide(Command):
    """The outcome at the front door, with its reason and an answer to every concern raised."""

    outcome: Literal[
        "no_further_action", "information_and_advice", "early_help", "assessment", "strategy_discussion", "deferred"
    ]
    reason: Words
    reason_code: (
        Literal[
            "below_threshold",
            "recently_closed",
            "too_early_in_pregnancy",
            "agencies_already_involved",
            "malicious",
            "consent_refused",
            "duplicate",
            "other",
        ]
        | None
    ) = None
    answers: Answers = Field(default_factory=dict, description="CONCERN:confirmed|not_found|unknown, ...")
    discussed_with: Ids = ()
    lead: str | None = Field(None, description="who leads the early help")
    fallback: bool = Field(False, description="it is settled what happens if the family does not take up help")
    review_on: date | None = Field(None, description="when somebody looks whether it has")
    until: date | None = Field(None, description="deferred until")
    meet_at: datetime | None = Field(None, description="strategy discussion: when it is held")


class Allocate(Command):
    """Give the case to a worker, who becomes its owner."""

    to: str
    handover: bool = Field(False, description="the worker before has handed over, in writing or in person")


class EndAllocation(Command):
    """A worker no longer holds the case."""

    who: str
    handover: bool = Field(False, description="what was left to do has been handed over")


class Involve(Command):
    """Somebody's active part in the child's life begins or ends."""

    who: str


class AddPerson(Command):
    """Somebody of the family or the household who was not on record: a new partner, a brother or sister, a lodger."""

    name: Name
    relation: Literal[
        "mother",
        "father",
        "parent",
        "carer",
        "partner",
        "sibling",
        "grandparent",
        "relative",
        "lodger",
        "other",
    ] = Field(description="what they are to the child; a partner is a parent's")
    partner_of: str | None = Field(None, description="whose partner, where the child has more than one parent")
    born: date | None = Field(None, description="date of birth, if known")
    due: date | None = Field(None, description="due date, of a brother or sister not born yet")
    lives_here: bool = Field(True, description="false: lives elsewhere, and is no part of the household")
    since: date | None = Field(None, description="since when they live there, or are known to belong to it")
    factors: Factors = Field((), description="what is known of them")
    gp: str | None = Field(None, max_length=100, description="of a child: the GP practice, or none")
    words: str = Field("", max_length=MOST_LETTERS, description="how it came to be known")


class RecordHousehold(Command):
    """A change in the household. Who left, or came back, is named by the id that `mash show` gives."""

    what: Literal[
        "joined",
        "left",
        "new_partner",
        "moved_address",
        "pregnancy_known",
        "birth",
        "death",
        "animal",
        "gp_registered",
        "support_ended",
        "contact_ended",
        "school_joined",
        "school_left",
        "school_withdrawal_asked",
        "placed",
        "returned_home",
        "left_area",
    ]
    words: str = ""
    person: str | None = Field(None, description="who came, went or is meant: somebody of the family")
    other: str | None = Field(None, description="with whom: the carer a child is placed with or goes back to")
    address: str | None = Field(None, max_length=300, description="the new address, after a move")
    since: date | None = Field(None, description="the day on which it happened, if not today")
    gestation: Gestation | None = Field(None, description="of a birth: weeks of pregnancy, such as 29+6")


class ProtectAddress(Command):
    """Keep where the child lives out of every text that leaves the hub, or no longer."""

    status: Literal["protected", "lifted"] = "protected"
    words: Words = Field(description="why")


class LogConcern(Command):
    """A worry that is not sent on as a contact: with whom it was talked over, or why not."""

    concerns: Concerns = Field(min_length=1)
    words: Words
    shared_with: Ids = Field((), description="the accounts it was talked over with")
    reason: str = Field("", description="why it is not referred")


class RecordIncident(Command):
    """Something happened at home."""

    what: Literal["domestic_abuse", "assault", "weapon", "overdose", "arrest", "other"]
    child_present: bool = False
    involving: Ids = Field((), description="who was in it: people of the family")
