"""The contract that every encoder of the registry keeps, and what the networks must equal."""

import copy
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from importlib import import_module

import numpy as np
import pytest
from PIL import Image, ImageOps

from prodsim.config import load_settings
from prodsim.encoders import (
    REGISTRY,
    Additive,
    Available,
    EncoderSpec,
    Layered,
    TextEncoder,
    Unavailable,
    encoder_spec,
    fallback,
    mini,
    status,
    weights,
)
from prodsim.encoders.base import Bundled, Preset, Weights
from prodsim.encoders.network import EndingInPooling
from prodsim.encoders.registry import checked
from prodsim.encoders.weights import WeightsFile
from prodsim.errors import EncoderError, UnknownEncoder
from prodsim.images import open_rgb
from prodsim.index import COSINE, KERNELS
from prodsim.search.explain import exact
from tests import presets
from tests.needs import need_keras_hub, real_data, real_weights
from tests.samples import noise

MIXED = [noise((60, 80), 1), noise((450, 600), 2), noise((100, 100), 3), noise((37, 20), 4)]
"""Pictures of the usual sizes and of unusual ones."""


@pytest.fixture(scope="session", params=REGISTRY)
def available(request, tmp_path_factory, random_weights):
    """Every encoder of the registry; networks with random weights in files like the published ones, presets small."""
    spec = REGISTRY[request.param]
    folder = random_weights(spec).parent if spec.weights else tmp_path_factory.mktemp("weights")
    with pytest.MonkeyPatch.context() as patch:
        if spec.preset:
            need_keras_hub()
            patch.setitem(REGISTRY, spec.name, presets.small(spec))
            presets.write(REGISTRY[spec.name], folder)
        found = status(spec.name, load_settings(cache_dir=tmp_path_factory.mktemp("cache"), weights_dir=folder))
        assert isinstance(found, Available)
        yield found


@pytest.fixture(scope="session")
def loaded(available):
    return available.load()


@pytest.fixture(scope="session")
def embedded(loaded):
    """The embeddings of MIXED."""
    return loaded.encode(MIXED)


def close(one, other):
    """But for rounding, which differs between machines and batches and grows in deep networks of random weights."""
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-3 * np.abs(other).max(initial=0))


# the contract


def test_embeddings_are_float32_finite_and_of_the_promised_shape(loaded, embedded):
    assert embedded.dtype == np.float32
    assert embedded.shape == (len(MIXED), loaded.spec.dim)
    assert np.isfinite(embedded).all()


def test_different_pictures_have_different_embeddings(embedded):
    assert len({vector.tobytes() for vector in embedded}) == len(MIXED)


def test_a_batch_gives_what_its_pictures_give_one_by_one_in_their_order(loaded, embedded):
    close(embedded, np.concatenate([loaded.encode([image]) for image in MIXED]))
    close(loaded.encode(MIXED[::-1]), embedded[::-1])


def test_the_same_pictures_give_the_same_numbers(loaded, embedded):
    np.testing.assert_array_equal(loaded.encode(MIXED), embedded)


def test_four_threads_get_what_one_gets(loaded, embedded):
    with ThreadPoolExecutor(4) as pool:
        found = [*pool.map(lambda image: loaded.encode([image]), MIXED * 2)]
    for vector, position in zip(found, [*range(len(MIXED))] * 2, strict=True):
        close(vector, embedded[position : position + 1])


def test_no_pictures_have_no_embeddings(loaded):
    vectors = loaded.encode([])
    assert vectors.shape == (0, loaded.spec.dim) and vectors.dtype == np.float32


def test_a_fitted_picture_has_the_input_size_and_fits_as_it_is(loaded):
    for image in MIXED:
        fitted = loaded.fit(image)
        assert fitted.size == loaded.spec.input_size and fitted.mode == "RGB"
        np.testing.assert_array_equal(loaded.fit(fitted), fitted)


def test_a_fitted_picture_is_all_that_the_model_sees(loaded, embedded):
    np.testing.assert_array_equal(loaded.encode([loaded.fit(image) for image in MIXED]), embedded)


def test_pictures_of_one_gray_have_finite_embeddings(loaded):
    assert np.isfinite(loaded.encode([Image.new("RGB", (60, 80), gray) for gray in ("black", "gray", "white")])).all()


