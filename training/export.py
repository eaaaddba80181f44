"""From the trained network to the shipped file: normalization folded into convolutions, float16 arrays, no pickle."""

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.errors import TrainingError
from training.familiarity import Familiarity
from training.network import ConvNorm, Network

_NEVER = (1980, 1, 1, 0, 0, 0)
"""The time of every member, so that the same weights are the same bytes."""


def arrays(network: Network, familiarity: Familiarity) -> dict[str, NDArray[np.float16]]:
    """`<layer>.kernel` and `<layer>.bias` as in Keras: convolutions (h, w, in, out), linear layers (in, out).
    `familiarity.kernel` and `familiarity.bias` are no layer's.

    `relu(norm(conv(x)))` of an evaluated network equals `relu(folded(x))` up to float16.
    """
    found = {}
    for name, layer in network.named_modules():
        if isinstance(layer, ConvNorm):
            kernel, bias = _folded(layer)
            found[f"{name}.kernel"], found[f"{name}.bias"] = kernel.permute(2, 3, 1, 0), bias
        elif isinstance(layer, nn.Linear):
            found[f"{name}.kernel"] = layer.weight.T
            if layer.bias is not None:
                found[f"{name}.bias"] = layer.bias
    halves = {name: value.detach().cpu().numpy().astype(np.float16) for name, value in found.items()}
    halves |= {f"familiarity.{name}": value.astype(np.float16) for name, value in vars(familiarity).items()}
    if not all(np.isfinite(value).all() for value in halves.values()):
        raise TrainingError("The network holds numbers that float16 does not. Train with another seed or a lower rate.")
    return halves


def _folded(layer: ConvNorm) -> tuple[torch.Tensor, torch.Tensor]:
    norm = layer.norm
    assert norm.running_var is not None and norm.running_mean is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return layer.conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale


def write(network: Network, familiarity: Familiarity, path: Path) -> str:
    """An .npz file as `numpy.savez` makes them, at once. -> its SHA-256, which belongs into the registry.

    TrainingError if it cannot be written, or a number is too large for float16.
    """
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, value in arrays(network, familiarity).items():
            member = BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(value), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _NEVER), member.getvalue(), zipfile.ZIP_DEFLATED)
    fresh = path.with_name(f"{path.name}.part")
    try:
        fresh.write_bytes(content.getvalue())
        os.replace(fresh, path)
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}. Name another file with --out.") from error
    return hashlib.sha256(content.getvalue()).hexdigest()
