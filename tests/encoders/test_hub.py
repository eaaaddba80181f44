"""Transformers of KerasHub: equal to its own code, and of its own files only weights and vocabulary are read."""

import sys
import warnings
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
import requests
from PIL import Image
from typer.testing import CliRunner

from prodsim.cli import app
from prodsim.encoders import REGISTRY, Available, Unavailable, fetch_preset, require, status
from prodsim.encoders.network import AT_ONCE
from prodsim.encoders.presets import VOCABULARY, WEIGHTS
from prodsim.errors import EncoderError, MissingExtra, WeightsUnavailable
from tests import presets
from tests.needs import ROOT, need_keras_hub
from tests.samples import noise

NAMES = [name for name, spec in REGISTRY.items() if spec.preset]
TEXTS = ["A RED dress, with (white) dots!", "blue jeans", "", "  a   black-belt ", "Köln 👗", "white dots " * 20]
"""As people write: large letters, punctuation, too much space, nothing, unknown signs, too much."""

each = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="session")
def weights_dir(tmp_path_factory):
    """A weights folder with all presets in small, made by KerasHub; for reading only."""
    need_keras_hub()
    folder = tmp_path_factory.mktemp("presets")
    for name in NAMES:
        presets.write(presets.small(REGISTRY[name]), folder)
    return folder


@pytest.fixture
def small(monkeypatch):
    """The presets of the registry in small."""
    for name in NAMES:
        monkeypatch.setitem(REGISTRY, name, presets.small(REGISTRY[name]))


@pytest.fixture
def loaded(small, weights_dir, settings):
    """Gives an encoder by its name."""
    return lambda name: status(name, settings.replace(weights_dir=weights_dir)).load()


@pytest.fixture
def installed(monkeypatch):
    """As if KerasHub were installed."""
    monkeypatch.setattr("prodsim.encoders.hub.find_spec", lambda name: True)


@pytest.fixture
def kagglehub(monkeypatch):
    """Puts a stand-in for the package in its place, with this `model_download`."""

    def install(model_download):
        module = ModuleType("kagglehub")
        module.model_download = model_download
        monkeypatch.setitem(sys.modules, "kagglehub", module)

    return install


@pytest.fixture
def online(settings):
    return settings.replace(offline=False)


def put(folder, *files, content=b"some weights"):
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content)


def files(name):
    return (WEIGHTS, VOCABULARY) if REGISTRY[name].reads_text else (WEIGHTS,)


def own_folder(name, settings):
    return settings.weights_dir / REGISTRY[name].preset.name


def close(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-3 * np.abs(other).max())


# what they must equal


def pictures(spec):
    """At the input size, where nothing is resized."""
    return [noise(spec.input_size, number) for number in range(3)]


def test_dinov2_equals_the_class_token_of_keras_hub(loaded, weights_dir):
    import keras_hub

    encoder = loaded("dinov2_small")
    width, height = encoder.spec.input_size
    folder = str(weights_dir / encoder.spec.preset.name)
    converter = keras_hub.layers.DINOV2ImageConverter.from_preset(folder, image_size=(height, width))
    backbone = keras_hub.models.DINOV2Backbone.from_preset(folder, image_shape=(height, width, 3))
    images = pictures(encoder.spec)
    expected = np.asarray(backbone({"images": converter(np.stack(images))}))
    assert expected.shape == (3, 1 + 2 * 2, encoder.spec.dim)
    close(encoder.encode(images), expected[:, 0])


