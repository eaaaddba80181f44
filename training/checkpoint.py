"""What a run needs to go on where it stopped: plain tensors in safetensors files, never a pickle."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from training.errors import TrainingError
from training.recipe import Recipe

FILE = "checkpoint.safetensors"


@dataclass(frozen=True, eq=False)
class State:
    """All that changes while a run goes on, and what it belongs to: `data` is a digest of what is learned from."""

    learner: nn.Module
    average: nn.Module
    optimizers: Mapping[str, torch.optim.Optimizer]
    recipe: Recipe
    data: str

    @property
    def facts(self) -> dict[str, str]:
        """What has to be the same when a run goes on."""
        return {"recipe": json.dumps(asdict(self.recipe), sort_keys=True), "data": self.data}


def save(folder: Path, step: int, state: State) -> None:
    """Written beside the last one and put in its place at once. TrainingError if that is impossible."""
    tensors = {
        **{f"learner.{name}": value for name, value in state.learner.state_dict().items()},
        **{f"average.{name}": value for name, value in state.average.state_dict().items()},
        **{
            f"{part}.{parameter}.{name}": value
            for part, optimizer in state.optimizers.items()
            for parameter, kept in optimizer.state_dict()["state"].items()
            for name, value in kept.items()
        },
    }
    fresh = folder / f"{FILE}.part"
    try:
        save_file(
            {name: value.contiguous() for name, value in tensors.items()}, fresh, state.facts | {"step": str(step)}
        )
        os.replace(fresh, folder / FILE)
    except (OSError, SafetensorError) as error:
        raise TrainingError(f"The checkpoint {folder / FILE} cannot be written: {error}. Make room for it.") from error


def restore(folder: Path, state: State) -> int:
    """Loads the checkpoint, if there is one. -> the step to go on with; 0 if there is none.

    TrainingError if it is damaged, or of another recipe or other data.
    """
    path = folder / FILE
    if not path.exists():
        return 0
    try:
        with safe_open(path, framework="pt") as opened:
            facts = opened.metadata() or {}
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118 (no mapping)
    except (OSError, SafetensorError) as error:
        raise TrainingError(f"{path} cannot be read: {error}. Remove it to begin anew.") from error
    if not facts.items() >= state.facts.items():
        raise TrainingError(f"{path} is of another recipe or of other data. Name another work folder, or remove it.")
    try:
        return _load(tensors, state, int(facts["step"]))
    except (KeyError, ValueError, RuntimeError) as error:
        raise TrainingError(f"{path} does not fit this version: {error}. Remove it to begin anew.") from error


def _load(tensors: dict[str, Tensor], state: State, step: int) -> int:
    def of(prefix: str) -> dict[str, Tensor]:
        return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}

    state.learner.load_state_dict(of("learner."))
    state.average.load_state_dict(of("average."))
    for part, optimizer in state.optimizers.items():
        moments: dict[int, dict[str, Tensor]] = {}
        for name, value in of(f"{part}.").items():
            parameter, _, kind = name.partition(".")
            moments.setdefault(int(parameter), {})[kind] = value
        optimizer.load_state_dict({"state": moments, "param_groups": optimizer.state_dict()["param_groups"]})
        for weights, kept in optimizer.state.items():
            for name, value in kept.items():
                if value.shape == weights.shape:  # as the weights lie in memory, which the fused step takes for granted
                    kept[name] = torch.empty_like(weights).copy_(value)
    return step
