"""Who may use an app that wants its visitors to sign in: people named by verified address, or everybody of a domain."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from prodsim.errors import ConfigError


@dataclass(frozen=True)
class Access:
    """Addresses of `users` and of `admins`, and `domains`, all in lower case. Nobody else may do anything."""

    users: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()

    @classmethod
    def from_section(cls, section: Mapping[str, Any]) -> "Access":
        """From lists of texts by these names. ConfigError if a name is none of them, or no such list."""
        if not isinstance(section, Mapping):
            raise ConfigError('access is no section of the secrets. Write [access], and below it users = ["..."].')
        known = [field.name for field in fields(cls)]
        for name, values in section.items():
            if name not in known:
                raise ConfigError(f"[access] has no entry {name}. Its entries are: {', '.join(known)}.")
            if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
                raise ConfigError(f'[access] {name} is no list of texts. Write {name} = ["...", "..."].')
        return cls(**{name: frozenset(value.strip().casefold() for value in section[name]) for name in section})

    def admits(self, claims: Mapping[str, Any]) -> bool:
        """Whether who has these claims of an OIDC provider may use the app; an admin may."""
        address = verified_address(claims)
        domain = address.rpartition("@")[2]
        return bool(address) and (address in self.users | self.admins or domain in self.domains - {""})

    def may_change_catalogs(self, claims: Mapping[str, Any]) -> bool:
        """Whether one may add and delete catalogs."""
        return verified_address(claims) in self.admins


def verified_address(claims: Mapping[str, Any]) -> str:
    """The e-mail address in lower case, empty if there is none or the provider does not say that it is verified."""
    address = claims.get("email")
    if not isinstance(address, str) or "@" not in address or claims.get("email_verified") is not True:
        return ""
    return address.casefold()
