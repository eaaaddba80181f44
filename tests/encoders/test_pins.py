"""Weights without a published SHA-256 are held to the one of their first use: two files of one size and one MD5."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import md5, sha256
from itertools import count
from pathlib import Path

import pytest

from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, EncoderSpec, Unavailable, fetch_weights, keras, status
from prodsim.encoders.presets import VOCABULARY, WEIGHTS
from prodsim.errors import WeightsUnavailable
from tests import publishing
from tests.publishing import Publisher

ONE = bytes.fromhex(
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a"
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
OTHER = bytes(byte ^ (0x80 if place in (19, 45, 59, 83, 109, 123) else 0) for place, byte in enumerate(ONE))
"""Wang and others 2004."""
NAME = "vgg16"
DIGESTS = {"md5": f"md5:{md5(ONE).hexdigest()}", "size": "size"}

each_digest = pytest.mark.parametrize("digest", DIGESTS.values(), ids=DIGESTS)


@pytest.fixture(autouse=True)
def networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the weights are, they fit."""
    monkeypatch.setattr(keras, "load", lambda spec, weights: object())
    monkeypatch.setattr("prodsim.encoders.hub.find_spec", lambda name: True)
    monkeypatch.setattr("prodsim.encoders.hub.load", lambda spec, weights: object())


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publishing.publish(ONE) as server:
        yield server


@pytest.fixture
def spec(digest: str, server: Publisher, monkeypatch: pytest.MonkeyPatch) -> EncoderSpec:
    """Its weights are published with the one digest or the other."""
    spec = REGISTRY[NAME]
    assert spec.weights
    spec = replace(spec, weights=replace(spec.weights, url=server.url, digest=digest, size=len(ONE)))
    monkeypatch.setitem(REGISTRY, NAME, spec)
    return spec


@pytest.fixture
def path(spec: EncoderSpec, settings: Settings) -> Path:
    """Where the weights are to lie."""
    assert spec.weights
    settings.weights_dir.mkdir(parents=True)
    return settings.weights_dir / spec.weights.file


def put(path: Path, content: bytes) -> None:
    """Write a file a second after the one before, as large files are."""
    path.write_bytes(content)
    os.utime(path, (next(_seconds),) * 2)


_seconds = count(1_700_000_000)


def use(settings: Settings, name: str = NAME) -> Available:
    found = status(name, settings)
    assert isinstance(found, Available), found
    found.load()
    return found


def record(settings: Settings, name: str) -> Path:
    return settings.cache_dir / "first-use" / f"{name}.json"


def assert_refused(settings: Settings, path: Path, record: Path, name: str = NAME) -> None:
    found = status(name, settings)
    assert isinstance(found, Unavailable) and not found.fetchable
    assert found.remedy.startswith(f"{path} is not the file that was first used on ")
    assert f"or {record} to use this one" in found.remedy


def test_the_two_files_differ_and_have_one_md5() -> None:
    assert ONE != OTHER and md5(ONE).digest() == md5(OTHER).digest()


@each_digest
def test_another_file_in_the_place_of_one_that_was_used_is_refused(path: Path, settings: Settings) -> None:
    put(path, ONE)
    use(settings)
    put(path, OTHER)
    assert_refused(settings, path, record(settings, path.name))
    put(path, ONE)
    use(settings)


@each_digest
def test_who_removes_the_record_uses_the_file_that_is_there(path: Path, settings: Settings) -> None:
    put(path, ONE)
    use(settings)
    put(path, OTHER)
    record(settings, path.name).unlink()
    use(settings)
    put(path, ONE)
    assert_refused(settings, path, record(settings, path.name))


@each_digest
def test_a_file_that_was_only_looked_at_was_not_used(path: Path, settings: Settings) -> None:
    """It may have been on its way."""
    put(path, OTHER)
    looked_at = status(NAME, settings)
    put(path, ONE)
    assert isinstance(looked_at, Available) and looked_at.load()
    use(settings)


@each_digest
def test_the_record_outlives_the_file_and_a_download_that_differs_is_refused(
    path: Path, settings: Settings, spec: EncoderSpec, server: Publisher
) -> None:
    online = settings.replace(offline=False)
    fetch_weights(spec, online)
    use(settings)
    path.unlink()
    server.content = OTHER
    with pytest.raises(WeightsUnavailable, match=r"what arrived is not the file that was first used on .+first-use"):
        fetch_weights(spec, online)
    assert not path.exists()
    server.content = ONE
    assert fetch_weights(spec, online).sha256 == sha256(ONE).hexdigest()


@pytest.mark.parametrize("digest", [DIGESTS["size"]])
def test_once_used_a_file_without_a_digest_is_gone_on_with(
    path: Path, settings: Settings, spec: EncoderSpec, server: Publisher
) -> None:
    put(path, ONE)
    use(settings)
    path.rename(path.with_name(f"{path.name}.part"))
    fetch_weights(spec, settings.replace(offline=False))
    assert path.read_bytes() == ONE and server.asked == []


@each_digest
def test_the_users_own_weights_are_used_whatever_was_before(path: Path, settings: Settings) -> None:
    put(path, ONE)
    use(settings)
    put(path, b"of my own")
    assert use(settings).notice and record(settings, path.name).exists()
    put(path, b"of my own, trained further")
    assert use(settings).notice


@pytest.mark.parametrize("digest", [f"sha256:{sha256(ONE).hexdigest()}"])
def test_what_has_a_published_sha256_needs_no_record(path: Path, settings: Settings) -> None:
    put(path, ONE)
    assert use(settings).known_by == "SHA-256"
    assert not record(settings, path.name).parent.exists()


@each_digest
def test_a_damaged_record_is_said_with_the_remedy(path: Path, settings: Settings) -> None:
    put(path, ONE)
    use(settings)
    kept = record(settings, path.name)
    data = kept.read_bytes()
    for place in range(len(data)):
        kept.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        found = status(NAME, settings)
        assert (
            isinstance(found, Unavailable)
            and found.remedy.startswith(f"{kept} is damaged")
            and "Remove" in found.remedy
        )
    kept.unlink()
    use(settings)


@each_digest
def test_where_nothing_can_be_written_the_weights_are_used_all_the_same(path: Path, settings: Settings) -> None:
    put(path, ONE)
    settings.cache_dir.mkdir(parents=True, exist_ok=True)
    (settings.cache_dir / "first-use").write_bytes(b"no folder")
    use(settings)


@each_digest
def test_what_the_weights_are_known_by_is_said(path: Path, settings: Settings, digest: str) -> None:
    words = {"md5": "MD5", "size": "their size"}[digest.partition(":")[0]]
    put(path, ONE)
    found = status(NAME, settings)
    assert isinstance(found, Available) and found.known_by == f"{words}, until their first use"
    today = datetime.now(UTC).date()
    assert use(settings).known_by == f"{words}, and SHA-256 since their first use on {today}"


@pytest.mark.parametrize("file", [WEIGHTS, VOCABULARY])
def test_a_preset_is_held_to_its_first_use_with_its_vocabulary(file: str, settings: Settings) -> None:
    spec = REGISTRY["siglip2_base"]
    assert spec.preset
    folder = settings.weights_dir / spec.preset.name
    for each in (WEIGHTS, VOCABULARY):
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        put(folder / each, ONE)
    assert use(settings, spec.name).known_by.startswith("their place alone, and SHA-256 since")
    put(folder / file, OTHER)
    assert_refused(settings, folder / file, record(settings, f"{spec.preset.name}-{Path(file).name}"), spec.name)