@pytest.fixture(scope="session")
def plain_siglip(weights_dir):
    """Backbone and preprocessor, as KerasHub itself loads them."""
    import keras_hub

    folder = str(weights_dir / REGISTRY["siglip2_base"].preset.name)
    length = presets.SMALL["max_sequence_length"]
    backbone = keras_hub.models.SigLIPBackbone.from_preset(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it does not close the vocabulary
        return backbone, keras_hub.models.SigLIPPreprocessor.from_preset(folder, sequence_length=length)


def plain_embeddings(plain_siglip, images, texts):
    """As many pictures as texts -> the embeddings of either."""
    backbone, preprocessor = plain_siglip
    inputs = preprocessor({"images": np.stack(images), "prompts": texts})
    seen, read = backbone.get_vision_embeddings(inputs["images"]), backbone.get_text_embeddings(inputs["token_ids"])
    return np.asarray(seen), np.asarray(read)


def test_siglip_equals_keras_hub_for_pictures_and_texts(loaded, plain_siglip):
    encoder = loaded("siglip2_base")
    images = pictures(encoder.spec) * 2
    seen, read = plain_embeddings(plain_siglip, images, TEXTS)
    close(encoder.encode(images), seen)
    close(encoder.encode_texts(TEXTS), read)


def test_siglip_fits_a_picture_of_any_size_as_keras_hub_does(loaded, plain_siglip):
    """But for rounding to 256 levels, and what overshoots them."""
    image = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)]).resize((60, 80))
    ((seen,), _) = plain_embeddings(plain_siglip, [image], ["a belt"])
    np.testing.assert_allclose(loaded("siglip2_base").encode([image])[0], seen, atol=0.02 * np.abs(seen).max())


@each
def test_a_spec_has_the_handle_and_the_size_that_keras_hub_publishes(name):
    need_keras_hub()
    import keras_hub

    spec = REGISTRY[name]
    published = getattr(keras_hub.models, spec.architecture).presets[spec.preset.name]
    assert published["kaggle_handle"] == f"kaggle://{spec.preset.handle}"
    assert 4 * published["metadata"]["params"] == spec.preset.size


@each
def test_the_numbers_of_a_spec_make_a_network_of_the_published_size(name):
    """Counted with one layer and with two, as each of the others has as many parameters."""
    need_keras_hub()
    arguments = dict(REGISTRY[name].arguments)
    layers, pieces = arguments["num_layers"], arguments.get("vocabulary_size", 0)

    def count(layers):
        few = (
            arguments
            | {"num_layers": layers}
            | ({"vocabulary_size": presets.SMALL["vocabulary_size"]} if pieces else {})
        )
        spec = replace(REGISTRY[name], arguments=tuple(few.items()))
        return {"DINOV2Backbone": presets.dinov2, "SigLIPBackbone": presets.siglip}[spec.architecture](spec)[
            0
        ].count_params()

    one, two = count(1), count(2)
    rest = (pieces - presets.SMALL["vocabulary_size"]) * arguments["hidden_dim"] if pieces else 0
    assert 4 * (one + (layers - 1) * (two - one) + rest) == REGISTRY[name].preset.size


# texts


def test_texts_are_embedded_one_by_one_as_together_in_their_order(loaded):
    encoder, texts = loaded("siglip2_base"), TEXTS * 5
    assert len(texts) > AT_ONCE
    together = encoder.encode_texts(texts)
    assert together.shape == (len(texts), encoder.spec.dim) and together.dtype == np.float32
    close(together, np.concatenate([encoder.encode_texts([text]) for text in texts]))


def test_texts_that_say_the_same_have_the_same_embedding_and_others_another(loaded):
    one, same, other = loaded("siglip2_base").encode_texts(["a red dress", "A red, dress!", "a blue dress"])
    close(one, same)
    assert not np.allclose(one, other, rtol=1e-2)


def test_no_texts_have_no_embeddings(loaded):
    vectors = loaded("siglip2_base").encode_texts([])
    assert vectors.shape == (0, presets.SMALL["hidden_dim"]) and vectors.dtype == np.float32


# found on disk


@each
def test_without_keras_hub_the_remedy_is_the_install_line_and_nothing_is_tried(name, online, monkeypatch, kagglehub):
    kagglehub(lambda handle, path: pytest.fail("asked the network"))
    monkeypatch.setattr("prodsim.encoders.hub.find_spec", lambda package: package != "keras_hub" or None)
    found = status(name, online)
    assert isinstance(found, Unavailable) and found.reason == "KerasHub is not installed"
    assert found.remedy == "Run `pip install -r requirements-transformers.txt`."
    assert (ROOT / "requirements-transformers.txt").is_file()
    with pytest.raises(EncoderError, match=r"KerasHub is not installed\. Run `pip install"):
        require(name, online)


