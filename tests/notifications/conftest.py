"""A database with one referral in it, for whatever the post is tested with."""

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.support.post_office import open_post_office


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with one referral and no messages."""
    opened = open_post_office(database_url)
    yield opened
    opened.dispose()
