"""How things go wrong at the command line: one clear sentence, what to do about it, and an exit code. Never a trace."""

import json
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cli.printing import folded
from workflow.errors import (
    BadCommandError,
    ChangedError,
    MashError,
    NotFoundError,
    Refusal,
    RefusedError,
)

DONE: Final = 0
BLOCKED: Final = 1
BAD_INPUT: Final = 2
NOT_FOUND: Final = 3
CHANGED: Final = 4
NOT_SET_UP: Final = 5
STOPPED: Final = 130
PIPE_CLOSED: Final = 141


class NotSetUpError(MashError):
    """The product is not set up here, or a part of it cannot be reached."""


def exit_code(error: MashError) -> int:
    """Return the exit code of a mistake or refusal; whatever is not named here is blocked."""
    codes = {BadCommandError: BAD_INPUT, NotFoundError: NOT_FOUND, ChangedError: CHANGED, NotSetUpError: NOT_SET_UP}
    return codes.get(type(error), BLOCKED)


def as_data(error: MashError) -> dict[str, Any]:
    """Return a mistake or refusal as plain data."""
    refusals = [refusal.as_dict() for refusal in error.refusals] if isinstance(error, RefusedError) else []
    return {
        "error": type(error).__name__.removesuffix("Error"),
        "says": error.says,
        "advice": error.advice,
        "refusals": refusals,
    }


def tell(error: MashError, *, as_json: bool) -> int:
    """Say what is wrong and what to do, on the error stream (as JSON on the output), and return the exit code."""
    if as_json:
        print(json.dumps(as_data(error), indent=2, ensure_ascii=False))
        return exit_code(error)
    lines = folded(error.says)
    for number, refusal in enumerate(error.refusals if isinstance(error, RefusedError) else (), 1):
        lines += refusal_lines(number, refusal)
    if error.advice:
        lines += folded(error.advice)
    print("\n".join(lines), file=sys.stderr)
    return exit_code(error)


def refusal_lines(number: int, refusal: Refusal) -> list[str]:
    """Say one refusal in the order in which it is read: what is missing, who can mend it, and by which rule."""
    return [
        *folded(f"{number}. {refusal.missing}", 2, 3),
        *(folded(refusal.reckoning, 5, 2) if refusal.reckoning else ()),
        *folded(f"Who can mend it: {refusal.who_can_mend}.".replace("..", "."), 5, 2),
        *folded(f"Rule: {refusal.says} ({refusal.rule})", 5, 2),
        *folded(f"Source: {refusal.source}", 5, 2),
    ]


def tell_unexpected(error: Exception, *, as_json: bool) -> int:
    """Say that something went wrong that should not have, and where the log of it is."""
    where = _log(error)
    says = f"Something went wrong inside mash ({type(error).__name__}); nothing of this command was half-done."
    return tell(NotSetUpError(says, f"The log is {where}; please report it." if where else ""), as_json=as_json)


def _log(error: Exception) -> Path | None:
    # The places in the code and the kind of error, and not its message: that could hold somebody's words.
    from config import clock, settings

    try:
        home = settings.load().home
        home.mkdir(parents=True, exist_ok=True)
        place = home / "mash.log"
        with place.open("a", encoding="utf-8") as log:
            log.write(_entry(error, clock.now()))
    except Exception:  # noqa: BLE001 (the log is a kindness; without it the sentence is still said)
        return None
    return place


def _entry(error: Exception, at: datetime) -> str:
    return f"{at.isoformat()} {type(error).__module__}.{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}\n"
