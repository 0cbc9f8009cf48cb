"""The replay: a story's events folded through the rules, one at a time, on a clock that the story itself moves on.

Before each event time passes: clocks sound, patterns of absence appear, and duties fall to the engine that nobody
took up. Then the gates judge the event. Then it has happened, refused or not, and the signals look at what is known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from inspect import signature
from typing import Any

from config.clock import LONDON
from config.policy import Effect, Policy, PolicyBook
from models.events import Event
from models.facts import Case, Family
from models.vocabulary import Grade, Kind, Stage
from workflow import rulebook
from workflow.calendar import WorkingCalendar
from workflow.questions import known
from workflow.replay.casebook import Casebook
from workflow.replay.heeding import Heard, Patterns, Unshown, Waiting, believed, in_hand, width
from workflow.replay.interventions import Answer, Intervention, Played, Sound, joined
from workflow.rule import Clock, Duty, Finding, Gate, Rule, Running, Signal, Terms


def play(casebook: Casebook, policies: PolicyBook | None = None, calendar: WorkingCalendar | None = None) -> Played:
    """Play a casebook, under its own authority's policies unless others are given. Pure but for reading the packs."""
    policies = policies or PolicyBook.load(casebook.authority)
    player = _Player(casebook, policies, calendar or WorkingCalendar.england(), casebook.family)
    for event in casebook.events:
        player.advance(event.at)
        player.judge(event)
        player.happen(event)
    if casebook.events:
        player.advance(player.calendar.end_of_day(casebook.until or _day(casebook.events[-1].at)))
        player.end()
    order = sorted(player.found, key=lambda each: (each.on, each.event))
    return Played(casebook, policies.packs[-1].authority, tuple(order))


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


