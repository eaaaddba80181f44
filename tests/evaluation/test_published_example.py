"""The published example, which `doctor` runs by itself where all that it needs is at hand."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from prodsim.doctor import Finding, examine
from prodsim.encoders import REGISTRY, Available, EncoderSpec
from prodsim.evaluation import published_example
from prodsim.evaluation.published_example import PUBLISHED, Outcome
from tests.samples import DAMAGED, encoded, noise, write_catalog

IDS = [str(number) for number in (*range(1994, 1800, -1), *range(1700, 1800), 1995)]
"""295 of them below 2000, in an order of the table that is not that of the numbers."""
OWN = 24
"""So many products, the query among them, have a picture of their own; the others share a few, which saves time."""


def drawn(number: int) -> bytes:
    """A picture of a size, color and contrast of its own; the last one has the most contrast, the longest vector.

    No score of the best five is so near to half a digit of the fourth decimal that rounding could differ.
    """
    image = noise((16 + number % 25, 40 - number % 24), number)
    ground = Image.new("RGB", image.size, (number * 37 % 256, number * 91 % 256, 90))
    return encoded(Image.blend(ground, image, (number + 1) / OWN))


def write_shop(folder: Path, ids: Sequence[str]) -> Path:
    shared = [encoded(Image.new("RGB", (20, 20), (number, 90, 90))) for number in range(6)]
    pictures = [shared[place % len(shared)] for place in range(len(ids) - OWN)] + [drawn(place) for place in range(OWN)]
    return write_catalog(folder, dict(zip(ids, pictures, strict=True)), suffix=".png")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog like that of the 295 original products, with other pictures."""
    return write_shop(tmp_path_factory.mktemp("original") / "shop", IDS)


@pytest.fixture(scope="module")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So that the pictures go through the network once."""
    return tmp_path_factory.mktemp("shared-cache")


@pytest.fixture(scope="module")
def weights(random_weights: Callable[[EncoderSpec], Path]) -> Path:
    """The folder of a file in the layout of VGG16's weights, with other numbers."""
    return random_weights(REGISTRY["vgg16"]).parent


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch, weights: Path) -> None:
    """The registry takes that file for the published one."""
    spec = REGISTRY["vgg16"]
    assert spec.weights is not None
    digest = f"sha256:{hashlib.sha256((weights / spec.weights.file).read_bytes()).hexdigest()}"
    monkeypatch.setitem(REGISTRY, "vgg16", replace(spec, weights=replace(spec.weights, digest=digest)))


@pytest.fixture(scope="module")
def naive(shop: Path, network_of: Callable[[EncoderSpec], Any]) -> Outcome:
    """What must come out, by Keras and NumPy alone."""
    import keras
    from keras.applications.vgg16 import preprocess_input

    def vector(path: Path) -> Any:
        pixels = keras.utils.img_to_array(keras.utils.load_img(path, target_size=(100, 100)))
        features = network_of(REGISTRY["vgg16"])(preprocess_input(pixels[np.newaxis]))
        return np.asarray(features, np.float64)[0].max(axis=(0, 1))

    ids = sorted(IDS, key=int)
    paths = [shop / "images" / f"{id_}.png" for id_ in ids]
    of = {path.read_bytes(): path for path in paths}
    vectors = {content: vector(path) for content, path in of.items()}
    matrix = np.stack([vectors[path.read_bytes()] for path in paths])
    similarities = matrix @ matrix[ids.index("1995")]
    scores = (similarities - similarities.min()) / (similarities.max() - similarities.min())
    best = np.argsort(-scores)[:5]
    return Outcome(tuple(best.tolist()), tuple(np.round(scores[best], 4).tolist()))


def line(catalog: Path, cache: Path, weights: Path) -> Finding:
    """The one that doctor has for the example."""
    found = examine({"catalog": catalog, "cache_dir": cache, "weights_dir": weights})
    (finding,) = [finding for finding in found if finding.subject == "published example"]
    return finding


# where all is at hand