def test_encoding_leaves_the_picture_alone(loaded):
    image = noise((60, 80))
    loaded.encode([image])
    np.testing.assert_array_equal(image, noise((60, 80)))


def test_an_encoder_reads_text_if_it_says_so(loaded):
    assert isinstance(loaded, TextEncoder) == loaded.spec.reads_text


def test_a_network_lists_its_layers_from_the_picture_to_the_embedding(loaded):
    assert isinstance(loaded, Layered) == (loaded.spec.family != "pixels")
    if isinstance(loaded, Layered):
        first, *_, last = loaded.layers()
        width, height = loaded.spec.input_size
        assert (first.kind, first.shape, first.parameters) == ("InputLayer", (height, width, 3), 0)
        assert last.shape == (loaded.spec.dim,)


def test_a_networks_features_are_what_it_pools(loaded, embedded):
    if not isinstance(loaded, EndingInPooling):
        pytest.skip("its embedding is not what it pools")
    features = loaded.features(MIXED)
    assert features.ndim == 4 and features.dtype == np.float32
    close(embedded, features.max(axis=(1, 2)) if loaded.spec.pooling == "max" else features.mean(axis=(1, 2)))


NO_SUM = ("convnext_tiny", "dinov2_small", "siglip2_base")
"""A norm follows on the mean, or nothing is pooled."""


def test_an_encoder_claims_to_be_a_sum_over_places_unless_more_follows(loaded):
    assert isinstance(loaded, Additive) == (loaded.spec.name not in NO_SUM)


@pytest.fixture(scope="session")
def in_parts(loaded):
    """The parts of the first two of MIXED."""
    if not isinstance(loaded, Additive):
        pytest.skip("its embedding is no sum over places")
    return loaded.parts(MIXED[:2])


def test_the_parts_of_a_picture_add_up_to_its_embedding(embedded, in_parts):
    assert in_parts.dtype == np.float32 and in_parts.ndim == 4
    close(in_parts.sum(axis=(1, 2)), embedded[:2])


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_the_places_of_either_picture_add_up_to_the_similarity_that_is_shown(embedded, in_parts, kernel):
    one, other = embedded[:2]
    shown = kernel.similarities(other[np.newaxis], one[np.newaxis])[0, 0]
    for places in (exact(in_parts[0], other, kernel), exact(in_parts[1], one, kernel)):
        assert places.shape == in_parts.shape[1:3]
        assert places.sum(dtype=np.float64) == pytest.approx(shown, rel=1e-4, abs=1e-4 if kernel is COSINE else 0)


def test_an_encoder_is_kept_in_memory(available, loaded):
    assert available.load() is loaded


def test_an_encoder_says_what_it_is(available, loaded):
    assert loaded.spec is available.spec is REGISTRY[available.spec.name]


# fingerprint


CHANGED = {
    "name": "other",
    "family": "other",
    "dim": 7,
    "input_size": (7, 7),
    "resample": "other",
    "preprocessing": "other",
    "pooling": "other",
    "architecture": "Other",
    "arguments": (("other", 1.0),),
    "fitting": "other",
    "version": 2,
}
SAME = {
    "title": "Other",
    "summary": "other",
    "weights": None,
    "bundled": None,
    "preset": None,
    "match_threshold": 1.0,
    "reads_text": True,
}
"""What does not change an embedding; of the weights it is their content that counts, not where they are published."""


def changed(spec, field, value):
    """A spec with one field changed, even if they do not fit together."""
    other = copy.copy(spec)
    object.__setattr__(other, field, value)
    return other


@pytest.mark.parametrize("field", [field.name for field in fields(EncoderSpec)])
def test_the_fingerprint_changes_with_every_field_that_changes_embeddings(available, field):
    spec = available.spec
    other = changed(spec, field, CHANGED.get(field) if field in CHANGED else SAME[field])
    assert (other.fingerprint("a") != spec.fingerprint("a")) == (field in CHANGED)


def test_the_fingerprint_changes_with_the_content_of_the_weights(available):
    assert available.spec.fingerprint("a") != available.spec.fingerprint("b")