@each
def test_without_its_preset_the_remedy_names_command_and_folder_and_nothing_is_tried(
    name, online, installed, kagglehub
):
    kagglehub(lambda handle, path: pytest.fail("asked the network"))
    found = status(name, online)
    assert isinstance(found, Unavailable) and found.reason == "its weights are not on disk"
    assert f"Run `python -m prodsim download {name}`" in found.remedy
    assert str(own_folder(name, online)) in found.remedy
    assert f"https://www.kaggle.com/models/{REGISTRY[name].preset.handle}" in found.remedy
    with pytest.raises(EncoderError, match=f"its weights are not on disk. Run .+ download {name}"):
        require(name, online)


def test_without_the_vocabulary_an_encoder_that_reads_text_is_unavailable(settings, installed):
    put(own_folder("siglip2_base", settings), WEIGHTS)
    assert isinstance(status("siglip2_base", settings), Unavailable)
    put(own_folder("siglip2_base", settings), VOCABULARY)
    assert isinstance(status("siglip2_base", settings), Available)


@each
def test_what_kagglehub_has_completed_is_found_and_what_it_has_begun_is_not(
    name, settings, installed, tmp_path, monkeypatch
):
    need_keras_hub()  # which brings kagglehub
    from kagglehub.cache import Cache
    from kagglehub.handle import parse_model_handle

    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path / "kaggle"))
    cache, handle = Cache(), parse_model_handle(REGISTRY[name].preset.handle)
    for file in files(name):
        assert isinstance(status(name, settings), Unavailable)
        put(tmp_path, cache.get_path(handle, file))
        assert isinstance(status(name, settings), Unavailable)
        cache.mark_as_complete(handle, file)
    found = status(name, settings)
    assert found.weights.path == tmp_path / "kaggle" / "models" / REGISTRY[name].preset.handle / WEIGHTS
    assert found.notice == ""


@each
def test_a_preset_that_kagglehub_has_as_a_whole_is_found_in_the_home_folder(
    name, settings, installed, tmp_path, monkeypatch
):
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".cache" / "kagglehub" / "models" / REGISTRY[name].preset.handle
    put(folder, *files(name))
    put(folder.parent, "1.complete", content=b"")
    assert status(name, settings).weights.path == folder / WEIGHTS


@each
def test_the_weights_folder_comes_before_the_cache_and_the_fingerprint_is_of_the_weights(
    name, settings, installed, tmp_path, monkeypatch
):
    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path / "kaggle"))
    folder = tmp_path / "kaggle" / "models" / REGISTRY[name].preset.handle
    put(folder, *files(name))
    put(folder.parent, "1.complete", content=b"")
    cached = status(name, settings)
    put(own_folder(name, settings), *files(name))
    own = status(name, settings)
    assert own.weights.path == own_folder(name, settings) / WEIGHTS
    assert own.fingerprint == cached.fingerprint
    put(own_folder(name, settings), WEIGHTS, content=b"other weights")
    assert status(name, settings).fingerprint != own.fingerprint


def test_the_list_of_encoders_says_what_to_do_about_each(installed):
    printed = CliRunner().invoke(app, ["encoders"]).stdout
    assert all(f"python -m prodsim download {name}" in printed for name in NAMES)
    assert "weights: Apache 2.0" in printed


# files that do not fit


@pytest.fixture
def copy(small, weights_dir, settings):
    """Gives a copy of a preset's folder, in the weights folder, and what loads it."""

    def copy(name):
        folder = own_folder(name, settings)
        for file in files(name):
            put(folder, file, content=(weights_dir / REGISTRY[name].preset.name / file).read_bytes())
        return folder, lambda: status(name, settings).load()

    return copy


@each
def test_nothing_but_weights_and_vocabulary_is_read(name, copy, loaded):
    folder, load = copy(name)
    for file in ("config.json", "tokenizer.json", "preprocessor.json", "image_converter.json", "metadata.json"):
        put(folder, file, content=b'{"module": "os", "class_name": "system", "config": {"command": "exit"}}')
    image = noise((40, 40))
    np.testing.assert_array_equal(load().encode([image]), loaded(name).encode([image]))


