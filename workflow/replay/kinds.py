"""Every kind of event that a casebook may tell, with its own keys and those it must have."""

from collections.abc import Mapping
from typing import Final

from models.vocabulary import Concern, Factor, Kind, View
from workflow.replay.shapes import (
    Count,
    Day,
    Flag,
    Id,
    ListOf,
    Names,
    Number,
    Record,
    Result,
    Shape,
    Table,
    Text,
    Word,
    code,
    codes,
    record,
)

_flag, _text, _day = Flag(), Text(), Day()
_person, _practitioner, _anybody = Id(Names.PERSON), Id(Names.PRACTITIONER), Id(Names.ANYBODY)
_everybody: Final = ListOf(_anybody)
_views: Final = Table(_anybody, codes(View))
_means: Final = code("police_check strategy_discussion legal_advice medical")

PROFILE: Final = record(physical=Number(), safety=Number(), love=Number(), esteem=Number())
RESULTS: Final[Mapping[str, Shape]] = {
    "dash": Number(),
    "graded_care_profile": PROFILE,
    "sudi": code("universal additional significant"),
}
"""What a tool may come to, besides `true`."""

_ROLLS: Final[Mapping[str, Shape]] = {"invited": _everybody, "attended": _everybody, "accounts": _everybody}

KINDS: Final[Mapping[Kind, Record]] = {
    Kind.CONTACT: record(
        to=code("hub worker police"),
        attachments=Count(),
        channel=code("form phone email in_person police_notification"),
        made_in_writing=_flag,
        consent=code("given refused not_sought"),
        consent_reason=_flag,
        arrived=_day,
        pregnancy=record(of=Id(Names.FAMILY), weeks=Count()),
    ),
    Kind.CONCERN: record(shared_with=_everybody, referred=_flag, reason=_flag),
    Kind.GRADE: record("grade", grade=code("red amber green"), reason=_flag, second_person=_person),
    Kind.CHECK: record(
        "agency status",
        agency=Id(Names.AGENCY),
        person=_person,
        status=code("asked replied no_reply"),
        share=code("given withheld"),
    ),
    Kind.SPOKE_TO: record(
        "person", person=_person, alone=_flag, done=_flag, reason=_flag, account=code("consistent conflicting")
    ),
    Kind.REVIEWED_EVIDENCE: record(**{"for": ListOf(Id(Names.EVENT))}),
    Kind.HISTORY_CHECKED: record("scope", scope=ListOf(code("child household parents police other_areas"))),
    Kind.CHRONOLOGY_SEEN: record(),
    Kind.DECISION: record(
        "outcome",
        outcome=code("no_further_action information_and_advice early_help assessment strategy_discussion deferred"),
        manager=_person,
        reason_code=code(
            "below_threshold recently_closed too_early_in_pregnancy agencies_already_involved malicious consent_refused duplicate other"
        ),
        reason=_flag,
        answers=Table(codes(Concern), code("confirmed not_found unknown")),
        discussed_with=_everybody,
        lead=_anybody,
        fallback=_flag,
        review_on=_day,
        until=_day,
        told_referrer=_flag,
        **{"for": ListOf(Id(Names.EVENT))},
    ),
    Kind.AGENCY_DECISION: record(
        "outcome",
        outcome=code("log_closed no_crime no_charge crime_recorded discharged other"),
    ),
    Kind.ALLOCATED: record(to=_practitioner, ended=_practitioner, handover=_flag),
    Kind.INVOLVEMENT: record("who status", who=_anybody, status=code("started ended")),
    Kind.EARLY_HELP: record(
        "status",
        status=code("requested accepted declined started ended"),
        reason_code=code("agencies_already_involved consent_refused no_capacity threshold other"),
        lead=_anybody,
        consent=code("given refused"),
    ),
    Kind.STRATEGY_DISCUSSION: record(
        **_ROLLS,
        apologies=Table(_anybody, _text),
        decision=code("section47_joint section47_single assessment no_further_action"),
        rationale=_flag,
        offence_considered=_flag,
        interim_safety_plan=_flag,
        held=_flag,
        requested=_flag,
    ),
    Kind.MEDICAL: record(
        "what",
        what=code("child_protection_medical clinician_report advised attended not_attended admitted discharged"),
        finding=code("explained unexplained inconclusive non_accidental"),
        planned=_flag,
        **{"for": _person},
    ),
    Kind.TOOL: record(
        "what",
        what=code("dash graded_care_profile sudi parent_history lived_experience development_check"),
        result=Result(),
        **{"for": _person},
    ),
    Kind.ASSESSMENT: record(
        "status",
        status=code("started completed"),
        pre_birth=_flag,
        visits=Count(),
        unannounced_visits=Count(),
        child_seen=_flag,
        child_seen_alone=_flag,
        parents_seen_separately=_flag,
        factors_resolved=Table(codes(Factor), code("confirmed excluded unresolved")),
        hypotheses=Count(),
        family_network=_flag,
        inpatient_observations=_flag,
        views=_views,
        manager=_person,
        cosigned=_person,
        outcome=code("child_in_need conference strategy_discussion plan_continues early_help no_further_action"),
    ),
    Kind.SECTION47_OUTCOME: record(
        "outcome",
        outcome=code("not_substantiated no_continuing_risk conference"),
        views=_views,
        medical_evidence=_flag,
        manager=_person,
        second_signature=_person,
    ),
    Kind.CONFERENCE: record(
        "which",
        **_ROLLS,
        which=code("initial review"),
        outcome=code("child_protection_plan child_in_need_plan no_plan continue"),
        category=code("neglect physical sexual emotional multiple"),
    ),
    Kind.PLAN: record(
        "which status",
        which=code("child_in_need child_protection"),
        status=code("started changed ended"),
        covers=ListOf(codes(dict.fromkeys((*map(str, Concern), *map(str, Factor))))),
        outcomes=ListOf(record("id", id=Word(), owner=_anybody, due=_day)),
        contingencies=ListOf(
            record(
                "when",
                when=code("access_denied not_seen non_attendance preterm_birth"),
                then=ListOf(_means),
            )
        ),
    ),
    Kind.OUTCOME: record("id status", status=code("met not_met"), evidence=_flag),
    Kind.CONDITION: record(
        "id status",
        status=code("set met missed"),
        due=_day,
        set_by=code("meeting court agreement"),
    ),
    Kind.MEETING: record(
        "which",
        which=code(
            "child_in_need_review core_group discharge_planning professionals legal_planning supervision step_down_panel"
        ),
        status=code("requested held cancelled"),
        invited=_everybody,
        attended=_everybody,
        minutes_sent=_flag,
        decided=code("continue step_down close strategy_discussion"),
        views=_views,
    ),
    Kind.VISIT: record(
        "access",
        announced=_flag,
        access=code("granted denied no_reply"),
        conditions=code("good adequate poor"),
        improved_by=code("family third_party"),
        recorded=_flag,
        address=_text,
        **{"with": _everybody},
    ),
    Kind.ATTEMPT: record(person=_person),
    Kind.APPOINTMENT: record(
        "what outcome",
        what=code(
            "antenatal_booking antenatal scan paediatric gp health_visitor ophthalmology immunisation early_help other"
        ),
        outcome=code("attended was_not_brought missed cancelled rearranged"),
        person=_person,
    ),
    Kind.AGREEMENT: record("status", clauses=ListOf(_text), status=code("made breached")),
    Kind.SAFETY_PLAN: record("status", status=code("made ended")),
    Kind.COMMITMENT: record("id status", what=_text, due=_day, status=code("made kept changed missed"), reason=_flag),
    Kind.CONTINGENCY_USED: record("what", what=_means),
    Kind.POLICE_CHECK: record("status", status=code("requested accepted refused attended"), child_seen=_flag),
    Kind.ORDER: record(
        "what status",
        what=code(
            "police_protection emergency_protection interim_care care supervision special_guardianship child_arrangements other"
        ),
        status=code("made ended"),
    ),
    Kind.LEGAL_ADVICE: record(
        "status", status=code("asked given"), in_writing=_flag, threshold=code("met not_met unclear")
    ),
    Kind.INCIDENT: record(
        "what",
        what=code("domestic_abuse assault weapon overdose arrest other"),
        involving=_everybody,
        child_present=_flag,
    ),
    Kind.HOUSEHOLD: record(
        "what",
        what=code(
            "joined left new_partner moved_address pregnancy_known birth death animal gp_registered support_ended contact_ended school_joined school_left school_withdrawal_asked placed returned_home left_area"
        ),
        person=_person,
        address=_text,
        known=_flag,
        **{"with": _anybody},
    ),
    Kind.STEP_DOWN: record(
        "to status",
        to=code("early_help child_in_need universal"),
        status=code("proposed agreed"),
        views=_views,
        manager=_person,
    ),
    Kind.CLOSURE: record(
        reason_code=code(
            "needs_met stepped_down no_further_action early_help_after_assessment malicious moved_away died other"
        ),
        manager=_person,
        views=_views,
        summary=_flag,
        outcomes_evidenced=_flag,
        told_referrer=_flag,
    ),
    Kind.DISAGREEMENT: record("with status", status=code("raised escalated resolved withdrawn"), stage=Count(1)),
    Kind.COMPLAINT: record(),
    Kind.INFORMATION_REQUEST: record("answered", answered=_flag),
    Kind.NOTE: record("text"),
}