def test_fingerprints_are_16_hex_digits_and_no_two_encoders_share_one():
    fingerprints = {spec.fingerprint() for spec in REGISTRY.values()}
    assert len(fingerprints) == len(REGISTRY)
    assert all(len(fingerprint) == 16 and int(fingerprint, 16) for fingerprint in fingerprints)


# the registry


def test_every_encoder_is_registered_under_its_own_name():
    assert all(spec.name == name for name, spec in REGISTRY.items())


def test_an_unknown_encoder_is_refused_with_those_there_are():
    with pytest.raises(UnknownEncoder, match=f"no encoder 'resnet'. Choose one of: {', '.join(REGISTRY)}"):
        encoder_spec("resnet")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "two words"},
        {"dim": 0},
        {"input_size": (0, 5)},
        {"family": "other"},
        {"family": "pixels"},
        {"family": "mini"},
        {"family": "hub"},
        {"bundled": REGISTRY["mini"].bundled},
        {"preset": REGISTRY["dinov2_small"].preset},
        {"weights": None},
        {"architecture": ""},
    ],
)
def test_a_spec_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError):
        checked(replace(REGISTRY["vgg16"], **change))


@pytest.mark.parametrize(
    "change", [{"digest": "crc:1"}, {"digest": "6d6bbae"}, {"file": "weights.keras"}, {"file": "w.pkl"}]
)
def test_published_weights_that_cannot_be_are_refused(change):
    good = {"file": "w.h5", "url": "https://x/w.h5", "digest": "md5:1", "size": 1, "license": "MIT"}
    Weights(**good)
    with pytest.raises(ValueError, match=r"w\.h5|weights\.keras|w\.pkl"):
        Weights(**good | change)


def test_bundled_weights_are_plain_arrays():
    with pytest.raises(ValueError, match=r"mini\.keras: bundled weights are NumPy arrays"):
        Bundled(file="mini.keras", sha256="", size=1, license="MIT")


@pytest.mark.parametrize(
    "handle", ["keras/dinov2/keras/dinov2_small", "../x/keras/y/1", "a/b/pytorch/c/1", "a/b/keras/c/0"]
)
def test_a_preset_is_named_with_its_version(handle):
    with pytest.raises(ValueError, match="a preset's handle is owner/model/keras/name/version"):
        Preset(handle=handle, size=1, license="MIT")


# the published method


@pytest.mark.parametrize(
    ("name", "size"),
    [("small.jpg", (60, 80)), ("large.jpg", (450, 600)), ("wide.png", (301, 40)), ("just.png", (100, 100))],
)
def test_vgg16_equals_the_published_method(tmp_path, random_weights, network_of, name, size):
    import keras
    from keras.applications.vgg16 import preprocess_input

    spec = REGISTRY["vgg16"]
    path = tmp_path / name
    noise(size).save(path)
    pixels = keras.utils.img_to_array(keras.utils.load_img(path, target_size=(100, 100)))
    features = network_of(spec)(preprocess_input(pixels[np.newaxis]))
    expected = np.asarray(keras.layers.GlobalMaxPooling2D()(features))

    settings = load_settings(cache_dir=tmp_path, weights_dir=random_weights(spec).parent)
    found = status("vgg16", settings).load().encode([open_rgb(path)])
    assert found.shape == expected.shape == (1, 512)
    np.testing.assert_allclose(found, expected, rtol=1e-4)


