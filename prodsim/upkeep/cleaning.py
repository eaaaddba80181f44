"""What nobody needs any more is removed: what deleted catalogs left at once, the rest when somebody asks for it."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from prodsim.catalog import Library
from prodsim.config import Settings
from prodsim.errors import Busy, CacheError, CatalogError, ProdsimError, StoreError
from prodsim.evaluation import Reports
from prodsim.index import forget, forget_deleted
from prodsim.storage import remove
from prodsim.upkeep.inventory import damaged, unfinished
from prodsim.upkeep.needs import Needs


def tidy(settings: Settings) -> None:
    """Remove what is kept of deleted catalogs: hashes, embeddings and reports. What cannot be done now is for another
    time. In no time if none was deleted.
    """
    with suppress(Busy, StoreError, CacheError):
        if digests := forget_deleted(settings).digests:
            Reports.in_cache(settings).forget(digests)


def clean(settings: Settings, *, everything: bool = False) -> list[str]:
    """Remove what `look` calls needless. What could not be removed, in sentences. CacheError if nothing can be."""
    cache = settings.cache_dir
    if not cache.is_dir():
        return []
    if not os.access(cache, os.W_OK | os.X_OK):
        raise CacheError(f"The cache folder {cache} cannot be written, so nothing was removed. Change its permissions.")
    failed = list[str]()
    tidy(settings)
    needs = Needs(settings, everything)
    if everything and needs.folders is None:
        raise CatalogError(
            "An entry in the list of catalogs is damaged, so that nobody knows what is needed. Delete it in Catalogs."
        )
    going = [*needs.needless_zips, *needs.needless_records]
    try:
        forget(settings, needs.is_needless, unknown=everything)
    except ProdsimError as error:
        failed.append(f"{error} Embeddings and hashes stay as they are.")
    if everything:
        reports = Reports.in_cache(settings)
        reports.forget(reports.digests() - needs.digests)
    if needs.needless_staged:
        Library(settings).sweep()
    for path in [*going, *damaged(cache), *unfinished(cache)]:
        _remove(path)
        if path.exists():
            failed.append(f"{path} cannot be removed. Change its permissions.")
    return failed


def _remove(path: Path) -> None:
    if path.parent.name == "catalogs":
        remove(path)
        path = path.with_name(f"{path.name}.source")
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink(missing_ok=True)
