"""Opening the product inside a flow: the engine and the post, as the settings say. Kept for as long as they say it."""

from dataclasses import dataclass
from functools import lru_cache

from config import clock, settings
from config.policy import PolicyBook
from config.settings import Settings
from models.database import Database
from notifications.channel_settings import read_channels_file
from notifications.channels import open_channels
from notifications.following import Following
from notifications.post import Post
from notifications.post_terms import PostTerms
from notifications.receipts import receipts
from workflow.calendar import WorkingCalendar
from workflow.engine import Engine
from workflow.posted import Posted


@dataclass(frozen=True, slots=True)
class Hub:
    """What every flow works with."""

    settings: Settings
    engine: Engine
    post: Post
    following: Following

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
    terms = PostTerms.of(chosen)
    post = Post(engine.database, channels, chosen.site, on_sent=posted.sent, on_dead=posted.dead, terms=terms)
    following = Following(engine.database, channels, receipts(engine, chosen))
    return Hub(chosen, engine, post, following)