def test_mobilenet_with_its_published_weights_equals_keras(tmp_path):
    import keras
    from keras.applications.mobilenet import MobileNet, preprocess_input

    weights = real_weights("mobilenet_2_5_224_tf_no_top.h5")
    archive = real_data("deck-295.zip")
    network = MobileNet(alpha=0.25, include_top=False, weights=weights, input_shape=(224, 224, 3))
    found = status("mobilenet_025", load_settings(cache_dir=tmp_path, weights_dir=weights.parent))
    assert found.weights.published and found.notice == ""
    for path in extracted(archive, tmp_path, 3):
        image = keras.utils.load_img(path, target_size=(224, 224), interpolation="bilinear")
        features = network(preprocess_input(keras.utils.img_to_array(image)[np.newaxis]))
        expected = np.asarray(keras.layers.GlobalAveragePooling2D()(features))
        np.testing.assert_allclose(found.load().encode([open_rgb(path)]), expected, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("vgg16_224", "vgg16"),
        ("resnet50", "resnet50"),
        ("mobilenet_v2", "mobilenet_v2"),
        ("efficientnet_v2_b0", "efficientnet_v2"),
        ("convnext_tiny", "convnext"),
    ],
)
def test_networks_of_keras_applications_equal_keras(tmp_path, random_weights, name, module):
    import keras

    spec = REGISTRY[name]
    weights = random_weights(spec)
    theirs = import_module(f"keras.applications.{module}")
    network = getattr(theirs, spec.architecture)(
        include_top=False, weights=weights, input_shape=(224, 224, 3), pooling="avg"
    )
    path = tmp_path / "one.jpg"
    noise((60, 80)).save(path)
    image = keras.utils.load_img(path, target_size=(224, 224), interpolation="bilinear")
    expected = np.asarray(network(theirs.preprocess_input(keras.utils.img_to_array(image)[np.newaxis])))
    found = status(name, load_settings(cache_dir=tmp_path, weights_dir=weights.parent)).load().encode([open_rgb(path)])
    assert found.shape == expected.shape == (1, spec.dim)
    close(found, expected)


def extracted(archive, folder, count):
    """The first pictures of an archive, as files."""
    import zipfile

    with zipfile.ZipFile(archive) as source:
        names = [name for name in source.namelist() if name.endswith(".jpg")][:count]
        return [folder / source.extract(name, folder) for name in names]


# mini


def test_mini_needs_nothing_but_what_is_in_the_project(tmp_path):
    found = status("mini", load_settings(cache_dir=tmp_path, weights_dir=tmp_path, offline=True))
    assert isinstance(found, Available) and found.weights.published and found.notice == ""


def test_minis_file_is_small_and_the_one_whose_digest_is_pinned():
    bundled = REGISTRY["mini"].bundled
    content = weights.bundled_path(bundled).read_bytes()
    assert hashlib.sha256(content).hexdigest() == bundled.sha256
    assert len(content) == bundled.size <= 5_000_000


def test_minis_file_holds_plain_numbers():
    with np.load(weights.bundled_path(REGISTRY["mini"].bundled), allow_pickle=False) as arrays:
        assert {arrays[name].dtype for name in arrays.files} == {np.dtype(np.float16)}


def test_mini_stands_in_for_vgg16(tmp_path):
    assert fallback(load_settings(cache_dir=tmp_path, weights_dir=tmp_path, offline=True)).spec.name == "mini"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Where the bundled file is looked for, in place of the project."""
    path = tmp_path / "mini.npz"
    monkeypatch.setattr(weights, "bundled_path", lambda bundled: path)
    return path


@pytest.mark.parametrize("content", [None, b"", b"another file"])
def test_without_its_file_as_it_was_shipped_mini_is_unavailable_and_the_next_takes_over(elsewhere, tmp_path, content):
    if content is not None:
        elsewhere.write_bytes(content)
    settings = load_settings(cache_dir=tmp_path, weights_dir=tmp_path, offline=True)
    found = status("mini", settings)
    assert isinstance(found, Unavailable) and not found.fetchable
    assert "mini.npz is missing or changed" in found.reason and "Restore" in found.remedy
    assert fallback(settings).spec.name == "pixels"


def arrays_of_mini():
    with np.load(weights.bundled_path(REGISTRY["mini"].bundled), allow_pickle=False) as arrays:
        return dict(arrays)


@pytest.mark.parametrize(
    "change",
    [
        {"embed.kernel": None},
        {"embed.kernel": np.zeros((3, 3), dtype=np.float16)},
        {"embed.kernel": np.array([print], dtype=object)},
    ],
)
def test_arrays_that_do_not_fit_mini_are_refused_and_never_unpickled(tmp_path, change):
    arrays = arrays_of_mini() | change
    path = tmp_path / "mini.npz"
    np.savez(path, **{name: value for name, value in arrays.items() if value is not None})
    with pytest.raises(EncoderError, match=r"mini\.npz does not hold the weights of mini: .* Restore it"):
        mini.load(REGISTRY["mini"], WeightsFile(path, "", published=True))


@pytest.fixture(scope="session")
def loaded_mini(tmp_path_factory):
    return status("mini", load_settings(cache_dir=tmp_path_factory.mktemp("cache"))).load()


def test_minis_layers_have_all_the_numbers_in_its_file_but_those_that_know_clothes(loaded_mini):
    with np.load(weights.bundled_path(REGISTRY["mini"].bundled)) as arrays:
        numbers = sum(array.size for name, array in arrays.items() if not name.startswith("familiarity."))
    assert sum(layer.parameters for layer in loaded_mini.layers()) == numbers


def test_minis_embeddings_have_length_one_and_at_most_256_numbers(loaded_mini):
    vectors = loaded_mini.encode(MIXED)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert vectors.shape[1] <= 256


def test_the_similarity_of_two_pictures_by_mini_is_a_sum_over_places(loaded_mini):
    """Each place's features, through the linear layer, at the length of the whole."""
    kernel = arrays_of_mini()["embed.kernel"].astype(np.float32)
    one, other = MIXED[:2]
    places = loaded_mini.features([one])[0].astype(np.float64) @ kernel
    assert places.shape[0] >= 5 and places.shape[1] >= 4
    at_each = places @ loaded_mini.encode([other])[0] / np.linalg.norm(places.sum(axis=(0, 1)))
    similarity = float(loaded_mini.encode([one])[0] @ loaded_mini.encode([other])[0])
    assert at_each.sum() == pytest.approx(similarity, abs=1e-5)


