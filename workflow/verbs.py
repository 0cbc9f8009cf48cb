"""Everything that can be done to a referral, in the order of its stages: a table of contents."""

from typing import Final

from models.commands import front_door as commands
from models.vocabulary import Stage
from workflow.actions import (
    alarms,
    challenge,
    closure,
    enquiry,
    front_door,
    household,
    plans,
    step_down,
    strategy,
    watching,
)
from workflow.actions.act import Act, Step, Verb

VERBS: Final[dict[str, Verb]] = {
    verb.name: verb
    for verb in (
        *front_door.VERBS,
        *household.VERBS,
        *strategy.VERBS,
        *enquiry.VERBS,
        *plans.VERBS,
        *watching.VERBS,
        *step_down.VERBS,
        *closure.VERBS,
        *challenge.VERBS,
        *alarms.VERBS,
    )
}


def _opened_by_intake(_act: Act, _command: commands.Refer) -> Step:
    raise AssertionError("A referral is opened by workflow.intake, which needs no referral to begin with.")


REFER: Final = Verb(
    name="refer",
    stage=Stage.FRONT_DOOR,
    says="Tell the hub about a child.",
    command=commands.Refer,
    step=_opened_by_intake,
)
"""The one verb that has no referral yet; `workflow.intake` carries it out."""
