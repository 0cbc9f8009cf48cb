"""Clocks of the closure: the views, then the signature. They run in the live record only."""

from collections.abc import Iterator
from typing import Final

from models.facts import Case
from models.vocabulary import Stage
from workflow.proposal import proposal, waiting_for
from workflow.questions import mark
from workflow.rule import Clock, Running, Terms


def views_in(case: Case, terms: Terms) -> Iterator[Running]:
    """From the proposal until everybody has said something. Silence never becomes agreement."""
    proposed = proposal(case)
    if proposed is not None and waiting_for(case):
        due, warn = terms.due(proposed.at, "view_reply"), terms.due(proposed.at, "view_reply.warn")
        yield Running(mark(proposed), proposed.at, due, warn, says="A proposed closure waits for views.")


VIEWS: Final = Clock(
    id="closure-views-due",
    stage=Stage.CLOSURE,
    says="Everybody asked for a view on a closure gives it within a few working days.",
    source="SCR Matt 6.6.1, 7.1.9",
    mend="each of them, with `give-view`; the worker, with `end-involvement`",
    ordinary=True,
    judge=views_in,
)


def signed(case: Case, terms: Terms) -> Iterator[Running]:
    """From the last view until a manager signs or sends it back."""
    proposed = proposal(case)
    if proposed is not None and not waiting_for(case):
        ready = max([proposed.at, *(event.at for event in case.since(proposed) if event.get("view"))])
        due = terms.due(ready, "closure_sign_off")
        yield Running(mark(proposed), ready, due, says="A proposed closure waits for its signature.")


SIGN_OFF: Final = Clock(
    id="closure-sign-off-due",
    stage=Stage.CLOSURE,
    says="A proposed closure on which everybody was heard is signed or sent back within a few working days.",
    source="SCR Matt 6.6.1",
    mend="a manager, with `sign-off` or `return-closure`",
    ordinary=True,
    judge=signed,
)

CLOCKS: Final[tuple[Clock, ...]] = (VIEWS, SIGN_OFF)