@pytest.mark.usefixtures("published")
def test_what_keras_and_numpy_get_is_said_to_agree(
    shop: Path, shared_cache: Path, weights: Path, naive: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_example, "PUBLISHED", naive)
    finding = line(shop, shared_cache, weights)
    assert finding == Finding("ok", "published example", f"agrees: {naive}")
    assert finding.text.startswith("agrees: rows 294, 99, 98, ")
    assert ", scores 1.0, 0.951, 0.88" in finding.text


@pytest.mark.usefixtures("published")
def test_other_numbers_are_noted_with_both_and_what_may_be_the_reason(
    shop: Path, shared_cache: Path, weights: Path, naive: Outcome
) -> None:
    finding = line(shop, shared_cache, weights)
    assert finding.level == "note"
    assert finding.text == f"does not agree: published are {PUBLISHED}; found are {naive}"
    assert "resized or saved again" in finding.remedy
    assert "JPEG decoder" in finding.remedy
    assert "docs/published-example.md" in finding.remedy


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("change", [{"rows": PUBLISHED.rows}, {"scores": PUBLISHED.scores}], ids=["rows", "scores"])
def test_rows_and_scores_must_both_agree(
    shop: Path,
    shared_cache: Path,
    weights: Path,
    naive: Outcome,
    change: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(published_example, "PUBLISHED", replace(naive, **change))
    assert line(shop, shared_cache, weights).level == "note"


@pytest.mark.usefixtures("published")
def test_what_is_indexed_is_not_embedded_again(
    shop: Path, shared_cache: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = line(shop, shared_cache, weights)
    monkeypatch.setattr(Available, "load", lambda encoder: pytest.fail("the network was loaded"))
    assert line(shop, shared_cache, weights) == before


@pytest.mark.usefixtures("published")
def test_a_picture_that_cannot_be_used_is_named(shop: Path, shared_cache: Path, weights: Path, tmp_path: Path) -> None:
    line(shop, shared_cache, weights)
    copy = shutil.copytree(shop, tmp_path / "copy")
    (copy / "images" / "1700.png").write_bytes(DAMAGED)
    finding = line(copy, shared_cache, weights)
    assert finding.level == "note"
    assert finding.text.startswith("could not be tried: 1 of the pictures cannot be used, 1700 for one: 1700.png")


# where something is missing


def not_tried(catalog: Path, cache: Path, weights: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said to be missing. Nothing is indexed, fetched or loaded."""
    for function in ("run", "index"):
        monkeypatch.setattr(published_example, function, lambda *_: pytest.fail("the example was run"))
    finding = line(catalog, cache, weights)
    assert (finding.level, finding.remedy) == ("ok", "docs/published-example.md says what it takes.")
    assert not [*cache.glob("stores/*"), *cache.glob("hashes*"), *cache.glob("weights/*")]
    assert finding.text.startswith("not tried: ")
    return finding.text.removeprefix("not tried: ")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "ids",
    [
        IDS[1:],
        [*IDS, "1"],
        [*IDS[:-1], "1"],
        ["2000", *IDS[1:]],
        ["shirt", *IDS[1:]],
        ["9" * 50, *IDS[1:]],
    ],
    ids=["294 products", "296 products", "no 1995", "an id of 2000", "an id that is no number", "a long id"],
)
def test_another_catalog_is_not_tried(
    ids: list[str], tmp_path: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = write_shop(tmp_path / "shop", ids)
    missing = not_tried(catalog, tmp_path / "cache", weights, monkeypatch)
    assert missing == "the catalog is not the 295 original products"


def test_other_weights_are_not_tried(
    shop: Path, tmp_path: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = not_tried(shop, tmp_path / "cache", weights, monkeypatch)
    assert missing == "the weights of vgg16 are not the published ones"


def test_missing_weights_are_not_fetched(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRODSIM_OFFLINE")
    missing = not_tried(shop, tmp_path / "cache", tmp_path / "weights", monkeypatch)
    assert missing == "vgg16 cannot be used, its weights are not on disk"


def test_all_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = not_tried(tmp_path / "nowhere", tmp_path / "cache", tmp_path / "weights", monkeypatch)
    assert missing == (
        "vgg16 cannot be used, its weights are not on disk; the catalog is not the 295 original products"
    )
