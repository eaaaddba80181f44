"""The loop: rates that rise and fall and fall again, an average of the weights, a checkpoint and report each epoch."""

import copy
import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.batches import Batches
from training.checkpoint import State, restore, save
from training.data import Photos, Products
from training.measure import watch
from training.muon import Muon
from training.network import DIM, Network
from training.objective import Labels, Objective, Taught
from training.recipe import Recipe
from training.splits import Split

GALLERY = 4000
"""Training products among which the development split looks for its neighbors."""

WATCH_EVERY = 4
"""Epochs from one look to the next, which takes seconds."""


class Training:
    """One run, on a GPU if there is one. It goes on from a checkpoint as if it had never been stopped: on the processor
    to the last bit, on a GPU but for the order in which it adds up.
    """

    def __init__(
        self,
        products: Products,
        photos: Photos,
        taught: Taught,
        recipe: Recipe,
        folder: Path,
        say: Callable[[str], None],
    ) -> None:
        """`taught` belongs to the training splits; checkpoints go into `folder`, reports to `say`."""
        torch.manual_seed(recipe.seed)
        self.recipe, self.folder, self.say = recipe, folder, say
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.halved = _fast_in_bfloat16(self.device)
        seen, scenes = products.of(Split.TRAIN), photos.of(Split.TRAIN)
        some = np.random.default_rng(recipe.seed).permutation(len(seen.ids))[:GALLERY]
        self.watched = (seen.take(some), products.of(Split.DEVELOPMENT), photos.of(Split.DEVELOPMENT))
        self.batches = Batches(seen, scenes, recipe)
        self.labels = Labels.of(seen, scenes, taught, self.device)
        self.network = Network()
        classes = {name: len(names) for name, names in seen.names.items()}
        self.objective = Objective(DIM, classes, taught[0].shape[1], recipe)
        self.learner = nn.ModuleList([self.network, self.objective]).to(self.device)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.network).eval()
        kernels = [each for stage in self.network.stages for each in stage.parameters() if each.ndim == 4]
        turned = {id(each) for each in kernels}
        rest = [each for each in self.learner.parameters() if id(each) not in turned]
        optimizers = {"kernels": Muon(kernels, recipe.turn), "rest": self._adam(rest)}
        self.state = State(self.learner, self.average, optimizers, recipe, _digest(seen, scenes, taught))
        self.steps = self.batches.an_epoch * recipe.epochs
        self.until_restart = self.batches.an_epoch * recipe.first_epochs

    def _adam(self, parameters: Sequence[nn.Parameter]) -> torch.optim.Optimizer:
        decayed = [each for each in parameters if each.ndim > 1]
        plain = [each for each in parameters if each.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": self.recipe.weight_decay}, {"params": plain, "weight_decay": 0.0}]
        return torch.optim.AdamW(groups, self.recipe.rate, betas=(0.9, 0.99), fused=True)

    def run(self) -> Network:
        """From the last checkpoint, if there is one, to the end. -> the averaged network."""
        first = restore(self.folder, self.state)
        started = time.monotonic()
        losses: dict[str, float] = {}
        for step in range(first, self.steps):
            for name, value in self.step(step).items():
                losses[name] = 0.98 * losses.get(name, value) + 0.02 * value
            if (step + 1) % self.batches.an_epoch == 0:
                save(self.folder, step + 1, self.state)
                self._report(step + 1, (time.monotonic() - started) / (step + 1 - first), losses)
        return self.average

    def step(self, step: int) -> dict[str, float]:
        """One batch. -> the losses by name."""
        share = step / self.until_restart
        pace = self.recipe.pace_at(share)
        for optimizer, rate in zip(self.state.optimizers.values(), (self.recipe.turn, self.recipe.rate), strict=True):
            for group in optimizer.param_groups:
                group["lr"] = rate * pace
        batch = self.batches.of(step, self.recipe.size_at(share)).to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.halved):
            embeddings = self.network(batch.pictures)
        terms = self.objective(embeddings.float(), batch, self.labels, share)
        self.learner.zero_grad(set_to_none=True)
        torch.stack(list(terms.values())).sum().backward()  # type: ignore[no-untyped-call]
        for optimizer in self.state.optimizers.values():
            optimizer.step()
        self._average(step)
        return {name: float(term.detach()) for name, term in terms.items()}

    @torch.no_grad()
    def _average(self, step: int) -> None:
        """Parameters and statistics; at first over few steps, as the beginning is worth nothing."""
        kept = min(self.recipe.averaging, (1 + step) / (10 + step))
        mine, theirs = (
            [value for value in each.state_dict().values() if value.is_floating_point()]
            for each in (self.average, self.network)
        )
        torch._foreach_lerp_(mine, theirs, 1 - kept)

    def _report(self, done: int, seconds: float, losses: dict[str, float]) -> None:
        epoch, epochs = done // self.batches.an_epoch, self.recipe.epochs
        lost = ", ".join(f"{name} {value:.2f}" for name, value in losses.items())
        pictures = (self.recipe.products + self.recipe.photos) / seconds
        self.say(f"epoch {epoch} of {epochs}: loss {lost}; {pictures:.0f} pictures/s")
        if epoch % WATCH_EVERY == 0 or epoch == epochs:
            size = self.recipe.size_at((done - 1) / self.until_restart)
            found = watch(self.average, *self.watched, size, self.device)
            self.say(f"epoch {epoch} of {epochs}: P@5 " + ", ".join(f"{name} {p:.3f}" for name, p in found.items()))


def _fast_in_bfloat16(device: torch.device) -> bool:
    """Whether the device has instructions for it; where it has none, half the bits take longer."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def _digest(products: Products, photos: Photos, taught: Taught) -> str:
    """Changes with the pictures, the labels and the teacher."""
    digest = hashlib.sha256(repr((products.ids, products.names, photos.paths)).encode())
    for array in (products.pictures, *products.codes.values(), photos.pictures, photos.classes, *taught):
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
