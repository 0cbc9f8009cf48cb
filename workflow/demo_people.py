"""The people of the demo: one of each sort. Every name is invented."""

from dataclasses import dataclass
from typing import Final

from workflow.store import DESK_TEAM

AGENCIES: Final[dict[str, tuple[str, str]]] = {
    "hub": ("Demo MASH", "mash"),
    "social_care": ("Demo Children's Social Care", "social_care"),
    "early_help": ("Demo Early Help", "early_help"),
    "school": ("Demo Hillside School", "school"),
    "maternity": ("Demo Maternity Service", "midwifery"),
    "health_visiting": ("Demo Health Visiting", "health_visiting"),
    "housing": ("Demo Housing", "housing"),
    "police": ("Demo Police", "police"),
}
"""Agency: its name and its kind."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One account of the demo."""

    account: str
    name: str
    role: str
    kind: str
    agency: str
    team: str = ""
    newly_qualified: bool = False
    story: str = ""
    """What to try as this person; who has none is no button on the demo's sign-in page."""
    phone: str = ""
    """From the range that is kept for stories; who has none is reached by the hub's number."""


PEOPLE: Final = (
    DemoPerson(
        "asha",
        "Asha Demo",
        "triage_worker",
        "triage_worker",
        "hub",
        "hub",
        story="A queue of referrals: see what is due first, grade one, ask the agencies, put it to the manager.",
        phone="01632 960001",
    ),
    DemoPerson(
        "ben",
        "Ben Demo",
        "triage_worker",
        "triage_worker",
        "hub",
        "hub",
        story="The other triage worker: a referral has just come in and nobody has looked at it yet.",
        phone="01632 960002",
    ),
    DemoPerson(
        "mara",
        "Mara Demo",
        "mash_manager",
        "mash_manager",
        "hub",
        "hub",
        story="Manages the hub: decisions that wait for you, who is late, and who could take one more.",
        phone="01632 960003",
    ),
    DemoPerson(
        "sid",
        "Sid Demo",
        "social_worker",
        "social_worker",
        "social_care",
        "north",
        story="A social worker: your cases, a visit to record from the doorstep, a plan with its outcomes.",
        phone="01632 960004",
    ),
    DemoPerson(
        "nell",
        "Nell Demo",
        "social_worker",
        "social_worker",
        "social_care",
        "south",
        newly_qualified=True,
        story="Newly qualified, with a closure proposed: see what it still waits for, and who has to sign with you.",
    ),
    DemoPerson(
        "tom",
        "Tom Demo",
        "team_manager",
        "team_manager",
        "social_care",
        "north",
        story="Another team manager: who carries what, a case to give to a worker, and a deputy while somebody is away.",
        phone="01632 960005",
    ),
    DemoPerson(
        "tilda",
        "Tilda Demo",
        "team_manager",
        "team_manager",
        "social_care",
        "south",
        story="A team manager: sign a closure on its evidence, or return it and say why.",
        phone="01632 960006",
    ),
    DemoPerson(
        "hal",
        "Hal Demo",
        "head_of_service",
        "head_of_service",
        "social_care",
        story="Head of service: every team, every breach that climbed this far, every challenge at the top of its ladder.",
        phone="01632 960007",
    ),
    DemoPerson(
        "elin",
        "Elin Demo",
        "early_help_coordinator",
        "early_help_coordinator",
        "early_help",
        story="Early help: an offer waits for your answer. Accept it under a named lead, or decline with a reason.",
        phone="01632 960008",
    ),
    DemoPerson(
        "abe",
        "Abe Demo",
        "auditor",
        "other",
        "social_care",
        story="An auditor: look at any referral, its decisions and who looked at it. You can change nothing.",
    ),
    DemoPerson(
        "wyn",
        "Wyn Demo",
        "partner",
        "safeguarding_lead",
        "school",
        story="A school that referred: what became of it, who holds it, and your view before anything is closed.",
    ),
    DemoPerson(
        "mia",
        "Mia Demo",
        "partner",
        "midwife",
        "maternity",
        story="A midwife: refer an unborn child, or disagree with a decision.",
    ),
    DemoPerson(
        "hana",
        "Hana Demo",
        "partner",
        "health_visitor",
        "health_visiting",
        story="A health visitor whose referral was offered to early help: what became of it?",
    ),
    DemoPerson(
        "kofi",
        "Kofi Demo",
        "partner",
        "key_worker",
        "housing",
        story="A housing worker, invited to a strategy discussion: say what you know in writing, or attend.",
    ),
    DemoPerson(
        "priya",
        "Priya Demo",
        "partner",
        "police_officer",
        "police",
        DESK_TEAM,
        story="The police at the hub: answer a request for information, and stand for the police at a discussion.",
    ),
    DemoPerson(
        "holly",
        "Holly Demo",
        "partner",
        "health_visitor",
        "health_visiting",
        DESK_TEAM,
        story="The health service at the hub: two requests for information and a view on a closure wait for an answer.",
    ),
    DemoPerson(
        "sol",
        "Sol Demo",
        "social_worker",
        "social_worker",
        "social_care",
        DESK_TEAM,
        story="Social care at the hub: invited to a strategy discussion, to stand for social care.",
    ),
)
