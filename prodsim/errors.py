"""Everything the library raises on purpose. A message names the thing, the reason and the remedy.

ProdsimError
├── ConfigError              an environment variable or option is not usable
├── CacheError               the cache folder cannot be written or read, or has no room
├── CatalogError             a catalog cannot be read
│   └── UnknownProduct       no product with this id
├── ImageError               a picture cannot be used
├── EncoderError             an encoder cannot be used
│   ├── UnknownEncoder       no encoder of this name
│   └── WeightsUnavailable   its weights are not on disk and could not be fetched
├── MissingExtra             an optional package is not installed
├── StoreError               what is kept on disk cannot be used
│   └── DamagedStore         it is damaged or of another version: to be set aside and made anew
├── JudgmentsError           a file of judgments cannot be used
├── QueryError               a search that cannot be answered: k, scoring, filter, vector
├── NotAllowed               who asks may not have this
└── Busy                     too many others want the same just now
"""


class ProdsimError(Exception):
    """Base of all errors that a user can do something about."""

    def __init__(self, message: str) -> None:
        super().__init__(message.encode(errors="backslashreplace").decode())  # of a file's name that is not UTF-8


class ConfigError(ProdsimError):
    """An environment variable or option is not usable."""


class CacheError(ProdsimError):
    """The cache folder cannot be written or read, or has no room."""


class CatalogError(ProdsimError):
    """A catalog cannot be read."""


class UnknownProduct(CatalogError):
    """No product with this id."""


class ImageError(ProdsimError):
    """A picture cannot be used."""


class EncoderError(ProdsimError):
    """An encoder cannot be used."""


class UnknownEncoder(EncoderError):
    """No encoder of this name."""


class WeightsUnavailable(EncoderError):
    """An encoder's weights are not on disk and could not be fetched."""


class MissingExtra(ProdsimError):
    """An optional package is not installed."""


class StoreError(ProdsimError):
    """What is kept on disk cannot be used."""


class DamagedStore(StoreError):
    """It is damaged or of another version: to be set aside and made anew."""


class JudgmentsError(ProdsimError):
    """A file of judgments cannot be used."""


class QueryError(ProdsimError):
    """A search that cannot be answered."""


class NotAllowed(ProdsimError):
    """Who asks may not have this."""


class Busy(ProdsimError):
    """Too many others want the same just now."""
