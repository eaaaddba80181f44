"""The shipped file: what learned in PyTorch is what runs in Keras."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.needs import need_torch
from tests.samples import noise

need_torch()

import torch  # noqa: E402 - not before it is known to be here

from prodsim.encoders import encoder_spec, mini  # noqa: E402
from prodsim.encoders.weights import WeightsFile  # noqa: E402
from training.augment import to_float  # noqa: E402
from training.export import write  # noqa: E402
from training.familiarity import Familiarity  # noqa: E402
from training.network import Network  # noqa: E402

FAMILIARITY = Familiarity(np.linspace(-1, 1, 2 * mini.STAGES[-1], dtype=np.float32), np.float32([0.25]))


@pytest.fixture
def network():
    """As if it had learned: its normalizations have statistics."""
    torch.manual_seed(0)
    network = Network()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_()
                module.running_var.uniform_(0.5, 2)
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_()
    return network.eval()


def test_the_encoder_gives_what_the_network_learned_to_give(network, tmp_path):
    path = tmp_path / "mini.npz"
    write(network, FAMILIARITY, path)
    encoder = mini.load(encoder_spec("mini"), WeightsFile(path, "", published=True))
    pictures = [noise((60, 80), seed) for seed in range(5)] + [Image.new("RGB", (60, 80), "white")]
    with torch.inference_mode():
        expected = network(to_float(torch.from_numpy(np.stack([np.asarray(each) for each in pictures])))).numpy()
    np.testing.assert_allclose(encoder.encode(pictures), expected, atol=2e-3)  # float16


def test_the_features_are_what_the_network_pools(network, tmp_path):
    path = tmp_path / "mini.npz"
    write(network, FAMILIARITY, path)
    encoder = mini.load(encoder_spec("mini"), WeightsFile(path, "", published=True))
    with torch.inference_mode():
        expected = network.features(to_float(torch.from_numpy(np.array(noise((60, 80)))[None])))
    found = encoder.features([noise((60, 80))])
    np.testing.assert_allclose(found, expected.permute(0, 2, 3, 1), atol=2e-2 * float(expected.max()))


def test_the_same_weights_are_the_same_bytes_in_plain_float16_arrays(network, tmp_path):
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    assert write(network, FAMILIARITY, one) == write(network, FAMILIARITY, other)
    assert one.read_bytes() == other.read_bytes()
    with np.load(io.BytesIO(one.read_bytes()), allow_pickle=False) as arrays:
        assert {arrays[name].dtype for name in arrays.files} == {np.dtype(np.float16)}


def test_familiarity_is_a_linear_function_of_mean_and_maximum_of_the_features(network, tmp_path):
    path = tmp_path / "mini.npz"
    write(network, FAMILIARITY, path)
    encoder = mini.load(encoder_spec("mini"), WeightsFile(path, "", published=True))
    pictures = [noise((60, 80), seed) for seed in range(3)]
    features = encoder.features(pictures).astype(np.float64)
    kernel = FAMILIARITY.kernel.astype(np.float16).astype(np.float64)
    expected = [0.25 + np.r_[each.mean((0, 1)), each.max((0, 1))] @ kernel for each in features]
    np.testing.assert_allclose(encoder.familiarity(pictures), expected, rtol=1e-3, atol=1e-3)
