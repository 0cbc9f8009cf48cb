"""Who may do what: one table, verb by role. What is not in it is not allowed."""

from typing import Final

from models.vocabulary import Role

_HUB = frozenset({Role.TRIAGE_WORKER, Role.MASH_MANAGER})
_SOCIAL_WORK = frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER})
_MANAGERS = frozenset({Role.MASH_MANAGER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE})
_COUNCIL = _HUB | _SOCIAL_WORK | {Role.HEAD_OF_SERVICE}
_EARLY_HELP = frozenset({Role.EARLY_HELP_COORDINATOR})
_ANYBODY_AT_WORK = _COUNCIL | _EARLY_HELP | {Role.PARTNER}
_SYSTEM = frozenset({Role.SYSTEM})

MAY: Final[dict[str, frozenset[Role]]] = {
    "refer": _ANYBODY_AT_WORK,
    "begin-triage": _HUB,
    "add-concern": _ANYBODY_AT_WORK,
    "grade": _COUNCIL,
    "agree-grade": _COUNCIL,
    "ask": _COUNCIL,
    "reply": _EARLY_HELP | {Role.PARTNER},
    "spoke-to": _COUNCIL,
    "review-evidence": _COUNCIL,
    "check-history": _COUNCIL,
    "read-chronology": _COUNCIL,
    "put-for-decision": _HUB,
    "decide": _MANAGERS,
    "wake": _HUB | _SYSTEM,
    "allocate": _MANAGERS,
    "end-allocation": _MANAGERS,
    "pass-on": _SYSTEM,
    "involve": _COUNCIL,
    "end-involvement": _COUNCIL,
    "ask-who-holds": _ANYBODY_AT_WORK,
    "add-person": _COUNCIL,
    "record-household": _COUNCIL,
    "protect-address": _COUNCIL,
    "log-concern": _ANYBODY_AT_WORK,
    "record-incident": _COUNCIL | {Role.PARTNER},
    "call-strategy": _COUNCIL,
    "move-meeting": _COUNCIL,
    "invite": _COUNCIL | _SYSTEM,
    "send-account": _ANYBODY_AT_WORK,
    "excuse": _MANAGERS | {Role.SOCIAL_WORKER},
    "hold-strategy": _MANAGERS | {Role.SOCIAL_WORKER},
    "decline-strategy": _MANAGERS,
    "record-medical": _COUNCIL,
    "record-tool": _ANYBODY_AT_WORK,
    "record-safety-plan": _COUNCIL,
    "record-order": _SOCIAL_WORK | {Role.HEAD_OF_SERVICE},
    "record-agency-decision": _COUNCIL | {Role.PARTNER},
    "second-sign": _MANAGERS,
    "conclude-enquiry": _MANAGERS,
    "hold-conference": _MANAGERS | {Role.SOCIAL_WORKER},
    "complete-assessment": _MANAGERS,
    "start-plan": _SOCIAL_WORK,
    "change-plan": _SOCIAL_WORK,
    "hold-meeting": _SOCIAL_WORK,
    "record-visit": _ANYBODY_AT_WORK,
    "record-outcome": _SOCIAL_WORK,
    "set-condition": _SOCIAL_WORK,
    "record-appointment": _ANYBODY_AT_WORK,
    "record-attempt": _ANYBODY_AT_WORK,
    "record-police-check": _COUNCIL | {Role.PARTNER},
    "use-contingency": _SOCIAL_WORK | {Role.HEAD_OF_SERVICE},
    "record-agreement": _SOCIAL_WORK,
    "record-legal-advice": _SOCIAL_WORK | {Role.HEAD_OF_SERVICE},
    "promise": _ANYBODY_AT_WORK,
    "record-complaint": _COUNCIL,
    "offer-step-down": _MANAGERS,
    "accept": _EARLY_HELP,
    "decline": _EARLY_HELP,
    "record-consent": _EARLY_HELP | _SOCIAL_WORK | _HUB,
    "make-first-contact": _EARLY_HELP,
    "propose-closure": _SOCIAL_WORK | _HUB,
    "give-view": _ANYBODY_AT_WORK,
    "return-closure": _MANAGERS,
    "sign-off": _MANAGERS,
    "challenge": _ANYBODY_AT_WORK,
    "climb-challenge": _ANYBODY_AT_WORK | _SYSTEM,
    "settle-challenge": _MANAGERS,
    "withdraw-challenge": _ANYBODY_AT_WORK,
    "tell": _SYSTEM,
    "record-told": _COUNCIL,
    "answer-alarm": _COUNCIL,
}

KEYS_IN: Final = _HUB
"""Who may say that a contact reached the hub earlier than it was written down: whoever takes contacts in."""


def may(role: Role, verb: str) -> bool:
    """Tell whether somebody in this role may do this at all."""
    return role in MAY.get(verb, frozenset())
