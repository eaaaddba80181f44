import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from prodsim.catalog import read_catalog
from prodsim.errors import CacheError, EncoderError, StoreError
from prodsim.images import open as images
from prodsim.index import EmbeddingStore, HashMemory, Skipped, build, index
from tests.needs import ROOT
from tests.samples import DAMAGED, FakeAvailable, MeanColor, picture, write_catalog

COLORS = {str(number): (10 * number, 0, 0) for number in range(1, 11)}


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(build, "BATCH", 2)
    monkeypatch.setattr(build, "WAIT_SECONDS", 0.01)


@pytest.fixture
def store(settings, encoder):
    return EmbeddingStore.of(encoder, settings)


@pytest.fixture
def memory(settings):
    return HashMemory(settings.folder() / "hashes.sqlite")


@pytest.fixture
def run(encoder, settings):
    """Indexes a catalog to the end and tells the progress on the way."""
    return lambda catalog, encoder=encoder: [*index(catalog, encoder, settings)]


def vectors(catalog, store, memory):
    matrix, positions = store.read().matrix(memory.of(catalog.images))
    return {catalog.table.index[position]: row.tolist() for position, row in zip(positions, matrix, strict=True)}


def test_every_product_gets_the_vector_of_its_picture(make_catalog, run, store, memory):
    catalog = make_catalog({"1": "red", "2": (1, 2, 3)})
    run(catalog)
    assert vectors(catalog, store, memory) == {"1": [255, 0, 0], "2": [1, 2, 3]}


def test_progress_goes_from_nothing_to_all_by_batches(make_catalog, run):
    steps = run(make_catalog(COLORS))
    assert [step.done for step in steps] == [0, 0, 2, 4, 6, 8, 10]
    assert {step.total for step in steps} == {10}
    assert not any(step.waiting or step.skipped for step in steps)
    assert steps[-1].rate > 0


def test_a_second_run_embeds_nothing_and_does_not_load_the_encoder(make_catalog, run, encoder):
    catalog = make_catalog(COLORS)
    run(catalog)
    again = FakeAvailable()
    assert run(catalog, again)[-1].done == 10
    assert again.loads == 0 and again.encoded == 0


def test_only_new_pictures_are_embedded(make_catalog, run, encoder):
    run(make_catalog({"1": "red", "2": "blue"}, name="before"))
    again = FakeAvailable()
    last = run(make_catalog({"9": "red", "2": "blue", "3": "green"}, name="after"), again)[-1]
    assert again.encoded == 1
    assert last.done == 3


def test_a_changed_picture_is_embedded_anew(make_catalog, run, store, memory):
    catalog = make_catalog({"1": "red"})
    run(catalog)
    catalog.images[0].write_bytes(picture("blue", size=(19, 19)))
    run(catalog)
    assert vectors(catalog, store, memory) == {"1": [0, 0, 255]}


def test_after_a_stop_only_the_rest_is_embedded(make_catalog, encoder, store, run, settings):
    catalog = make_catalog(COLORS)
    with closing(index(catalog, encoder, settings)) as steps:
        for step in steps:
            if step.done == 4:
                break
    assert len(store.read().known) == 4
    again = FakeAvailable()
    assert run(catalog, again)[-1].done == 10
    assert again.encoded == 6