@dataclass
class _Player:
    """Where a replay stands: what has happened, and what the engine has already said."""

    casebook: Casebook
    policies: PolicyBook
    calendar: WorkingCalendar
    family: Family
    found: list[Intervention] = field(default_factory=list)
    _last: Event | None = None
    _children: dict[str, None] = field(default_factory=dict)
    _cases: dict[str, Case] = field(default_factory=dict)
    _answers: dict[str, dict[tuple[str, Policy], list[Any]]] = field(default_factory=dict)
    patterns: Patterns = field(default_factory=Patterns)
    _said: set[tuple[object, ...]] = field(default_factory=set)
    _unshown: dict[tuple[object, ...], Unshown] = field(default_factory=dict)
    _in_time: dict[tuple[object, ...], Sound] = field(default_factory=dict)
    """Warnings in a story that leaves much out: unless the deadline passes, they are taken to have been heeded."""

    def terms(self, moment: datetime) -> tuple[Terms, date]:
        """Return the policy of a day, and that day. What lies before the oldest pack is judged by the oldest pack."""
        first = min(value.start for value in self.policies.packs[0].values)
        day = max(_day(moment), first)
        return Terms(self.policies.on(day), self.calendar), day

    def judge(self, event: Event) -> None:
        """Ask every gate about an event that is about to happen. What one rule finds is one intervention."""
        if not known(event):
            return
        terms, day = self.terms(event.at)
        heard: list[Heard] = []
        for gate in rulebook.GATES:
            effect = terms.policy.effect(gate.id, gate.effect)
            if event.kind in gate.on and effect is not Effect.OFF and day >= gate.since:
                heard.append((gate, effect, {child: self._found(gate, child, event, terms) for child in event.about}))
        for gate, effect, by_child in believed(event, heard) if self.family.silence_unknown else heard:
            findings = [finding for several in by_child.values() for finding in several]
            if findings:
                lets = effect is Effect.WARN or all(finding.light for finding in findings)
                said = Sound(
                    event.at,
                    gate,
                    "",
                    Answer.WARNED if lets else Answer.REFUSED,
                    joined(findings),
                    event.index,
                    loose=event.loose or any(finding.loose for finding in findings),
                    silent=all(finding.silent for finding in findings),
                )
                self._keep(said, tuple(child for child, several in by_child.items() if several))

    def _found(self, gate: Gate, child: str, event: Event, terms: Terms) -> list[Finding]:
        found = gate.judge(self._case(child), event, terms)
        return [finding for finding in found if not self._shows_nothing(gate, finding.silent)]

    def happen(self, event: Event) -> None:
        """Put an event on record, whatever the gates said. What nobody knew at the time stays out of every rule."""
        self._last = event
        if known(event):
            self._children.update(dict.fromkeys(event.about))
            self.family = self.family.after([event])
            self._cases = {child: case.beside(self.family) for child, case in self._cases.items()}
            # Early help works with a family: what it says of one child is read of brothers and sisters too.
            for child in self._children if event.kind is Kind.EARLY_HELP else event.about:
                self._cases.pop(child, None)
                self._answers.pop(child, None)
            self.join(self.patterns.answered(event))
        self._raise(event.at, event.loose)

    def advance(self, until: datetime) -> None:
        """Let time pass up to a moment: what falls before it sounds."""
        if self._last is None or until <= self._last.at:
            return
        self.join(sorted([*self._clocks(until), *self._duties(until)], key=lambda sound: sound.at))
        self._raise(until, loose=False)
        self.join(self.patterns.overdue(until))

    def end(self) -> None:
        """Say what is still owed when the story is over."""
        self.join(late.sound for late in self._unshown.values() if late.forgotten(self._case(late.sound.child)))
        self.join(self.patterns.overdue())

    def _case(self, child: str) -> Case:
        if child not in self._cases:
            self._cases[child] = self.family.case(child)
        return self._cases[child]

    def _answer(self, rule: Clock | Duty | Signal, child: str, terms: Terms, *now: datetime) -> list[Any]:
        """Ask a rule about a child. It is asked anew only when something may have changed its answer."""
        if heeds_more(rule):
            return list(rule.judge(self._case(child), terms, *now))
        kept = self._answers.setdefault(child, {})
        key = (rule.id, terms.policy)
        if key not in kept:
            kept[key] = list(rule.judge(self._case(child), terms, *now))
        return kept[key]

    @property
    def _index(self) -> int:
        """The place of the last event."""
        return self._last.index if self._last is not None else 0

    def _since(self, moment: datetime | None) -> datetime:
        """Return a moment, but never before the last event: until then nobody could have known."""
        if self._last is None:
            raise RuntimeError("Time passes only once something has happened.")
        return max(moment, self._last.at) if moment else self._last.at

    def _first(self, *key: object) -> bool:
        """Tell whether this has not been said before, and note that it is now."""
        if key in self._said:
            return False
        self._said.add(key)
        return True

    def _clocks(self, until: datetime) -> Iterator[Sound]:
        terms, day = self.terms(self._since(None))
        for clock in rulebook.CLOCKS:
            if day < clock.since or terms.policy.effect(clock.id, clock.effect) is Effect.OFF:
                continue
            for child in self._children:
                answer = self._answer(clock, child, terms)
                yield from self._late(clock, child, answer)
                for running in answer:
                    yield from self._alarms(clock, child, running, until)

    def _late(self, clock: Rule, child: str, answer: list[Running]) -> Iterator[Sound]:
        """Yield the deadlines that the last event, their answer, or a long silence before it shows to have been missed."""
        running = {(clock.id, child, one.subject, one.due) for one in answer}
        for told in [told for told in self._unshown if told[:2] == (clock.id, child) and told not in running]:
            late = self._unshown.pop(told)
            if self._last is not None and late.shown_by(self._last):
                yield replace(late.sound, silent=False)
            elif late.forgotten(self._case(child)):
                yield late.sound

    def _alarms(self, clock: Rule, child: str, running: Running, until: datetime) -> Iterator[Sound]:
        """Yield the warning and the breach that fall before a moment. A warning slept through is not told late."""
        due = self._since(running.due)
        warn = self._since(running.warn) if running.warn else None
        told = (clock.id, child, running.subject, running.due)
        breach = Sound(due, clock, child, Answer.CLOCK, running.says or clock.says, self._index, "breached")
        breach = replace(breach, loose=running.loose, silent=running.silent)
        hidden = self._shows_nothing(clock, running.silent)
        # One failure, one answer, where nobody could have heard it.
        slept = due < until and self.family.silence_unknown
        if warn is not None and warn < min(until, due) and not hidden and not slept and self._first("warned", *told):
            warning = replace(breach, at=warn, state="warned")
            if self.family.silence_unknown:
                self._in_time[told] = warning
            else:
                yield warning
        if due < until and self._first("breached", *told):
            if told in self._in_time:
                yield self._in_time.pop(told)
            if hidden:
                silence = self.terms(due)[0].due(due, "silence_shows")
                latest = due + self._loosely(running)
                self._unshown[told] = Unshown(breach, latest, running.started, running.subject, silence)
            else:
                yield breach

    def _shows_nothing(self, rule: Rule, silent: bool) -> bool:
        """Tell whether an answer rests on ordinary work that a story which leaves much out does not mention."""
        return rule.ordinary and silent and self.family.silence_unknown

    def _loosely(self, running: Running) -> timedelta:
        """Return how much later a deadline may really be, its start being known only loosely."""
        begun = [event for event in self.family.record if running.loose and event.at == running.started]
        return max(map(width, begun), default=timedelta())

    def _duties(self, until: datetime) -> Iterator[Sound]:
        terms, day = self.terms(self._since(None))
        for duty in rulebook.DUTIES:
            if day < duty.since or terms.policy.effect(duty.id, duty.effect) is Effect.OFF:
                continue
            for child in self._children:
                for ought in self._answer(duty, child, terms, until):
                    at = self._since(ought.act_by)
                    if self._shows_nothing(duty, ought.silent) or ought.act_by is None or at >= until:
                        continue
                    if self._first(duty.id, child, ought.key):
                        yield Sound(
                            at, duty, child, Answer.ACTED, ought.says, self._index, None, ought.loose, ought.silent
                        )

    def _raise(self, now: datetime, loose: bool) -> None:
        """Note the patterns to be seen now. They are said once it is plain that nobody answers them."""
        terms, _ = self.terms(now)
        for sound, floor in self._patterns(now, loose):
            if isinstance(sound.rule, Signal) and sound.rule.lasts:
                self.join([sound])
            elif not in_hand(self._case(sound.child), sound.rule, floor):
                wanted = None if sound.rule.stage is Stage.PLANS else floor
                loosely = width(self._last) if self._last is not None and sound.loose else timedelta()
                self.patterns.waiting.append(Waiting(sound, wanted, terms.due(sound.at, "pattern_answered") + loosely))

    def _patterns(self, now: datetime, loose: bool) -> Iterator[tuple[Sound, Grade | None]]:
        terms, day = self.terms(now)
        for signal in rulebook.SIGNALS:
            if day < signal.since or terms.policy.effect(signal.id, signal.effect) is Effect.OFF:
                continue
            for child in self._children:
                for seen in self._answer(signal, child, terms, now):
                    if self._first(signal.id, child, seen.key):
                        at = min(self._since(seen.on or now), now)
                        sound = Sound(at, signal, child, Answer.SIGNAL, seen.says, self._index)
                        yield replace(sound, loose=loose or seen.loose, silent=seen.silent), seen.floor

    def join(self, sounds: Iterable[Sound]) -> None:
        """Keep what was heard, one intervention for all the children of whom the same is said at once."""
        together: dict[tuple[object, ...], list[Sound]] = {}
        for sound in sounds:
            same = (sound.rule.id, sound.index, _day(sound.at), sound.state, sound.says)
            together.setdefault(same, []).append(sound)
        for several in together.values():
            children = tuple(dict.fromkeys(sound.child for sound in several))
            said = several[0]
            if len(several) > 1:
                said = replace(
                    said,
                    loose=any(sound.loose for sound in several),
                    silent=all(sound.silent for sound in several),
                )
            self._keep(said, children)

    def _keep(self, sound: Sound, children: tuple[str, ...]) -> None:
        self.found.append(
            Intervention(
                on=_day(sound.at),
                event=sound.index,
                rule=sound.rule.id,
                effect=sound.effect,
                says=sound.says,
                source=sound.rule.source,
                children=children,
                state=sound.state,
                loose_date=sound.loose,
                rests_on_silence=sound.silent and self.family.silence_unknown,
            )
        )


@lru_cache(maxsize=256)
def heeds_more(rule: Clock | Duty | Signal) -> bool:
    """Tell whether more than the record of the child may change what a rule says: the time, or what befell others.

    A reading that has no use for the moment calls it `_now`.
    """
    others = isinstance(rule, Duty) and rule.family
    return others or "now" in signature(rule.judge).parameters
