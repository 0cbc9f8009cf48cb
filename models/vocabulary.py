"""The words of the field. Every code that the record, the rules, the tables and the pages share is named here, once."""

from enum import IntEnum, StrEnum


class State(StrEnum):
    """Where a referral stands. The pictures and tables of the states are generated from `workflow.machine`."""

    RECEIVED = "received"
    TRIAGE = "triage"
    INFORMATION_GATHERING = "information_gathering"
    AWAITING_DECISION = "awaiting_decision"
    DEFERRED = "deferred"
    EARLY_HELP_OFFERED = "early_help_offered"
    ASSESSMENT = "assessment"
    STRATEGY_DISCUSSION = "strategy_discussion"
    SECTION_47 = "section_47"
    CONFERENCE = "conference"
    CHILD_PROTECTION = "child_protection"
    CHILD_IN_NEED = "child_in_need"
    STEP_DOWN_OFFERED = "step_down_offered"
    CLOSURE_PROPOSED = "closure_proposed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state as people say it."""
        return {"section_47": "section 47 enquiry", "child_in_need": "child in need plan"}.get(
            self.value, self.value.replace("_", " ")
        )


class Stage(StrEnum):
    """The seven stages that name the files in every folder."""

    FRONT_DOOR = "front_door"
    STRATEGY = "strategy"
    ENQUIRY = "enquiry"
    PLANS = "plans"
    STEP_DOWN = "step_down"
    CLOSURE = "closure"
    CHALLENGE = "challenge"


class Grade(IntEnum):
    """How urgent: ordered, so that a floor is a maximum. Not a state: it may change at any time."""

    GREEN = 1
    AMBER = 2
    RED = 3

    @property
    def code(self) -> str:
        """The word used in the record and in messages."""
        return self.name.lower()

    @classmethod
    def of(cls, code: str) -> "Grade":
        """Read a grade from its word; an unknown word is a `KeyError`."""
        return cls[code.upper()]


class Role(StrEnum):
    """What a person may do. An account has one role; the table of permissions is `workflow.permissions`."""

    TRIAGE_WORKER = "triage_worker"
    MASH_MANAGER = "mash_manager"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    HEAD_OF_SERVICE = "head_of_service"
    EARLY_HELP_COORDINATOR = "early_help_coordinator"
    PARTNER = "partner"
    AUDITOR = "auditor"
    SYSTEM = "system"


class Kind(StrEnum):
    """What can happen. The first part is the casebook's list; the second is what only the live record needs."""

    CONTACT = "contact"
    CONCERN = "concern"
    GRADE = "grade"
    CHECK = "check"
    SPOKE_TO = "spoke_to"
    REVIEWED_EVIDENCE = "reviewed_evidence"
    HISTORY_CHECKED = "history_checked"
    CHRONOLOGY_SEEN = "chronology_seen"
    DECISION = "decision"
    AGENCY_DECISION = "agency_decision"
    ALLOCATED = "allocated"
    INVOLVEMENT = "involvement"
    EARLY_HELP = "early_help"
    STRATEGY_DISCUSSION = "strategy_discussion"
    MEDICAL = "medical"
    TOOL = "tool"
    ASSESSMENT = "assessment"
    SECTION47_OUTCOME = "section47_outcome"
    CONFERENCE = "conference"
    PLAN = "plan"
    OUTCOME = "outcome"
    CONDITION = "condition"
    MEETING = "meeting"
    VISIT = "visit"
    ATTEMPT = "attempt"
    APPOINTMENT = "appointment"
    AGREEMENT = "agreement"
    SAFETY_PLAN = "safety_plan"
    COMMITMENT = "commitment"
    CONTINGENCY_USED = "contingency_used"
    POLICE_CHECK = "police_check"
    ORDER = "order"
    LEGAL_ADVICE = "legal_advice"
    INCIDENT = "incident"
    HOUSEHOLD = "household"
    STEP_DOWN = "step_down"
    CLOSURE = "closure"
    DISAGREEMENT = "disagreement"
    COMPLAINT = "complaint"
    INFORMATION_REQUEST = "information_request"
    NOTE = "note"
    # Only in the live record: a casebook tells these as part of a larger event.
    TRIAGE_BEGUN = "triage_begun"
    READY = "ready"
    WOKEN = "woken"
    GRADE_PROPOSED = "grade_proposed"
    INVITED = "invited"
    ACCOUNT = "account"
    EXCUSED = "excused"
    VIEW = "view"
    SECOND_SIGNATURE = "second_signature"
    TOLD = "told"
    CLOSURE_PROPOSED = "closure_proposed"
    CLOSURE_RETURNED = "closure_returned"
    ALARM_ANSWERED = "alarm_answered"
    SHARING = "sharing"


class View(StrEnum):
    """What an agency thinks of a decision. Silence is never one of these."""

    AGREE = "agree"
    DISAGREE = "disagree"
    NONE = "none"


class AgencyKind(StrEnum):
    """Who works with a child."""

    SOCIAL_CARE = "social_care"
    MASH = "mash"
    EARLY_HELP = "early_help"
    POLICE = "police"
    HEALTH_VISITING = "health_visiting"
    MIDWIFERY = "midwifery"
    FAMILY_NURSE = "family_nurse"
    GP = "gp"
    HOSPITAL = "hospital"
    AMBULANCE = "ambulance"
    MENTAL_HEALTH = "mental_health"
    SCHOOL = "school"
    NURSERY = "nursery"
    SCHOOL_NURSING = "school_nursing"
    EDUCATION = "education"
    HOUSING = "housing"
    PROBATION = "probation"
    LEAVING_CARE = "leaving_care"
    FOSTERING = "fostering"
    VOLUNTARY = "voluntary"
    ADULT_SERVICES = "adult_services"
    LEGAL = "legal"
    COURT = "court"
    OTHER_AUTHORITY = "other_authority"
    OTHER = "other"


