"""Opening the product inside a flow: the engine and the post, as the settings say. Kept for as long as they say it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from config import clock, settings
from config.policy import PolicyBook
from config.settings import Settings
from models.database import Database
from notifications.channel_settings import read_channels_file
from notifications.channels import open_channels
from notifications.post import Post, PostTerms
from workflow.calendar import WorkingCalendar
from workflow.engine import Engine
from workflow.posted import Posted


@dataclass(frozen=True, slots=True)
class Hub:
    """What every flow works with."""

    settings: Settings
    engine: Engine
    post: Post

    @property
    def database(self) -> Database:
        """The database in use."""
        return self.engine.database


def open_hub() -> Hub:
    """Return the product as the settings describe it now."""
    return _open(settings.load())


@lru_cache(maxsize=1)
def _open(chosen: Settings) -> Hub:
    policies = PolicyBook.load(chosen.authority, chosen.policy_dir)
    engine = Engine(Database(chosen.database), policies, WorkingCalendar.england())
    channels = open_channels(read_channels_file(chosen.channels), chosen.home.resolve(), clock.now)
    posted = Posted(engine)
    terms = PostTerms(
        attempts=chosen.delivery_attempts, first_wait=timedelta(seconds=chosen.delivery_first_wait_seconds)
    )
    post = Post(engine.database, channels, chosen.site, on_sent=posted.sent, on_dead=posted.dead, terms=terms)
    return Hub(chosen, engine, post)
