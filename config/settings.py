"""The only reader of the environment: what an installation sets, with defaults for one machine."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting, read from `MASH_...`. Times are in seconds."""

    model_config = SettingsConfigDict(env_prefix="MASH_", frozen=True, extra="ignore")

    home: Path = Field(Path("var"), description="where the embedded product keeps its data")
    database_url: str = Field("", description="empty: SQLite under the home")
    authority: str = "coventry"
    policy_dir: Path | None = Field(None, description="a folder with packs of your own")
    channels: Path | None = Field(None, description="a YAML file that names the channels")
    key_file: Path | None = Field(None, description="what seals photographs and papers; empty: `key` under the home")
    file_megabytes: int = Field(10, ge=1, le=100, description="the largest file that is taken")
    files_at_once: int = Field(20, ge=1, le=100, description="so many files come with one contact")
    base_url: str = Field("", description="what links in messages begin with; empty: this machine's own page")
    host: str = "127.0.0.1"
    port: int = Field(4280, ge=1, le=65535, description="the pages")
    status_port: int = Field(4281, ge=1, le=65535, description="what the supervisor says of its parts")
    demo: bool = Field(False, description="everybody on the sign-in page is a button; `mash up --demo` sets it")
    prefect_port: int = Field(4200, ge=1, le=65535)
    prefect_api_url: str = Field("", description="empty: the embedded server")
    prefect_auth: str = Field("", description="user:password of a Prefect server of your own")
    prefect: bool = Field(True, description="false: run without Prefect, unrecorded")
    acting_as: str = Field("", description="the account of the person at the command line")
    mail_from: str = "mash@localhost"
    poll_seconds: float = Field(0.25, gt=0)
    sweep_seconds: float = Field(300.0, gt=0, description="how often every open referral is looked at")
    lease_seconds: float = Field(30.0, gt=0)
    heartbeat_seconds: float = Field(30.0, gt=0)
    delivery_attempts: int = Field(8, ge=1)
    delivery_first_wait_seconds: float = Field(60.0, gt=0, description="before the second attempt; doubled each time")

    @property
    def database(self) -> str:
        """The address of the database in use."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'mash.db'}"

    @property
    def key(self) -> Path:
        """Where the key is with which files are sealed."""
        return self.key_file or self.home.resolve() / "key"

    @property
    def site(self) -> str:
        """What links in messages begin with."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def prefect_url(self) -> str:
        """The address of the Prefect API in use."""
        return self.prefect_api_url or f"http://{self.host}:{self.prefect_port}/api"

    def child_environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a child process: ours without Prefect's own settings, with `more` added.

        Prefect reads dozens of variables; one left over from somewhere else would silently change how it works.
        """
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
        return kept | more


def load() -> Settings:
    """Read the settings."""
    return Settings()
