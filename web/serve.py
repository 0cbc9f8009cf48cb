"""`python -m web.serve`: one web process. As many may run as are wanted; none of them holds anything of its own."""

import logging

import uvicorn

from config import settings
from config.policy import PolicyBook
from models.database import Database
from web.app import create
from workflow.calendar import WorkingCalendar
from workflow.engine import Engine


def main() -> None:
    """Serve the pages until told to stop."""
    chosen = settings.load()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    policies = PolicyBook.load(chosen.authority, chosen.policy_dir)
    engine = Engine(Database(chosen.database), policies, WorkingCalendar.england())
    app = create(chosen, engine)
    # No access log: an address with a time says who looked at whom, and the record itself keeps that.
    uvicorn.run(app, host=chosen.host, port=chosen.port, log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main()
