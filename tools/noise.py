"""`make noise`: how much the product says to people who do their work well. Ordinary practice on the real engine."""

import argparse
import tempfile
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.tables.post import MessageRow
from models.tables.referral import DecisionRow, RecordRow, ReferralRow
from models.tables.work import TaskRow
from models.vocabulary import State
from tools.practice import BEGIN, World
from tools.practice_child import Child
from tools.practice_paths import MIX, journey
from workflow.errors import MashError
from workflow.intake import refer

REFERRALS = 100
WEEKS_OF_ARRIVALS = 12
MOST_MORNINGS = 260
LONGEST = timedelta(weeks=64)
CONCERNS = {
    "no_further_action": [("school_absence",), ("other",), ("hygiene",)],
    "early_help": [("school_absence",), ("home_conditions",), ("mental_health",)],
    "not_in_need": [("domestic_abuse",), ("mental_health",), ("neglect",), ("alcohol_misuse",), ("home_conditions",)],
    "child_in_need": [("neglect",), ("mental_health", "neglect"), ("domestic_abuse",), ("home_conditions",)],
    "enquiry_nothing_found": [("injury",), ("physical_abuse",), ("domestic_abuse",)],
    "enquiry_child_in_need": [("physical_abuse",), ("neglect", "domestic_abuse"), ("injury",)],
    "conference": [("neglect",), ("physical_abuse", "neglect"), ("domestic_abuse", "neglect")],
}
REFERRERS = [*(f"officer{n}" for n in range(6)), *(f"school{n}" for n in range(8)), *(f"visitor{n}" for n in range(6))]


def arrive(world: World, number: int, outcome: str, when: datetime) -> None:
    """Let one referral come in, and its journey begin."""
    chance = world.chance
    born = (when - timedelta(days=chance.randrange(400, 5800))).date()
    child = Child(
        world,
        f"Practice Child Number {number:04}",
        born,
        chance.choice(CONCERNS[outcome]),
        chance.choice(REFERRERS),
        late=0.25 if chance.random() < 0.2 else 0.0,
        attachments=int(chance.random() < 0.3),
    )

    def begins() -> None:
        given = {
            "child": child.name,
            "born": born,
            "concerns": list(child.concerns),
            "words": "what was seen, in plain words",
            "carers": f"Parent {number:04}:mother",
            "consent": "given",
            "attachments": child.attachments,
        }
        try:
            done = refer(world.hub.engine, world.actor(child.referrer), world.now, given)
        except MashError as error:
            world.counts.stuck[f"refer: {error.says}"] += 1
            return
        child.manager = chance.choice(["mona", "hub_manager0", "hub_manager1"])
        child.opened(done.reference)
        world.begin(journey(child, outcome), world.now)
        world.begin(mornings(child), world.now + timedelta(hours=16))

    world.later(world.working(when), begins)


def mornings(child: Child):  # type: ignore[no-untyped-def]
    """Look at the list every working morning, until it is closed."""
    for _ in range(MOST_MORNINGS):
        if child.stuck or child.state == State.CLOSED.value:
            return
        child.morning()
        yield timedelta(hours=20)


def practise(url: str, referrals: int, seed: int) -> World:
    """Play so many referrals to their end."""
    world = World(url, seed)
    outcomes, weights = zip(*MIX, strict=True)
    for number in range(referrals):
        when = BEGIN + timedelta(weeks=WEEKS_OF_ARRIVALS) * world.chance.random()
        arrive(world, number, world.chance.choices(outcomes, weights)[0], when)
    world.run(BEGIN + LONGEST)
    return world


def table(title: str, counted: Counter[str], per: int, said: dict[str, str] | None = None, most: int = 10) -> None:
    """Print the loudest of something."""
    print(f"\n{title}: {sum(counted.values())}, {sum(counted.values()) / per:.2f} for each referral")
    for name, number in counted.most_common(most):
        print(f"  {number:5}  {name}" + (f": {said[name]}" if said and name in said else ""))


def report(world: World, referrals: int) -> None:
    """Print the figures."""
    counts = world.counts
    with world.hub.engine.database.reading() as connection:
        ask = lambda query: connection.execute(query).all()  # noqa: E731
        states = Counter(row["state"] for row in world.hub.rows(ReferralRow))
        by_rule = Counter(dict(map(tuple, ask(select(MessageRow.rule, func.count()).group_by(MessageRow.rule)))))
        by_template = Counter(
            dict(map(tuple, ask(select(MessageRow.template, func.count()).group_by(MessageRow.template))))
        )
        alone = (
            select(MessageRow.template, func.count()).where(MessageRow.letter.is_(None)).group_by(MessageRow.template)
        )
        at_once = Counter(dict(map(tuple, ask(alone))))
        status = dict(map(tuple, ask(select(MessageRow.status, func.count()).group_by(MessageRow.status))))
        tasks = Counter(dict(map(tuple, ask(select(TaskRow.rule, func.count()).group_by(TaskRow.rule)))))
        breached = Counter(
            dict(
                map(
                    tuple,
                    ask(
                        select(MessageRow.rule, func.count())
                        .where(MessageRow.template == "clock_breached")
                        .group_by(MessageRow.rule)
                    ),
                )
            )
        )
        acts = connection.execute(select(func.count()).select_from(DecisionRow)).scalar_one()
        events = connection.execute(select(func.count()).select_from(RecordRow)).scalar_one()
    print(f"{referrals} referrals, {acts} acts, {events} events; they stand at {dict(states)}")
    table("Refusals", counts.refused, referrals, counts.said, 25)
    table("Warnings", counts.warned, referrals, counts.said, 15)
    table("Refusals that doing what they say did not mend", counts.unmended, referrals, counts.said, 25)
    table("Stuck", counts.stuck, referrals, None, 25)
    table("Messages, by rule", by_rule, referrals, None, 15)
    table("Messages, by template", by_template, referrals, None, 15)
    print(f"  of which {status}")
    table("Messages that did not wait, by template", at_once, referrals, None, 15)
    table("Tasks, by rule", tasks, referrals, None, 15)
    table("Deadlines missed, by rule", breached, referrals, None, 15)
    table("Lines of the morning's list, by rule", counts.seen, referrals, None, 15)
    table("Lines that nobody knew how to do", counts.unknown, referrals, None, 20)
    days = sorted(counts.letters.values())
    print(
        f"\nLetters: {sum(days)}; {dict(counts.urgent)}; on days with any {sum(days) / len(days):.2f} a person, at most {days[-1]}"
    )


def main() -> None:
    """Play and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--referrals", type=int, default=REFERRALS)
    options.add_argument("--seed", type=int, default=4280)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = practise(f"sqlite:///{folder}/noise.db", chosen.referrals, chosen.seed)
        report(world, chosen.referrals)
        world.hub.engine.database.dispose()


if __name__ == "__main__":
    main()
