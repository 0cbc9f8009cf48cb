"""The embedded Prefect server: its command, and the settings with which it and its clients run. Knows no Prefect.

It listens on this machine only, wants a password (any page in a browser could otherwise drive it), tells nobody
anything, and forgets its own runs after a month.
"""

import secrets
import sys
from pathlib import Path
from typing import Final

from config.settings import Settings

QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}
RETENTION: Final = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": '["events", "flow_runs"]',
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "P30D",
}
LEAN: Final = {
    "PREFECT_CLIENT_MAX_RETRIES": "1",
    "PREFECT_API_REQUEST_TIMEOUT": "5",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
}
"""What a client can do without: each of these costs every run a round trip or more."""


def home(settings: Settings) -> Path:
    """Return the folder of the embedded server."""
    return settings.home.resolve() / "prefect"


def password(settings: Settings) -> str:
    """Return the user and password of the embedded server, made on the first start and kept where only we can read."""
    place = home(settings) / "password"
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.is_file():
        place.touch(mode=0o600)
        place.write_text(f"mash:{secrets.token_urlsafe(12)}", encoding="utf-8")
    return place.read_text(encoding="utf-8")


def command(settings: Settings) -> list[str]:
    """Return how the embedded server is started."""
    where = ("--host", settings.host, "--port", str(settings.prefect_port))
    return [sys.executable, "-m", "prefect", "--no-prompt", "server", "start", *where]


def server_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of the embedded server."""
    site = f"http://{settings.host}:{settings.prefect_port}"
    return settings.child_environment(
        **QUIET,
        **RETENTION,
        PREFECT_HOME=str(home(settings)),
        PREFECT_API_DATABASE_CONNECTION_URL=f"sqlite+aiosqlite:///{home(settings) / 'prefect.db'}",
        PREFECT_SERVER_API_AUTH_STRING=password(settings),
        PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS=site,
        PREFECT_UI_API_URL=f"{site}/api",
    )


def worker_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of a resident worker. A Prefect of your own brings its own password in MASH_PREFECT_AUTH."""
    own = settings.prefect_auth or (password(settings) if not settings.prefect_api_url else "")
    more = {"PREFECT_API_AUTH_STRING": own} if own else {}
    return settings.child_environment(
        **QUIET, **LEAN, **more, PREFECT_HOME=str(home(settings)), PREFECT_API_URL=settings.prefect_url
    )
