"""The network while it learns: convolutions with batch normalization, which `export` folds into plain convolutions."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from prodsim.encoders import encoder_spec
from prodsim.encoders.mini import SQUEEZE, STAGES, STEM

DIM = encoder_spec("mini").dim


class ConvNorm(nn.Module):
    """A 3x3 convolution without bias, and batch normalization."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) -> (n, outputs, h / stride, w / stride)."""
        out: Tensor = self.norm(self.conv(x))
        return out


class SqueezeExcite(nn.Module):
    """Each channel weighed by what the whole picture shows (Hu et al. 2018, arXiv:1709.01507)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = nn.Linear(channels, channels // SQUEEZE)
        self.excite = nn.Linear(channels // SQUEEZE, channels)

    def forward(self, x: Tensor) -> Tensor:
        """The same shape."""
        weights = torch.sigmoid(self.excite(functional.relu(self.squeeze(x.mean(dim=(2, 3))))))
        return x * weights[:, :, None, None]


class Stage(nn.Module):
    """A convolution at stride 2, then two more beside a shortcut (He et al. 2016, arXiv:1512.03385)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.down = ConvNorm(inputs, outputs, 2)
        self.first = ConvNorm(outputs, outputs, 1)
        self.second = ConvNorm(outputs, outputs, 1)
        self.attention = SqueezeExcite(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) -> (n, outputs, h / 2, w / 2), rounded up."""
        x = functional.relu(self.down(x))
        return functional.relu(x + self.attention(self.second(functional.relu(self.first(x)))))


class Network(nn.Module):
    """Pictures in 0..1, float32 (n, 3, h, w) -> unit embeddings (n, DIM)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvNorm(3, STEM, 2)
        inputs = (STEM, *STAGES[:-1])
        self.stages = nn.ModuleList(Stage(*widths) for widths in zip(inputs, STAGES, strict=True))
        self.embed = nn.Linear(STAGES[-1], DIM, bias=False)

    def features(self, pictures: Tensor) -> Tensor:
        """The map that is pooled: (n, STAGES[-1], h / 16, w / 16), rounded up.

        Once it no longer learns: the mean of a picture's map and of that of its mirror image, mirrored back.
        """
        if self.training:
            return self._map(pictures)
        return (self._map(pictures) + self._map(pictures.flip(3)).flip(3)) / 2

    def _map(self, pictures: Tensor) -> Tensor:
        x = functional.relu(self.stem(pictures * 2 - 1))
        for stage in self.stages:
            x = stage(x)
        return x

    def forward(self, pictures: Tensor) -> Tensor:
        """float32 (n, 3, h, w) -> (n, DIM)."""
        return functional.normalize(self.embed(self.features(pictures).mean(dim=(2, 3))))
