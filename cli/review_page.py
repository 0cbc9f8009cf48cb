"""The page docs/review.md: what the review criticised, which rules answer it, and when each would first have spoken."""

from collections.abc import Iterator

from cli.markdown import page, table
from models.vocabulary import Stage
from workflow import rulebook
from workflow.heard import heard
from workflow.replay.interventions import Played
from workflow.replay.play import play
from workflow.replay.review_map import ReviewMap, Row, review_map
from workflow.replay.shelf import open_casebook


def review() -> str:
    """Write the map, played anew."""
    mapped = review_map()
    played = play(open_casebook(mapped.casebook))
    rows = [(", ".join(row.paragraphs), row.when, row.what, _answers(row, mapped, played)) for row in mapped.rows]
    asked = [(str(row.number), row.what, _answers(row, mapped, played)) for row in mapped.recommendations]
    fine = [(paragraph, why) for paragraph, why in mapped.no_fault.items()]
    return page(
        "The review, mapped",
        *_head(mapped, played),
        "## What the review criticised",
        table(("Paragraphs", "When", "What went wrong, in our words", "Which rules answer, and when first"), rows),
        "## What the review recommended",
        table(("No.", "What it asks for", "Which rules answer, and when first"), asked),
        "## Paragraphs that find no fault",
        table(("Paragraph", "Why it is in no row"), fine),
        "## Rules from elsewhere",
        "These answer other reviews and the statutory guidance; [rules.md](rules.md) gives their sources.",
        table(("Stage", "Rules"), _elsewhere(mapped)),
    )


def _head(mapped: ReviewMap, played: Played) -> Iterator[str]:
    answering = {rule for row in mapped.rows for rule in row.named}
    speaking = {rule for row in mapped.rows for rule, first in row.firsts(played).items() if first}
    yield (
        f"The source is: {played.casebook.source}. Its analysis, its account and its learning points (sections 5 to 7)"
        f" criticise {len(mapped.rows)} things. Of the {len(rulebook.RULES)} rules of the engine, {len(answering)} answer"
        f" them, and {len(speaking)} of these speak when the story is played to the engine:"
        f" `mash replay {mapped.casebook}`."
    )
    yield (
        "The day beside a rule is the first on which it would have spoken on that matter. *About* means that the source"
        " gives the day only to the week or the month; *by silence*, that the rule speaks because the source does not"
        " mention what ought to have been done. A rule without a day answers the same thing and does not speak in"
        " this story; the reason is given. The map itself is `workflow/replay/reviews/luke-and-matt.yaml`."
    )
    yield "Reasons that are given more than once:"
    yield "\n".join(f"- *{key.replace('_', ' ')}*: {why}" for key, why in mapped.reasons.items())


def _answers(row: Row, mapped: ReviewMap, played: Played) -> str:
    said = []
    for rule, first in row.firsts(played).items():
        why = mapped.why(row, rule) or "does not speak in this story."
        why = f"*{why.replace('_', ' ')}*" if why in mapped.reasons else why
        said.append(f"`{rule}` {heard(first)}" if first else f"`{rule}`: {why}")
    return "<br>".join(said)


def _elsewhere(mapped: ReviewMap) -> Iterator[tuple[str, str]]:
    answering = {rule for row in mapped.rows for rule in row.named}
    for stage in Stage:
        others = [f"`{rule.id}`" for rule in rulebook.RULES if rule.stage is stage and rule.id not in answering]
        if others:
            yield stage.value.replace("_", " "), ", ".join(others)