HEALTH = frozenset(
    {
        AgencyKind.HEALTH_VISITING,
        AgencyKind.MIDWIFERY,
        AgencyKind.FAMILY_NURSE,
        AgencyKind.GP,
        AgencyKind.HOSPITAL,
        AgencyKind.AMBULANCE,
        AgencyKind.MENTAL_HEALTH,
        AgencyKind.SCHOOL_NURSING,
    }
)
"""The kinds that count as health in a quorum."""

SOCIAL_CARE = frozenset({AgencyKind.SOCIAL_CARE, AgencyKind.MASH})
"""The kinds inside the council's own decision: their view is the decision, so none is asked of them."""


class PractitionerKind(StrEnum):
    """A practitioner's work, as the casebook names it."""

    TRIAGE_WORKER = "triage_worker"
    MASH_MANAGER = "mash_manager"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    HEAD_OF_SERVICE = "head_of_service"
    EARLY_HELP_COORDINATOR = "early_help_coordinator"
    POLICE_OFFICER = "police_officer"
    HEALTH_VISITOR = "health_visitor"
    MIDWIFE = "midwife"
    FAMILY_NURSE = "family_nurse"
    SCHOOL_NURSE = "school_nurse"
    GP = "gp"
    CLINICIAN = "clinician"
    WARD_NURSE = "ward_nurse"
    TEACHER = "teacher"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    EDUCATION_OFFICER = "education_officer"
    KEY_WORKER = "key_worker"
    SUPPORT_WORKER = "support_worker"
    PERSONAL_ADVISER = "personal_adviser"
    PROBATION_OFFICER = "probation_officer"
    DOMESTIC_ABUSE_ADVISER = "domestic_abuse_adviser"
    CONFERENCE_CHAIR = "conference_chair"
    LAWYER = "lawyer"
    FOSTER_CARER = "foster_carer"
    PARENT = "parent"
    RELATIVE = "relative"
    MEMBER_OF_PUBLIC = "member_of_public"
    OTHER = "other"


class Factor(StrEnum):
    """What is known of an adult, or raised as something to rule in or out."""

    CARE_LEAVER = "care_leaver"
    OWN_CHILD_PROTECTION_HISTORY = "own_child_protection_history"
    YOUNG_PARENT = "young_parent"
    DOMESTIC_ABUSE = "domestic_abuse"
    SUBSTANCE_MISUSE = "substance_misuse"
    ALCOHOL_MISUSE = "alcohol_misuse"
    MENTAL_HEALTH = "mental_health"
    LEARNING_DISABILITY = "learning_disability"
    VIOLENCE = "violence"
    OFFENDING = "offending"
    SEXUAL_RISK = "sexual_risk"
    PREVIOUS_CHILD_REMOVED = "previous_child_removed"
    PREVIOUS_CHILD_DEATH = "previous_child_death"
    HOUSING_INSTABILITY = "housing_instability"
    POVERTY = "poverty"
    ISOLATION = "isolation"
    INTERPRETER_NEEDED = "interpreter_needed"
    NOT_OPENLY_RESIDENT = "not_openly_resident"


class Concern(StrEnum):
    """What somebody is worried about."""

    NEGLECT = "neglect"
    HOME_CONDITIONS = "home_conditions"
    HYGIENE = "hygiene"
    FEEDING = "feeding"
    SUPERVISION = "supervision"
    MEDICAL_NEGLECT = "medical_neglect"
    SAFE_SLEEP = "safe_sleep"
    INJURY = "injury"
    UNEXPLAINED_INJURY = "unexplained_injury"
    PHYSICAL_ABUSE = "physical_abuse"
    PHYSICAL_FINDING = "physical_finding"
    PAIN = "pain"
    SEXUAL_ABUSE = "sexual_abuse"
    EMOTIONAL_ABUSE = "emotional_abuse"
    DOMESTIC_ABUSE = "domestic_abuse"
    SUBSTANCE_MISUSE = "substance_misuse"
    ALCOHOL_MISUSE = "alcohol_misuse"
    MENTAL_HEALTH = "mental_health"
    NON_ENGAGEMENT = "non_engagement"
    AVOIDANCE = "avoidance"
    HOSTILITY = "hostility"
    DISGUISED_COMPLIANCE = "disguised_compliance"
    LATE_ANTENATAL_CARE = "late_antenatal_care"
    CONCEALED_PREGNANCY = "concealed_pregnancy"
    DANGEROUS_ANIMAL = "dangerous_animal"
    WEAPON = "weapon"
    UNKNOWN_ADULT = "unknown_adult"
    OUT_OF_SIGHT = "out_of_sight"
    SCHOOL_ABSENCE = "school_absence"
    SCHOOL_WITHDRAWAL = "school_withdrawal"
    CHILD_DISCLOSURE = "child_disclosure"
    DEVELOPMENT = "development"
    WEIGHT = "weight"
    EXPLOITATION = "exploitation"
    MISSING = "missing"
    SELF_HARM = "self_harm"
    HOMELESSNESS = "homelessness"
    EXTREMISM = "extremism"
    OTHER = "other"