def test_mini_does_not_tell_a_picture_from_its_mirror_image(loaded_mini):
    turned = [ImageOps.mirror(loaded_mini.fit(picture)) for picture in MIXED]
    np.testing.assert_allclose(loaded_mini.encode(turned), loaded_mini.encode(MIXED), atol=1e-5)
    np.testing.assert_allclose(loaded_mini.parts(turned), loaded_mini.parts(MIXED)[:, :, ::-1], atol=1e-5)


def test_mini_sees_a_picture_of_other_proportions_whole_on_white(loaded_mini):
    fitted = np.asarray(loaded_mini.fit(Image.new("RGB", (200, 100), "black")))
    assert (fitted[:24] == 255).all() and (fitted[-24:] == 255).all() and (fitted[26:54] == 0).all()


# features


class Seeing(EndingInPooling):
    """Pools features that are given."""

    def __init__(self, pooling, *rows):
        self.spec = replace(REGISTRY["vgg16"], pooling=pooling)
        self._given = np.float32(rows)[np.newaxis, ..., np.newaxis]

    def features(self, images):
        return self._given


def test_a_maximum_is_all_from_its_place():
    np.testing.assert_array_equal(Seeing("max", [1, 2], [5, 4]).shares([])[0, ..., 0], [[0, 0], [5, 0]])


def test_a_maximum_of_several_places_is_from_the_first():
    np.testing.assert_array_equal(Seeing("max", [1, 5], [5, 4]).shares([])[0, ..., 0], [[0, 5], [0, 0]])


def test_a_mean_is_from_every_place_alike():
    np.testing.assert_array_equal(Seeing("avg", [1, -2], [5, 4]).shares([])[0, ..., 0], [[0.25, -0.5], [1.25, 1]])


# pixels


def test_pixels_of_a_two_colored_picture_are_by_hand():
    """CIELAB of sRGB red and blue under D50, from the tables; a third of the picture is red."""
    red, blue = np.float32([54.3, 80.8, 69.9]), np.float32([29.6, 68.3, -112.0])
    image = Image.new("RGB", (150, 200), "blue")
    image.paste("red", (0, 0, 50, 200))
    spec = REGISTRY["pixels"]
    (vector,) = Available(spec, None, spec.fingerprint()).load().encode([image])
    seen = vector.reshape(20, 15, 3)
    np.testing.assert_allclose(seen[:, :5], np.broadcast_to((red - blue) * 2 / 3, (20, 5, 3)), atol=1)
    np.testing.assert_allclose(seen[:, 5:], np.broadcast_to((blue - red) / 3, (20, 10, 3)), atol=1)


def test_pixels_of_one_color_are_zero():
    """Exactly: at length one, what rounding leaves would be as much as any picture."""
    spec = REGISTRY["pixels"]
    encoder = Available(spec, None, spec.fingerprint()).load()
    np.testing.assert_array_equal(encoder.encode([Image.new("RGB", (60, 80), "teal")]), np.zeros((1, 900)))
