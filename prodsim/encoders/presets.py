"""Presets of KerasHub: found on disk, or fetched from Kaggle when that is asked for.

Looked for in a folder of the preset's name in `PRODSIM_WEIGHTS_DIR`, then in the cache of kagglehub. As no digests are
published, what lies there is taken for what was published, and held to its first use (see `pins`); the digest of the
weights is part of the fingerprint.
"""

import os
from pathlib import Path

from prodsim.config import Settings
from prodsim.encoders.base import EncoderSpec, Preset
from prodsim.encoders.digests import digest
from prodsim.encoders.pins import Pin
from prodsim.encoders.weights import WeightsFile, held
from prodsim.errors import WeightsUnavailable
from prodsim.storage import KaggleRefused, download_from_kaggle

WEIGHTS = "model.weights.h5"
VOCABULARY = "assets/tokenizer/vocabulary.spm"
"""What is read of a preset's folder, and nothing else: its other files could say to make any object."""


def find_preset(spec: EncoderSpec, settings: Settings) -> WeightsFile | None:
    """The weights file on disk, the vocabulary in its folder if the encoder reads text; None if either is missing.

    WeightsUnavailable if one cannot be read, or is not the one that was first used.
    """
    own = _own_folder(_preset(spec), settings)
    cached = _kaggle_folder(_preset(spec))
    if all((own / file).is_file() for file in _files(spec)):
        return _identified(own, spec, settings)
    if all((cached / file).is_file() and _is_complete(cached, file) for file in _files(spec)):
        return _identified(cached, spec, settings)
    return None


def preset_remedy(spec: EncoderSpec, settings: Settings) -> str:
    """What to do when an encoder's preset is missing, in one sentence."""
    return (
        f"Run `python -m prodsim download {spec.name}` where there is a network, "
        f"or unpack https://www.kaggle.com/models/{_preset(spec).handle} into {_own_folder(_preset(spec), settings)}."
    )


def fetch_preset(spec: EncoderSpec, settings: Settings) -> WeightsFile:
    """The weights file, what is read of its preset downloaded into the cache of kagglehub unless it is on disk.

    MissingExtra if kagglehub is not installed; WeightsUnavailable if offline, unreachable or refused.
    """
    found = find_preset(spec, settings)
    if found:
        return found
    preset = _preset(spec)

    def download(file: str) -> Path:
        return download_from_kaggle(lambda kagglehub: kagglehub.model_download(preset.handle, path=file), settings)

    try:
        weights, *_ = map(download, _files(spec))
    except KaggleRefused as reason:
        raise WeightsUnavailable(
            f"The weights of {spec.name} ({preset.size / 1e6:,.0f} MB) cannot be downloaded: {reason}. "
            f"{preset_remedy(spec, settings)}"
        ) from reason
    return _identified(weights.parent, spec, settings)


def _preset(spec: EncoderSpec) -> Preset:
    assert spec.preset is not None
    return spec.preset


def _files(spec: EncoderSpec) -> tuple[str, ...]:
    return (WEIGHTS, VOCABULARY) if spec.reads_text else (WEIGHTS,)


def _own_folder(preset: Preset, settings: Settings) -> Path:
    return settings.weights_dir / preset.name


def _kaggle_folder(preset: Preset) -> Path:
    cache = os.environ.get("KAGGLEHUB_CACHE") or os.path.expanduser("~/.cache/kagglehub")
    return Path(cache, "models", preset.handle)


def _is_complete(folder: Path, file: str) -> bool:
    """Whether kagglehub has marked the file, or the whole folder, as complete; what is half there lies there, too."""
    marks = folder.with_name(f"{folder.name}.complete"), folder.parent / ".complete" / folder.name / f"{file}.complete"
    return any(mark.is_file() for mark in marks)


def _identified(folder: Path, spec: EncoderSpec, settings: Settings) -> WeightsFile:
    name, files = _preset(spec).name, [folder / file for file in _files(spec)]
    pins = tuple(Pin.of(path, f"{name}-{path.name}", settings) for path in files)
    return held(WeightsFile(folder / WEIGHTS, digest(folder / WEIGHTS), published=True, pins=pins))
