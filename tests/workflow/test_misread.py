"""What is wrong with what somebody typed, in words that whoever typed it can act on."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from models.vocabulary import Concern
from workflow.misread import faults
from workflow.verbs import REFER, VERBS


class Few(StrEnum):
    ONE = "one"
    TWO = "two"


def odd(given: object) -> object:
    raise ValueError("is odd.")


class Form(BaseModel):
    """A field of every sort that a verb or a setting has."""

    model_config = ConfigDict(extra="forbid")

    day: date = date(2026, 3, 10)
    moment: datetime | None = None
    count: int = Field(1, ge=1, le=9)
    share: float = Field(0.5, gt=0, lt=1)
    flag: bool = True
    words: str = Field("words", min_length=3, max_length=8)
    few: Few = Few.ONE
    colour: Literal["red", "amber", "green"] = "red"
    concerns: tuple[Concern, ...] = Field((Concern.NEGLECT,), min_length=1)
    pairs: dict[str, str] = {}
    place: Path = Path("var")
    number: Annotated[int, BeforeValidator(odd)] | None = None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "2026-02-31"}, "day is a day such as 2026-03-31, not '2026-02-31'"),
        ({"day": "soon"}, "day is a day such as 2026-03-31, not 'soon'"),
        ({"day": "2026-03-31T14:00"}, "day is a day such as 2026-03-31, not '2026-03-31T14:00'"),
        ({"moment": "2026-02-31T10:00"}, "moment is a moment such as 2026-03-31T14:00, not '2026-02-31T10:00'"),
        ({"moment": ""}, "moment is a moment such as 2026-03-31T14:00, not nothing"),
        ({"count": "two"}, "count is a whole number, not 'two'"),
        ({"count": 1.5}, "count is a whole number, not '1.5'"),
        ({"count": 0}, "count is at least 1, not '0'"),
        ({"count": 10}, "count is at most 9, not '10'"),
        ({"share": "half"}, "share is a number, not 'half'"),
        ({"share": 0}, "share is more than 0, not '0'"),
        ({"share": 1.25}, "share is less than 1, not '1.25'"),
        ({"flag": "perhaps"}, "flag is true or false, not 'perhaps'"),
        ({"words": ""}, "words is empty"),
        ({"words": "  "}, "words is empty"),
        ({"words": "so"}, "words is too short: at least 3 letters"),
        ({"words": "so many words"}, "words is longer than 8 letters"),
        ({"words": ["so"]}, "words is words, not \"['so']\""),
        ({"few": "three"}, "few cannot be 'three'; it is one or two"),
        ({"colour": "amer"}, "colour cannot be 'amer'; did you mean amber"),
        ({"colour": "puce"}, "colour cannot be 'puce'; it is red, amber or green"),
        ({"concerns": ["negelct"]}, "concerns cannot be 'negelct'; did you mean neglect"),
        ({"concerns": ["zzz"]}, "concerns cannot be 'zzz'"),
        ({"concerns": []}, "concerns is empty"),
        ({"pairs": "a"}, "pairs is written NAME:VALUE, with commas between several, not 'a'"),
        ({"place": 5}, "place is the name of a file or folder, not '5'"),
        ({"number": 3}, "number is odd"),
        ({"weather": "fine"}, "weather is not one of its details"),
        ({"count": "x" * 99}, f"count is a whole number, not '{'x' * 37}...'"),
        ({"count": "a\nb"}, "count is a whole number, not 'a?b'"),
    ],
)
def test_a_fault_is_said_in_plain_words(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Form.model_validate(given)

    assert faults(raised.value.errors()) == [said]


def test_every_fault_is_said_once_in_the_order_of_the_fields() -> None:
    with pytest.raises(ValidationError) as raised:
        Form.model_validate({"count": 0, "concerns": ["zzz", "zz"], "day": "soon"})

    assert [said.partition(" ")[0] for said in faults(raised.value.errors())] == [
        "day",
        "count",
        "concerns",
        "concerns",
    ]


@pytest.mark.parametrize("verb", [REFER, *VERBS.values()], ids=lambda verb: verb.name)
def test_no_verb_answers_nonsense_in_the_words_of_a_library(verb: object) -> None:
    command = verb.command  # type: ignore[attr-defined]
    with pytest.raises(ValidationError) as raised:
        command.model_validate({name: ["?"] for name in command.model_fields})

    said = faults(raised.value.errors())
    assert said
    assert not [one for one in said if "should" in one or "valid " in one or "cannot be so" in one], said
