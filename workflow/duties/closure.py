"""Duties of the closure: everybody is asked, asked again, and the manager hears when it is ready. Live record only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.proposal import proposal, waiting_for
from workflow.questions import mark, professional
from workflow.rule import Duty, Ought, Terms
from workflow.telling import referrers_of


def views_asked(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """One request to each person at work with the child, the moment a closure is put forward."""
    proposed = proposal(case)
    if proposed is None:
        return
    due = terms.due(proposed.at, "view_reply")
    for who in waiting_for(case):
        key = f"view:{mark(proposed)}:{who.id}"
        yield Ought(key, "Say what you think of closing this.", "view_wanted", to=(who.id,), task=True, due=due)


ASK_VIEWS: Final = Duty(
    id="ask-involved-views",
    stage=Stage.CLOSURE,
    says="Everybody at work with the child is asked for a view the moment a closure is put forward.",
    source="SCR Matt 6.6.1, 7.1.9",
    mend="each of them, with `give-view`",
    ordinary=True,
    judge=views_asked,
)


def views_chased(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """A reminder when the time is nearly over; the clock then climbs by itself."""
    proposed = proposal(case)
    if proposed is None or now < terms.due(proposed.at, "view_reply.warn"):
        return
    due = terms.due(proposed.at, "view_reply")
    for who in waiting_for(case):
        key = f"chase:{mark(proposed)}:{who.id}"
        yield Ought(key, "Your view on closing this is still wanted.", "view_chased", to=(who.id,), due=due)


CHASE_VIEWS: Final = Duty(
    id="chase-views",
    stage=Stage.CLOSURE,
    says="Whoever has given no view on a closure is asked again before the time is over.",
    source="SCR Matt 6.6.1",
    mend="each of them, with `give-view`",
    ordinary=True,
    judge=views_chased,
)


def signature_asked(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """Nobody signs before everybody was heard, so nobody is asked to."""
    proposed = proposal(case)
    if proposed is None or waiting_for(case):
        return
    yield Ought(
        key=f"sign:{mark(proposed)}",
        says="Sign this closure, or send it back with a reason.",
        template="sign_off_wanted",
        to_role=Role.TEAM_MANAGER,
        besides=tuple(who for who in (proposed.by, proposed.get("holder")) if who),
        task=True,
        due=terms.due(now, "closure_sign_off"),
    )


SIGNATURE: Final = Duty(
    id="sign-off-asked",
    stage=Stage.CLOSURE,
    says="A manager is asked to sign a closure when everybody at work with the child has been heard.",
    source="SCR Matt 6.6.1",
    mend="a manager, with `sign-off` or `return-closure`",
    ordinary=True,
    judge=signature_asked,
)


def everybody_told(case: Case, _terms: Terms, _now: datetime) -> Iterator[Ought]:
    """The referrer is told with every outcome; this tells the others who were at work with the child."""
    closed = case.last(Kind.CLOSURE)
    if case.family.live and closed is not None and not case.is_open:
        referrers = referrers_of(case, closed)
        to = tuple(who.id for who in case.views_due if who.id not in referrers)
        if to:
            yield Ought(f"closed:{mark(closed)}", "The case is closed.", "closed", to=to)


TELL_ALL: Final = Duty(
    id="tell-involved-closed",
    stage=Stage.CLOSURE,
    says="Everybody at work with the child is told when the case closes.",
    source="SCR Matt 5.24, 6.1.24, 6.5.2",
    mend="the engine, by itself",
    ordinary=True,
    judge=everybody_told,
)


def let_go_told(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever others have noted as gone hears of it, and is in the case again with the next thing they say."""
    if not case.family.live:
        return
    here = {who.id for who in case.involved}
    for event in case.now_of(Kind.INVOLVEMENT):
        who = event.get("who")
        if (
            event.get("status") == "ended"
            and who
            and who not in {event.by, *here}
            and professional(case, who) is not None
        ):
            says = "Somebody noted that you no longer work with this child: if you do, say so with `give-view`."
            due = terms.due(event.at, "view_reply")
            yield Ought(f"let-go:{mark(event)}", says, "task", to=(who,), task=True, due=due)


LET_GO: Final = Duty(
    id="let-go-is-told",
    stage=Stage.CLOSURE,
    says="Whoever is noted as no longer at work with a child is told so, and may say that it is wrong.",
    source="SCR Matt 5.24, 6.6.1, 7.1.9",
    mend="the engine, by itself",
    ordinary=True,
    judge=let_go_told,
)

DUTIES: Final[tuple[Duty, ...]] = (ASK_VIEWS, CHASE_VIEWS, SIGNATURE, TELL_ALL, LET_GO)