@each
@pytest.mark.filterwarnings("ignore")  # of Keras's own, about weights that do not fit
@pytest.mark.parametrize("kind", ["garbage", "of another network", "a whole model"])
def test_weights_that_do_not_fit_are_refused_with_the_file_and_the_remedy(name, kind, copy, weights_dir, tmp_path):
    folder, load = copy(name)
    if kind == "garbage":
        content = b"garbage" * 1000
    elif kind == "of another network":
        other = next(other for other in NAMES if other != name)
        content = (weights_dir / REGISTRY[other].preset.name / WEIGHTS).read_bytes()
    else:
        import keras

        keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]).save(tmp_path / "whole.keras")
        content = (tmp_path / "whole.keras").read_bytes()
    put(folder, WEIGHTS, content=content)
    with pytest.raises(
        EncoderError, match=rf"{WEIGHTS} does not hold the weights of {name}: .+ Remove the file, or put"
    ):
        load()


def test_a_vocabulary_that_does_not_fit_is_refused_with_the_file_and_the_remedy(copy):
    folder, load = copy("siglip2_base")
    for content in (b"", b"garbage", presets.vocabulary(30), presets.vocabulary(29).replace(b"<eos>", b"<end>")):
        put(folder, VOCABULARY, content=content)
        with pytest.raises(
            EncoderError, match=rf"{VOCABULARY} does not hold the vocabulary of siglip2_base: .+ Remove"
        ):
            load()


# fetched


def give(folder, asked):
    """A `model_download` that puts files into a folder and remembers what it was asked for."""

    def model_download(handle, path):
        asked.append((handle, path))
        put(folder, path)
        return str(folder / path)

    return model_download


@each
def test_a_download_asks_kagglehub_for_what_is_read_and_nothing_else(name, online, kagglehub, tmp_path):
    asked = []
    kagglehub(give(tmp_path, asked))
    assert fetch_preset(REGISTRY[name], online).path == tmp_path / WEIGHTS
    assert asked == [(REGISTRY[name].preset.handle, file) for file in files(name)]


@each
def test_what_is_on_disk_is_not_downloaded(name, online, kagglehub):
    kagglehub(lambda handle, path: pytest.fail("asked the network"))
    put(own_folder(name, online), *files(name))
    assert fetch_preset(REGISTRY[name], online).path == own_folder(name, online) / WEIGHTS


def test_offline_nothing_is_asked_for(settings, kagglehub):
    kagglehub(lambda handle, path: pytest.fail("asked the network"))
    with pytest.raises(WeightsUnavailable, match=r"PRODSIM_OFFLINE is set\. Run"):
        fetch_preset(REGISTRY["dinov2_small"], settings)


def test_without_kagglehub_the_answer_is_the_install_line(online, monkeypatch):
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    with pytest.raises(MissingExtra, match=r"pip install -r requirements-kaggle\.txt"):
        fetch_preset(REGISTRY["dinov2_small"], online)


def answer(code):
    response = requests.Response()
    response.status_code = code
    return requests.HTTPError(f"{code} Client Error.", response=response)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (requests.ConnectionError("HTTPSConnectionPool(...)"), "Kaggle cannot be reached. Run"),
        (answer(401), "Kaggle wants a sign-in, see https://github.com/"),
        (answer(403), "Kaggle wants a sign-in, see https://github.com/"),
        (answer(404), "404 Client Error. Run"),
        (OSError(28, "No space left on device"), "No space left on device. Run"),
    ],
)
def test_whatever_goes_wrong_is_said_with_the_size_and_the_remedy(online, kagglehub, error, reason):
    def fail(handle, path):
        raise error

    kagglehub(fail)
    with pytest.raises(WeightsUnavailable) as caught:
        fetch_preset(REGISTRY["siglip2_base"], online)
    message = str(caught.value)
    assert message.startswith("The weights of siglip2_base (1,501 MB) cannot be downloaded: ")
    assert reason in message and str(own_folder("siglip2_base", online)) in message


def test_the_command_prints_where_the_weights_are(tmp_path, monkeypatch, kagglehub):
    monkeypatch.delenv("PRODSIM_OFFLINE")
    kagglehub(give(tmp_path, []))
    result = CliRunner().invoke(app, ["download", "dinov2_small"])
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / WEIGHTS}\n")
