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


PEOPLE: Final = (
    DemoPerson("asha", "Asha Demo", "triage_worker", "triage_worker", "hub", "hub"),
    DemoPerson("ben", "Ben Demo", "triage_worker", "triage_worker", "hub", "hub"),
    DemoPerson("mara", "Mara Demo", "mash_manager", "mash_manager", "hub", "hub"),
    DemoPerson("sid", "Sid Demo", "social_worker", "social_worker", "social_care", "north"),
    DemoPerson("nell", "Nell Demo", "social_worker", "social_worker", "social_care", "south", newly_qualified=True),
    DemoPerson("tom", "Tom Demo", "team_manager", "team_manager", "social_care", "north"),
    DemoPerson("tilda", "Tilda Demo", "team_manager", "team_manager", "social_care", "south"),
    DemoPerson("hal", "Hal Demo", "head_of_service", "head_of_service", "social_care"),
    DemoPerson("elin", "Elin Demo", "early_help_coordinator", "early_help_coordinator", "early_help"),
    DemoPerson("abe", "Abe Demo", "auditor", "other", "social_care"),
    DemoPerson("wyn", "Wyn Demo", "partner", "safeguarding_lead", "school"),
    DemoPerson("mia", "Mia Demo", "partner", "midwife", "maternity"),
    DemoPerson("hana", "Hana Demo", "partner", "health_visitor", "health_visiting"),
    DemoPerson("kofi", "Kofi Demo", "partner", "key_worker", "housing"),
    DemoPerson("priya", "Priya Demo", "partner", "police_officer", "police", DESK_TEAM),
    DemoPerson("holly", "Holly Demo", "partner", "health_visitor", "health_visiting", DESK_TEAM),
    DemoPerson("sol", "Sol Demo", "social_worker", "social_worker", "social_care", DESK_TEAM),
)
