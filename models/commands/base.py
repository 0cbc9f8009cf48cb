"""What every command has, and how lists and pairs are written in one word."""

from enum import Enum
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from models.about_a_child import Disability
from models.vocabulary import Concern, Factor

MOST_LETTERS: Final = 4000
LONGEST_NAME: Final = 200


def _listed(given: Any) -> Any:
    return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given


def _coded(given: Any) -> Any:
    listed = _listed(given)
    return tuple(part.lower() if isinstance(part, str) else part for part in listed) if given is not listed else given


def _answered(given: Any) -> Any:
    pairs = _paired(given)
    return {key.lower(): value.lower() for key, value in pairs.items()} if isinstance(given, str) else pairs


def _codes(kind: Any) -> frozenset[str]:
    """Return the codes among which a field's value is one, or none where it is no choice of codes."""
    if get_origin(kind) is Literal:
        return frozenset(str(choice) for choice in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return frozenset(str(choice.value) for choice in kind)
    if get_origin(kind) in {Union, UnionType}:
        return frozenset[str]().union(*map(_codes, get_args(kind)))
    return frozenset()


def _paired(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    pairs = [[side.strip() for side in part.partition(":")] for part in given.split(",") if part.strip()]
    if not all(key and colon and value for key, colon, value in pairs):
        raise ValueError("is written NAME:VALUE, with commas between several")
    return {key: value for key, _, value in pairs}


Ids = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Codes = Annotated[tuple[str, ...], BeforeValidator(_coded)]
Concerns = Annotated[tuple[Concern, ...], BeforeValidator(_coded)]
Factors = Annotated[tuple[Factor, ...], BeforeValidator(_coded)]
Disabilities = Annotated[tuple[Disability, ...], BeforeValidator(_coded)]
Answers = Annotated[dict[str, str], BeforeValidator(_answered)]
"""Pairs of codes, such as a concern and its answer."""
Pairs = Annotated[dict[str, str], BeforeValidator(_paired)]
Notes = Annotated[dict[str, Annotated[str, Field(max_length=MOST_LETTERS)]], BeforeValidator(_paired)]
"""What somebody wrote of several things, each by its number."""
Words = Annotated[str, Field(min_length=3, max_length=MOST_LETTERS)]


def has_a_letter(name: str) -> bool:
    """Tell whether what was written can be a name: a number alone is somebody's mistake."""
    return any(letter.isalpha() for letter in name)


def _a_name(given: str) -> str:
    if not has_a_letter(given):
        raise ValueError("has no letter in it: write the name as it is spoken")
    return given


Name = Annotated[str, Field(min_length=3, max_length=LONGEST_NAME), AfterValidator(_a_name)]
Language = Annotated[str, Field(min_length=2, max_length=60), AfterValidator(_a_name)]
School = Annotated[str, Field(min_length=2, max_length=200)]


def _nhs_number(given: str) -> str:
    """Read an NHS number with or without spaces. Its last digit checks the others, weighted 10 to 2, modulo 11."""
    digits = given.replace(" ", "").replace("-", "")
    if not (len(digits) == _NHS_DIGITS and digits.isascii() and digits.isdigit()):
        raise ValueError("is no NHS number: it has ten digits")
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(_NHS_DIGITS, 1, -1), strict=False))
    if (_MODULUS - weighted % _MODULUS) % _MODULUS != int(digits[-1]):
        raise ValueError("is no NHS number: its last digit does not fit the others, so one was mistyped")
    return digits


_NHS_DIGITS: Final = 10
_MODULUS: Final = 11
NhsNumber = Annotated[str, AfterValidator(_nhs_number)]
Gestation = Annotated[str, Field(pattern=r"^\s*([2-3]\d|4[0-5])(\+[0-6])?\s*$")]
"""Completed weeks of pregnancy and days, as midwives write them: 29+6."""


def _is_text(given: Any) -> bool:
    if isinstance(given, str):
        return "\0" not in given and not any("\ud800" <= letter <= "\udfff" for letter in given)
    if isinstance(given, dict):
        return all(_is_text(part) for pair in given.items() for part in pair)
    return not isinstance(given, list | tuple) or all(_is_text(part) for part in given)


class Command(BaseModel):
    """What every verb accepts: `anyway` is the recorded reason for passing a rule that only warns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    anyway: str = Field("", max_length=MOST_LETTERS, description="why, where a rule warns and you go on")

    @field_validator("*", mode="before")
    @classmethod
    def _text_only(cls, given: Any) -> Any:
        """Refuse what no database keeps and nobody can read: the character zero, and halves of characters."""
        if not _is_text(given):
            raise ValueError("holds a character that is no text")
        return given

    @field_validator("*", mode="before")
    @classmethod
    def _in_small_letters(cls, given: Any, field: ValidationInfo) -> Any:
        """Read a code that somebody typed in capitals; free words stay as they are."""
        said = given.strip().lower() if isinstance(given, str) else given
        kind = cls.model_fields[field.field_name or ""].annotation
        return said if isinstance(said, str) and said in _codes(kind) else given


class Nothing(Command):
    """A verb that needs nothing more than to be said."""
