"""Answering an alarm: somebody has looked at a pattern, and says why it stands as it does."""

from typing import Final

from models.commands import challenge as commands
from models.vocabulary import Kind, Stage
from workflow import rulebook
from workflow.actions.act import Act, Step, Verb
from workflow.alarms import pattern_key, unanswered
from workflow.errors import BadCommandError
from workflow.rule import Gate, Signal


def answer_alarm(act: Act, command: commands.AnswerAlarm) -> Step:
    """Fold a pattern away until new facts change its key. The floor it holds stays where it is."""
    rule = rulebook.BY_ID.get(command.rule)
    if isinstance(rule, Gate):
        raise BadCommandError(
            f"{rule.id} speaks when something is recorded.", "Where it only warns, add anyway='...' to that verb."
        )
    if not isinstance(rule, Signal):
        raise BadCommandError(
            f"{command.rule} is no pattern that could be answered.",
            f"`mash show {act.standing.reference}` lists the patterns under Watch; a deadline is met, not answered.",
        )
    seen = [pattern_key(pattern) for pattern in rule.judge(act.case, act.terms, act.now)]
    keys = unanswered(act.case, rule.id, seen)
    if not keys:
        what = "was answered already, and nothing is new" if seen else "is not seen in this case"
        raise BadCommandError(f"{rule.id} {what}.", f"`mash show {act.standing.reference} --all` lists what is.")
    event = act.event(Kind.ALARM_ANSWERED, rule=rule.id, keys=tuple(keys), words=command.reason)
    return Step((event,), reason=f"{rule.id}: {command.reason}")


VERBS: Final = (
    Verb(
        name="answer-alarm",
        stage=Stage.PLANS,
        says="Answer a pattern that is watched, until the facts change.",
        command=commands.AnswerAlarm,
        step=answer_alarm,
    ),
)
