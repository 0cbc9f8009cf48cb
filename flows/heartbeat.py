"""The heartbeat: notices when the other flows do not run, and gives what stands still to a person.

It belongs on another process than the one it watches: under `mash up` the supervisor runs it, in earnest a Prefect
worker does.
"""

from prefect import flow

from flows.hub import open_hub
from flows.recording import keep_table
from flows.watching import watch_once


@flow(name="heartbeat", validate_parameters=False)
def heartbeat() -> dict[str, int]:
    """Look for what should have happened by itself and has not."""
    found = watch_once(open_hub().database)
    numbers = {"waiting": found.waiting, "asked": found.asked}
    keep_table("heartbeat", [numbers] if found.waiting else [])
    return numbers
