import hashlib
import os
import pickle
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest

from prodsim.encoders import (
    REGISTRY,
    Available,
    Unavailable,
    download,
    fallback,
    fetch_weights,
    require,
    status,
    weights,
)
from prodsim.encoders.weights import find_weights
from prodsim.errors import EncoderError, WeightsUnavailable
from tests import publishing

NAME = "mobilenet_025"
FILE = REGISTRY[NAME].weights.file
CONTENT = bytes(range(256)) * 4000
"""A megabyte that stands for the published weights."""
DIGEST = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"


@pytest.fixture
def online(settings):
    return settings.replace(offline=False)


@pytest.fixture
def publish(monkeypatch):
    """Says that the encoder's weights are published at this address with this digest; gives the spec."""

    def publish(url, digest=DIGEST):
        spec = REGISTRY[NAME]
        spec = replace(spec, weights=replace(spec.weights, url=url, digest=digest, size=len(CONTENT)))
        monkeypatch.setitem(REGISTRY, NAME, spec)
        return spec

    return publish


@pytest.fixture
def server():
    """A web server of the published file, see `Publisher`."""
    with publishing.publish(CONTENT) as server:
        yield server


@pytest.fixture
def silent_server(monkeypatch):
    """Takes connections and sends what it is given, which is never all. Those who ask wait half a second for more."""
    monkeypatch.setattr(download, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(download, "READ_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        connections = []

        def serve(data):
            def answer():
                connection, _ = listening.accept()
                connections.append(connection)
                connection.recv(1 << 16)
                connection.sendall(data)

            threading.Thread(target=answer, daemon=True).start()
            return f"http://127.0.0.1:{listening.getsockname()[1]}/weights.h5"

        yield serve
        for connection in connections:
            connection.close()


def put(folder, content=b"some weights"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(content)
    return folder / FILE


def files(settings):
    """The names of what lies in the weights folder, but for locks."""
    return [path.name for path in settings.weights_dir.iterdir() if path.suffix != ".lock"]


# found on disk


def test_without_a_file_there_are_no_weights(settings):
    assert find_weights(REGISTRY[NAME].weights, settings) is None
    found = status(NAME, settings)
    assert isinstance(found, Unavailable) and found.fetchable
    assert found.reason == "its weights are not on disk"
    assert f"download {NAME}" in found.remedy and FILE in found.remedy and str(settings.weights_dir) in found.remedy


def test_the_cache_of_keras_is_looked_into(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    path = put(tmp_path / "keras" / "models")
    assert find_weights(REGISTRY[NAME].weights, settings).path == path


def test_keras_keeps_its_cache_in_the_home_folder(settings, monkeypatch, tmp_path):
    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    path = put(tmp_path / ".keras" / "models")
    assert find_weights(REGISTRY[NAME].weights, settings).path == path


def test_the_weights_folder_comes_before_the_cache_of_keras(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    put(tmp_path / "keras" / "models", b"other weights")
    path = put(settings.weights_dir)
    assert find_weights(REGISTRY[NAME].weights, settings).path == path


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_published_weights_are_known_by_their_digest_and_need_no_notice(settings, publish, algorithm):
    publish("http://nowhere.invalid", f"{algorithm}:{hashlib.new(algorithm, CONTENT).hexdigest()}")
    put(settings.weights_dir, CONTENT)
    found = status(NAME, settings)
    assert found.weights.published and found.notice == ""


def test_other_weights_are_used_and_noticed(settings):
    path = put(settings.weights_dir)
    found = status(NAME, settings)
    assert isinstance(found, Available) and not found.weights.published
    assert found.notice == f"{NAME} uses {path}, which are not the published weights."


def test_other_weights_have_another_fingerprint(settings):
    put(settings.weights_dir, b"some weights")
    some = status(NAME, settings).fingerprint
    put(settings.weights_dir, b"more weights than before")
    assert status(NAME, settings).fingerprint != some
    put(settings.weights_dir, b"some weights")
    assert status(NAME, settings).fingerprint == some


def test_where_the_file_lies_does_not_change_the_fingerprint(settings, monkeypatch, tmp_path):
    put(settings.weights_dir)
    one = status(NAME, settings).fingerprint
    (settings.weights_dir / FILE).unlink()
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    put(tmp_path / "keras" / "models")
    assert status(NAME, settings).fingerprint == one


# fetched


def test_a_download_ends_in_the_weights_folder_whole_and_published(server, publish, online):
    spec = publish(server.url)
    found = fetch_weights(spec, online)
    assert found.published
    assert found.path == online.weights_dir / FILE
    assert found.path.read_bytes() == CONTENT
    assert files(online) == [FILE]


def test_a_download_tells_its_progress_from_the_first_block_to_the_last(server, publish, online):
    told = []
    fetch_weights(publish(server.url), online, lambda *numbers: told.append(numbers))
    done = [number for number, _ in told]
    assert {total for _, total in told} == {len(CONTENT)}
    assert done == sorted(done) and done[0] < done[-1] == len(CONTENT)


def test_weights_are_downloaded_once(server, publish, online):
    publish(server.url)
    assert require(NAME, online) == require(NAME, online) == status(NAME, online)
    assert len(server.asked) == 1


def test_weights_on_disk_are_never_downloaded_over(server, publish, online):
    spec = publish(server.url)
    path = put(online.weights_dir)
    assert fetch_weights(spec, online).path == path
    assert path.read_bytes() == b"some weights" and server.asked == []


def assert_refused(spec, settings, reason, **options):
    with pytest.raises(WeightsUnavailable) as caught:
        fetch_weights(spec, settings, **options)
    message = str(caught.value)
    assert message.startswith(f"The weights of {NAME} (1 MB) ")
    assert reason in message
    assert f"Run `python -m prodsim download {NAME}`" in message and str(settings.weights_dir) in message
    assert not settings.weights_dir.exists() or files(settings) == []


def test_what_is_not_the_published_file_is_not_kept(server, publish, online):
    spec = publish(server.url, "sha256:" + "0" * 64)
    assert_refused(spec, online, "what arrived is not the published file")


def test_a_file_that_is_not_on_the_server_is_said_to_be_so(server, publish, online):
    assert_refused(publish(server.url + "/gone"), online, "the server answered 404")


def test_a_server_that_does_not_answer_is_given_up_within_seconds(silent_server, publish, online):
    started = time.monotonic()
    assert_refused(publish(silent_server(b"")), online, "did not answer in time")
    assert time.monotonic() - started < 5


def test_a_server_that_falls_silent_in_the_middle_is_given_up_within_seconds(silent_server, publish, online):
    started = time.monotonic()
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 1024000\r\n\r\n" + CONTENT[:400_000]
    with pytest.raises(WeightsUnavailable, match="did not answer in time"):
        fetch_weights(publish(silent_server(begun)), online, lambda *_: None)
    assert files(online) == [f"{FILE}.part"]
    assert time.monotonic() - started < 5


def test_a_server_that_is_not_there_is_said_to_be_so(publish, online):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert_refused(publish(f"http://127.0.0.1:{port}/weights.h5"), online, "the server cannot be reached")


def test_offline_nothing_is_tried(server, publish, settings):
    assert_refused(publish(server.url), settings, "PRODSIM_OFFLINE is set")
    assert server.asked == []


def test_a_weights_folder_that_cannot_be_written_is_said_to_be_so(server, publish, online, tmp_path):
    (tmp_path / "file").touch()
    online = online.replace(weights_dir=tmp_path / "file" / "weights")
    assert_refused(publish(server.url), online, "it cannot be written (Not a directory)")


def test_require_says_why_and_what_to_do(publish, settings):
    publish("http://nowhere.invalid")
    with pytest.raises(WeightsUnavailable, match=r"are not on disk and PRODSIM_OFFLINE is set\. Run .+ or put"):
        require(NAME, settings)


def test_require_without_tensorflow_says_how_to_install_it(settings, monkeypatch):
    monkeypatch.setattr("prodsim.encoders.network.find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"TensorFlow is not installed\. Run `pip install -r requirements.txt`"):
        require(NAME, settings)


# files that are no weights


class Evil:
    """Pickled, it makes a folder when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def assert_does_not_load(settings):
    found = status(NAME, settings)
    with pytest.raises(EncoderError, match=rf"{FILE} does not hold weights of MobileNet.+Remove the file"):
        found.load()


def test_a_file_of_garbage_is_refused(settings):
    put(settings.weights_dir, os.urandom(5000))
    assert_does_not_load(settings)


def test_weights_of_another_network_are_refused(settings):
    with h5py.File(put(settings.weights_dir), "w") as file:
        file.attrs["layer_names"] = [b"dense"]
        group = file.create_group("dense")
        group.attrs["weight_names"] = [b"dense/kernel:0"]
        group["dense/kernel:0"] = [[1.0]]
    assert_does_not_load(settings)


def test_a_pickle_is_refused_and_not_executed(settings, tmp_path):
    put(settings.weights_dir, pickle.dumps(Evil(tmp_path / "executed")))
    assert_does_not_load(settings)
    assert not (tmp_path / "executed").exists()


@pytest.mark.filterwarnings("ignore")  # of Keras's own, about writing such files
@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_a_whole_model_is_refused_and_its_code_not_executed(settings, tmp_path, suffix):
    import keras

    mark = str(tmp_path / "executed")
    layer = keras.layers.Lambda(lambda x: (open(mark, "w").close(), x)[1], output_shape=(1,))
    model = keras.Sequential([keras.Input((1,)), layer])
    model.save(tmp_path / f"whole{suffix}")
    model(np.zeros((1, 1)))
    Path(mark).unlink()
    put(settings.weights_dir, (tmp_path / f"whole{suffix}").read_bytes())
    assert_does_not_load(settings)
    assert not Path(mark).exists()


# what stands in


def test_the_first_encoder_of_the_registry_that_is_at_hand_stands_in(settings):
    at_hand = [name for name in REGISTRY if isinstance(status(name, settings), Available)]
    assert "vgg16" not in at_hand and "pixels" in at_hand
    assert fallback(settings).spec.name == at_hand[0]


def test_weights_that_are_put_in_place_are_taken_up_by_the_next_fallback(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "bundled_path", lambda bundled: tmp_path / "gone.npz")
    assert fallback(settings).spec.name == "pixels"
    put(settings.weights_dir)
    assert fallback(settings).spec.name == NAME
