"""Settings, from the environment alone: `PRODSIM_CATALOG`, `PRODSIM_CATALOG_ROOT`, `PRODSIM_CACHE_DIR`,
`PRODSIM_WEIGHTS_DIR`, `PRODSIM_ENCODER`, `PRODSIM_OFFLINE`, `PRODSIM_ADMIN_PASSWORD`, `PRODSIM_ROLES`. The command line
overrides single fields with `replace`.
"""

from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from prodsim.errors import CacheError, ConfigError

PREFIX = "PRODSIM_"
SECRET = ("admin_password",)
"""Settings that no message and no log may hold."""
SHORTEST_PASSWORD = 12
"""Characters."""


class Settings(BaseSettings):
    """Where things are and what is wanted. Paths are absolute.

    `catalog` None means the demo; from the folder `catalog_root`, if there is one, who may add catalogs can choose.
    `admin_password`: who gives it may change the app's catalogs. `roles`: what columns of the catalog are, where that
    is to be said, as `type=Category`; in the environment with semicolons between them.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    catalog: Path | None = None
    catalog_root: Path | None = None
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("prodsim", appauthor=False))
    weights_dir: Path = Field(default_factory=lambda data: data["cache_dir"] / "weights")
    encoder: str = "vgg16"
    offline: bool = False
    admin_password: SecretStr | None = None
    roles: Annotated[tuple[str, ...], NoDecode] = ()

    @field_validator("roles", mode="before")
    @classmethod
    def _apart(cls, roles: object) -> object:
        return tuple(filter(None, (pair.strip() for pair in roles.split(";")))) if isinstance(roles, str) else roles

    @field_validator("catalog", "catalog_root", "cache_dir", "weights_dir")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        if path is None:
            return None
        if "\0" in str(path):
            raise ValueError("a path cannot contain a NUL character")
        try:
            return path.expanduser().absolute()
        except RuntimeError as error:
            raise ValueError(f"{error} Give the whole path instead of ~") from error

    @field_validator("admin_password")
    @classmethod
    def _long(cls, password: SecretStr | None) -> SecretStr | None:
        if password is not None and len(password) < SHORTEST_PASSWORD:
            raise ValueError(f"it has fewer than {SHORTEST_PASSWORD} characters, and could be guessed")
        if password is not None and not _is_text(password.get_secret_value()):
            raise ValueError("it is not UTF-8")
        return password

    def replace(self, **changes: Any) -> "Settings":
        """A copy with these fields changed, as validated as the original; None means unchanged."""
        explicit = self.model_dump(include=self.model_fields_set)
        return load_settings(**explicit | {name: value for name, value in changes.items() if value is not None})

    def folder(self, *parts: str) -> Path:
        """A folder below the cache, made if it is not there. CacheError if that is impossible."""
        path = self.cache_dir.joinpath(*parts)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CacheError(
                f"The cache folder {path} cannot be made: {error.strerror}. "
                f"Set {PREFIX}CACHE_DIR to a folder that can be written."
            ) from error
        return path


def load_settings(**overrides: Any) -> Settings:
    """Settings from the environment, then `overrides`. ConfigError names the variable, its value and what it takes."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else "settings"
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        reason = reason[:1].lower() + reason[1:]
        value = "set" if field in SECRET else repr(str(first["input"]))
        raise ConfigError(
            f"{PREFIX}{field.upper()} is {value}, which is not usable: {reason}. Correct the variable or unset it."
        ) from error


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # the environment's bytes that are no UTF-8 come as lone surrogates
        return False
    return True
