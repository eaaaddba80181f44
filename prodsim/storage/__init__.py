"""What is kept on disk: made whole or not at all, locked, told from what is damaged; and the forms it is written in."""

from prodsim.storage.cache import ABANDONED_SECONDS, asked_for, make_once, remove, set_aside, write_whole
from prodsim.storage.folders import entries, is_own_file, leads_out, size_of, state_of
from prodsim.storage.formulas import harmless
from prodsim.storage.json import to_json
from prodsim.storage.kaggle import KaggleRefused, download_from_kaggle
from prodsim.storage.public_addresses import Judge, why_not
from prodsim.storage.public_http import PublicHttp, host_of
from prodsim.storage.scratch import writable
from prodsim.storage.sealed import seal, unseal
from prodsim.storage.space import check_cache, check_disk, on_disk, taken
from prodsim.storage.sqlite import Connection, begin_anew, database
from prodsim.storage.unfetched import Unfetched

__all__ = [
    "ABANDONED_SECONDS",
    "Connection",
    "Judge",
    "KaggleRefused",
    "PublicHttp",
    "Unfetched",
    "asked_for",
    "begin_anew",
    "check_cache",
    "check_disk",
    "database",
    "download_from_kaggle",
    "entries",
    "harmless",
    "host_of",
    "is_own_file",
    "leads_out",
    "make_once",
    "on_disk",
    "remove",
    "seal",
    "set_aside",
    "size_of",
    "state_of",
    "taken",
    "to_json",
    "unseal",
    "why_not",
    "writable",
    "write_whole",
]