def test_after_a_kill_only_the_rest_is_embedded(tmp_path, settings, store, run):
    """A real process, killed with -9 while its third batch is in the model."""
    folder = write_catalog(tmp_path / "shop", COLORS, suffix=".png")
    script = f"""
        import time
        from prodsim.index import build
        from prodsim.catalog import read_catalog
        from prodsim.config import load_settings
        from tests.samples import FakeAvailable, MeanColor
        from pathlib import Path

        def stop_at_the_third_batch():
            if encoder.encoded == 4:
                print("third batch", flush=True)
                time.sleep(600)

        build.BATCH = 2
        encoder = MeanColor(stop_at_the_third_batch)
        catalog = read_catalog(Path({str(folder)!r}))
        settings = load_settings(cache_dir=Path({str(settings.cache_dir)!r}))
        list(build.index(catalog, FakeAvailable(encoder), settings))
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "third batch\n"
        os.kill(process.pid, signal.SIGKILL)
    assert len(store.read().known) == 4
    again = FakeAvailable()
    assert run(read_catalog(folder), again)[-1].done == 10
    assert again.encoded == 6


# pictures that cannot be used


def test_a_damaged_picture_is_skipped_counted_and_reported(make_catalog, run, store, memory):
    catalog = make_catalog({"1": "red", "2": DAMAGED, "3": "blue"})
    last = run(catalog)[-1]
    assert (last.done, len(last.skipped), last.total) == (2, 1, 3)
    assert last.skipped[0].product_id == "2"
    assert "2.png is damaged" in last.skipped[0].reason
    assert vectors(catalog, store, memory).keys() == {"1", "3"}


def test_a_damaged_picture_is_reported_again_without_being_decoded_again(make_catalog, run, monkeypatch):
    catalog = make_catalog({"1": "red", "2": DAMAGED})
    first = run(catalog)[-1]
    monkeypatch.setattr(build, "open_fitted", lambda *_: pytest.fail("it was decoded again"))
    assert run(catalog)[-1].skipped == first.skipped


def test_a_catalog_of_damaged_pictures_alone_is_indexed_too(make_catalog, run):
    last = run(make_catalog({str(number): DAMAGED + bytes([number]) for number in range(5)}))[-1]
    assert (last.done, [skipped.product_id for skipped in last.skipped]) == (0, ["0", "1", "2", "3", "4"])


def test_a_picture_that_is_gone_is_skipped_and_taken_up_when_it_is_back(make_catalog, run):
    catalog = make_catalog({"1": "red", "2": "blue"})
    catalog.images[0].unlink()
    last = run(catalog)[-1]
    assert last.done == 1 and last.skipped == (Skipped("1", build.UNREADABLE),)
    catalog.images[0].write_bytes(picture("red"))
    assert run(catalog)[-1].done == 2


def test_a_picture_that_cannot_be_read_just_now_is_not_damaged_forever(make_catalog, run, store, monkeypatch):
    catalog = make_catalog({"1": "red", "2": "blue"})

    def fails_once_hashed(path):
        raise images.ImageError(f"{path.name} cannot be read: the network is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(build, "read_picture", fails_once_hashed)
        last = run(catalog)[-1]
    assert last.done == 0 and [skipped.product_id for skipped in last.skipped] == ["1", "2"]
    assert store.read().damaged == {}
    assert run(catalog)[-1].done == 2


def test_a_picture_changed_after_it_was_hashed_is_not_kept_under_its_old_hash(
    make_catalog, run, settings, store, memory, monkeypatch
):
    catalog = make_catalog({"1": "red"})
    old = memory.of(catalog.images)[0]

    class Late(HashMemory):
        def of(self, paths):
            found = super().of(paths)
            catalog.images[0].write_bytes(picture("blue", size=(19, 19)))
            return found

    with monkeypatch.context() as patch:
        patch.setattr(build, "HashMemory", Late)
        last = [*index(catalog, FakeAvailable(), settings)][-1]
    assert "changed meanwhile" in last.skipped[0].reason
    assert old not in store.read().known
    assert run(catalog)[-1].done == 1


def test_products_that_share_a_photo_are_embedded_once_and_both_counted(make_catalog, run, encoder, store, memory):
    catalog = make_catalog({"1": "red", "2": "blue", "3": "red"})
    assert run(catalog)[-1].done == 3
    assert encoder.encoded == 2
    assert vectors(catalog, store, memory) == {"1": [255, 0, 0], "2": [0, 0, 255], "3": [255, 0, 0]}


def test_products_that_share_a_damaged_photo_are_all_reported(make_catalog, run):
    last = run(make_catalog({"1": DAMAGED, "2": "red", "3": DAMAGED}))[-1]
    assert [skipped.product_id for skipped in last.skipped] == ["1", "3"]
    assert last.done + len(last.skipped) == last.total


# two at once


def test_of_two_indexers_one_waits_and_nothing_is_embedded_twice(make_catalog, settings):
    catalog = make_catalog(COLORS)
    first_is_in_the_model, go_on = threading.Event(), threading.Event()

    def hold():
        first_is_in_the_model.set()
        assert go_on.wait(20)

    first, second = FakeAvailable(MeanColor(hold)), FakeAvailable()
    outcome = []
    thread = threading.Thread(target=lambda: outcome.extend(index(catalog, first, settings)))
    thread.start()
    try:
        assert first_is_in_the_model.wait(20)
        seen = []
        for step in index(catalog, second, settings):
            seen.append(step)
            if step.waiting:
                go_on.set()
    finally:
        go_on.set()
        thread.join(20)
    assert any(step.waiting for step in seen) and not seen[-1].waiting
    assert seen[-1].done == outcome[-1].done == 10
    assert (first.encoded, second.encoded) == (10, 0)


def test_a_waiting_indexer_shows_the_progress_of_the_other_one(make_catalog, encoder, run, settings):
    catalog = make_catalog(COLORS)
    with closing(index(catalog, encoder, settings)) as other:
        while next(other).done < 4:
            pass
        with closing(index(catalog, encoder, settings)) as waiting:
            next(waiting)
            step = next(waiting)
            assert step.waiting and step.done == 4
            next(other)
            assert next(waiting).done == 6


def test_when_the_other_one_stops_the_waiting_one_goes_on(make_catalog, encoder, settings):
    catalog = make_catalog(COLORS)
    other = index(catalog, encoder, settings)
    while next(other).done < 4:
        pass
    with closing(index(catalog, encoder, settings)) as waiting:
        while not next(waiting).waiting:
            pass
        other.close()
        assert [*waiting][-1].done == 10
    assert encoder.encoded == 10


def test_after_a_stop_the_lock_is_free(make_catalog, encoder, store, settings):
    steps = index(make_catalog(COLORS), encoder, settings)
    while next(steps).done < 2:
        pass
    steps.close()
    with store.lock().acquire(timeout=0):
        pass


def test_after_an_error_the_lock_is_free_and_what_was_done_is_kept(make_catalog, store, settings):
    def fail():
        if encoder.encoded == 4:
            raise EncoderError("no")

    encoder = MeanColor(fail)
    with pytest.raises(EncoderError):
        [*index(make_catalog(COLORS), FakeAvailable(encoder), settings)]
    with store.lock().acquire(timeout=0):
        assert len(store.read().known) == 4


# what stops it


def test_vectors_that_are_no_numbers_stop_it(make_catalog, settings):
    class Broken(MeanColor):
        def encode(self, images):
            return np.full((len(images), 3), np.nan, dtype=np.float32)

    with pytest.raises(StoreError, match="Check the encoder's weights"):
        [*index(make_catalog({"1": "red"}), FakeAvailable(Broken()), settings)]


def test_a_lock_that_cannot_be_written_is_a_cache_error(make_catalog, encoder, store, settings):
    Path(store.lock().lock_file).mkdir()
    with pytest.raises(CacheError, match="Set PRODSIM_CACHE_DIR"):
        [*index(make_catalog({"1": "red"}), encoder, settings)]


# threads


def test_as_many_pictures_are_decoded_at_once_as_there_are_threads_and_no_more(make_catalog, run, monkeypatch):
    together, pools = threading.Barrier(3), []

    def watched(data, name, *sees):
        together.wait(20)
        return images.open_fitted(data, name, *sees)

    monkeypatch.setattr(build, "THREADS", 3)
    monkeypatch.setattr(build, "open_fitted", watched)
    monkeypatch.setattr(
        build, "ThreadPoolExecutor", lambda threads: pools.append(ThreadPoolExecutor(threads)) or pools[-1]
    )
    assert run(make_catalog({str(number): (10 * number, 0, 0) for number in range(1, 10)}))[-1].done == 9
    assert [pool._max_workers for pool in pools] == [3]


def test_no_more_pictures_are_kept_decoded_than_wait_for_the_network(make_catalog, settings, monkeypatch):
    begun = []

    def noticed(data, name, *sees):
        begun.append(name)
        return images.open_fitted(data, name, *sees)

    monkeypatch.setattr(build, "open_fitted", noticed)
    ahead = []
    encoder = MeanColor(lambda: ahead.append(len(begun) - encoder.encoded))
    assert [*index(make_catalog(COLORS), FakeAvailable(encoder), settings)][-1].done == 10
    assert max(ahead) <= (build.AHEAD + 1) * build.BATCH


def test_what_the_encoder_sees_is_what_is_opened(make_catalog, run, monkeypatch):
    asked = set()

    def noticed(data, name, *sees):
        asked.add(sees)
        return images.open_fitted(data, name, *sees)

    monkeypatch.setattr(build, "open_fitted", noticed)
    run(make_catalog(COLORS))
    assert asked == {MeanColor.spec.sees}
