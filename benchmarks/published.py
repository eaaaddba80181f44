"""Indexing a catalog with `vgg16`: ours, the published loop of one `model.predict` per picture, the bare forward pass.

The weights are random: they do not change the time. Building the network is left out of all three.
"""

import argparse
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np
from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group

from benchmarks.timing import best
from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import encoder_spec, require
from prodsim.encoders.network import AT_ONCE
from prodsim.index import EmbeddingStore, HashMemory, index

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("catalog", type=Path)
arguments = parser.parse_args()

spec = encoder_spec("vgg16")
network = keras.applications.VGG16(include_top=False, weights=None, input_shape=(100, 100, 3))
model = keras.Sequential([network, keras.layers.GlobalMaxPooling2D()])

with tempfile.TemporaryDirectory() as folder:
    with h5py.File(Path(folder) / spec.weights.file, "w") as file:
        save_weights_to_hdf5_group(file, network)
    settings = load_settings(catalog=arguments.catalog, cache_dir=folder, weights_dir=folder, offline=True)
    catalog, encoder = open_catalog(settings), require("vgg16", settings)
    encoder.load()
    number = len(catalog)

    def published() -> None:
        """One picture at a time, with Keras's default output (which goes nowhere here)."""
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            for path in catalog.images:
                picture = keras.utils.img_to_array(keras.utils.load_img(path, target_size=(100, 100)))
                model.predict(keras.applications.vgg16.preprocess_input(picture[None]))

    pixels = np.random.default_rng(0).random((number, 100, 100, 3), dtype=np.float32)

    def bare() -> None:
        """The network alone, in batches as large as ours, on pixels that are in memory."""
        for start in range(0, number, AT_ONCE):
            model.predict_on_batch(pixels[start : start + AT_ONCE])

    def ours() -> None:
        """The whole of `index` on an empty store: hash, decode, fit, embed, commit."""
        store, memory = EmbeddingStore.of(encoder, settings), HashMemory.in_cache(settings)
        shutil.rmtree(store.path, ignore_errors=True)
        memory.path.unlink(missing_ok=True)
        for progress in index(catalog, encoder, settings):
            last = progress
        assert last.done == number

    model.predict_on_batch(pixels[:AT_ONCE])
    seconds = {work.__name__: best(work) for work in (bare, ours, published)}

rates = {name: number / taken for name, taken in seconds.items()}
print(f"{number} pictures, best of three, pictures per second:", {name: round(rate, 1) for name, rate in rates.items()})
print(f"ours is {rates['ours'] / rates['published']:.1f} x the published loop")
print(f"ours reaches {rates['ours'] / rates['bare']:.0%} of the bare batched forward pass")
