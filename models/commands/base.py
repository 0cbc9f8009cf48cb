"""What every command has, and how lists and pairs are written in one word."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from models.vocabulary import Concern, Factor


def _listed(given: Any) -> Any:
    return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given


def _paired(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    pairs = [[side.strip() for side in part.partition(":")] for part in given.split(",") if part.strip()]
    if not all(key and colon and value for key, colon, value in pairs):
        raise ValueError("is written NAME:VALUE, with commas between several")
    return {key: value for key, _, value in pairs}


Ids = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Concerns = Annotated[tuple[Concern, ...], BeforeValidator(_listed)]
Factors = Annotated[tuple[Factor, ...], BeforeValidator(_listed)]
Pairs = Annotated[dict[str, str], BeforeValidator(_paired)]
Words = Annotated[str, Field(min_length=3, max_length=4000)]


class Command(BaseModel):
    """What every verb accepts: `anyway` is the recorded reason for passing a rule that only warns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    anyway: str = Field("", description="why, where a rule warns and you go on")


class Nothing(Command):
    """A verb that needs nothing more than to be said."""
