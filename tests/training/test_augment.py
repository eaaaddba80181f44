"""What training makes of a picture."""

import numpy as np
import pytest

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before it is known to be here

from training.augment import in_studio, lift, look, relight, to_float  # noqa: E402

WHITE, RED = torch.tensor([1.0, 1, 1])[:, None, None], torch.tensor([1.0, 0, 0])[:, None, None]


def draw(seed=0):
    return torch.Generator().manual_seed(seed)


def garments(n=40):
    """White pictures whose middle is red."""
    pictures = WHITE.expand(n, 3, 80, 60).clone()
    pictures[:, :, 20:60, 15:45] = RED
    return pictures


GRAY = torch.full((40, 3, 120, 90), 0.5)


def test_pixels_become_numbers_from_0_to_1_channels_first():
    pictures = torch.from_numpy(np.arange(2 * 4 * 3 * 3, dtype=np.uint8).reshape(2, 4, 3, 3))
    floats = to_float(pictures)
    assert floats.shape == (2, 3, 4, 3)
    assert floats[1, 2, 3, 0] == pictures[1, 3, 0, 2] / 255


def test_a_lifted_garment_keeps_its_pixels_and_loses_its_ground():
    lifted, which = lift(garments(), GRAY, 1.0, draw())
    assert which.all()
    assert (lifted[:, :, 20:60, 15:45] == RED).all()
    assert not (lifted[:, :, :20] == 1).all(dim=1).any()


def test_half_of_the_grounds_are_of_photos_and_half_plain():
    lifted, _ = lift(garments(), GRAY, 1.0, draw())
    of_photos = (lifted[:, :, 0, 0] == 0.5).all(dim=1)
    assert 8 < of_photos.sum() < 32


def test_what_is_not_lifted_stays_as_it_is():
    lifted, which = lift(garments(), GRAY, 0.5, draw())
    assert 8 < which.sum() < 32
    assert (lifted[~which] == garments()[~which]).all()


def test_a_studio_is_nearly_gray_and_darker_at_its_edges():
    shown = in_studio(garments(), 1.0, draw())
    assert (shown[:, :, 20:60, 15:45] == RED).all()
    ground = shown[:, :, :15]
    assert ground.min() > 0.3 and ground.max() < 1
    assert (ground.amax(dim=1) - ground.amin(dim=1) < 0.07).all()
    assert (shown[:, :, 0, 30] <= shown[:, :, 15, 30]).all() and (shown[:, :, 0, 30] < shown[:, :, 15, 30]).any()
    assert len(shown[:, :, 0, 0].unique(dim=0)) == len(shown)


def test_what_is_not_in_the_studio_stays_as_it_is():
    shown = in_studio(garments(), 0.5, draw())
    same = (shown == garments()).all(dim=(1, 2, 3))
    assert 8 < same.sum() < 32


@pytest.mark.parametrize("size", [(80, 60), (48, 36)])
def test_a_look_at_one_color_shows_that_color(size):
    seen = look(RED.expand(9, 3, 80, 60), size, zoom=(0.5, 1.3), turn=0.3, draw=draw())
    assert seen.shape == (9, 3, *size)
    torch.testing.assert_close(seen, RED.expand(9, 3, *size))


def test_looks_differ_and_the_same_draw_gives_the_same():
    one, again, other = (look(garments(), (80, 60), zoom=(0.75, 1.15), turn=0.1, draw=draw(seed)) for seed in (0, 0, 1))
    assert (one == again).all() and not (one == other).all()
    assert len({each.numpy().tobytes() for each in one}) == len(one)


def test_half_of_the_looks_are_mirrored():
    pictures = WHITE.expand(60, 3, 80, 60).clone()
    pictures[:, :, :, :30] = 0
    seen = look(pictures, (80, 60), zoom=(1.0, 1.0), turn=0.0, draw=draw())
    mirrored = seen[:, 0, 40, 5] > 0.5
    assert 18 < mirrored.sum() < 42
    assert (seen[mirrored, 0, 40, 55] < 0.5).all() and (seen[~mirrored, 0, 40, 55] > 0.5).all()


def test_a_smaller_share_shows_things_larger():
    near, far = (
        (look(garments(), (80, 60), zoom=(zoom, zoom), turn=0.0, draw=draw()) == RED).all(dim=1).sum()
        for zoom in (0.6, 1.2)
    )
    assert near > 2 * far


def test_no_strength_leaves_the_light():
    torch.testing.assert_close(relight(garments(), torch.zeros(40), draw()), garments())


def test_other_light_is_within_its_strength_and_stays_a_picture():
    pictures = torch.full((50, 3, 8, 6), 0.5)
    lit = relight(pictures, torch.full((50,), 0.2), draw())
    assert lit.min() >= 0.5 * 0.8 * 0.93 and lit.max() <= 0.5 * 1.2 * 1.07
    assert lit.std() > 0.02
    assert relight(pictures * 2, torch.full((50,), 0.9), draw()).max() <= 1
