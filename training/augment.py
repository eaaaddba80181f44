"""What training makes of a picture: lifted off its white ground, cropped, turned, mirrored, in another light."""

import math

import torch
from torch import Tensor
from torch.nn import functional

WHITE = 238 / 255
"""A product's ground is where every channel is above this."""


def _uniform(shape: tuple[int, ...], low: float, high: float, draw: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(shape, generator=draw)


def to_float(pictures: Tensor) -> Tensor:
    """uint8 (n, h, w, 3) -> float32 (n, 3, h, w) in 0..1."""
    return pictures.permute(0, 3, 1, 2).float() / 255


def lift(products: Tensor, photos: Tensor, share: float, draw: torch.Generator) -> tuple[Tensor, Tensor]:
    """Lays a `share` of the products onto other grounds: half onto parts of photos, half onto plain colors.

    float32 (n, 3, h, w), and photos to cut from, (n, 3, H, W) -> the products, and bool (n,): which were lifted.
    """
    n, _, height, width = products.shape
    cut = look(photos, (height, width), zoom=(0.3, 0.8), turn=math.pi, draw=draw)
    plain = torch.rand(n, 3, 1, 1, generator=draw).expand_as(cut)
    ground = torch.where(torch.rand(n, 1, 1, 1, generator=draw) < 0.5, cut, plain)
    lifted = torch.rand(n, generator=draw) < share
    return _laid(products, ground, lifted), lifted


def in_studio(products: Tensor, share: float, draw: torch.Generator) -> Tensor:
    """Lays a `share` of the products onto what many catalogs have instead of white: nearly gray, and darker with the
    distance from a place near the middle. float32 (n, 3, h, w) -> the same shape.
    """
    n, _, height, width = products.shape

    def uniform(low: float, high: float, channels: int = 1) -> Tensor:
        return _uniform((n, channels, 1, 1), low, high, draw)

    across = torch.linspace(-1, 1, width) - uniform(-0.4, 0.4)
    down = torch.linspace(-1, 1, height)[:, None] - uniform(-0.4, 0.4)
    light = uniform(0.72, 0.95) + uniform(-0.03, 0.03, channels=3) - uniform(0, 0.12) * (across**2 + down**2)
    return _laid(products, light.clamp(0, 1), torch.rand(n, generator=draw) < share)


def _laid(products: Tensor, grounds: Tensor, which: Tensor) -> Tensor:
    """Products (n, 3, h, w) of which those in bool (n,) have these grounds instead of white."""
    outside = (products > WHITE).all(dim=1, keepdim=True) & which[:, None, None, None]
    return torch.where(outside, grounds, products)


def look(
    pictures: Tensor, size: tuple[int, int], *, zoom: tuple[float, float], turn: float, draw: torch.Generator
) -> Tensor:
    """A random look at each picture: mirrored or not, `zoom` = the share of its sides that is seen, `turn` in radians
    at most, sides up to a tenth off each other. float32 (n, 3, h, w) -> (n, 3, *size); edges are continued.
    """
    n, _, height, width = pictures.shape

    def uniform(low: float, high: float) -> Tensor:
        return _uniform((n,), low, high, draw)

    seen = uniform(*zoom)
    stretch = uniform(-0.05, 0.05).exp()
    across, down = seen * stretch, seen / stretch
    mirror = torch.where(torch.rand(n, generator=draw) < 0.5, -1.0, 1.0)
    angle = uniform(-turn, turn)
    x = uniform(-1, 1) * (0.05 + (1 - across).clamp(min=0))
    y = uniform(-1, 1) * (0.05 + (1 - down).clamp(min=0))
    cos, sin, ratio = angle.cos(), angle.sin(), height / width
    columns, rows = ((2 * torch.arange(each) + 1) / each - 1 for each in reversed(size))
    matrix = [mirror * across * cos, -down * sin * ratio, mirror * across * sin / ratio, down * cos, x, y]
    a, b, c, d, x, y = (each[:, None, None] for each in matrix)
    columns, rows = columns[None, None, :], rows[None, :, None]
    grid = torch.stack([a * columns + b * rows + x, c * columns + d * rows + y], dim=-1).to(pictures.device)
    return functional.grid_sample(pictures, grid, padding_mode="border", align_corners=False)


def relight(pictures: Tensor, strength: Tensor, draw: torch.Generator) -> Tensor:
    """Other light: brightness by up to +-`strength` (n,), contrast by as much, each channel by a third of it."""
    n = len(pictures)

    def factor(channels: int, share: float) -> Tensor:
        return 1 + share * strength[:, None] * (2 * torch.rand(n, channels, generator=draw) - 1)

    gain = (factor(1, 1) * factor(3, 1 / 3))[:, :, None, None]
    contrast = factor(1, 1)[:, :, None, None]
    middle = pictures.mean(dim=(1, 2, 3), keepdim=True)
    return (((pictures - middle) * contrast + middle) * gain).clamp(0, 1)
