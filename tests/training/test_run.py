"""A tiny run of the whole recipe, on the demo: the same command that makes the shipped file."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before PyTorch is known to be here

import training.__main__ as command  # noqa: E402
import training.familiarity as familiarity  # noqa: E402
from prodsim.catalog import read_catalog  # noqa: E402
from prodsim.encoders import REGISTRY, encoder_spec, mini  # noqa: E402
from prodsim.encoders.weights import WeightsFile  # noqa: E402
from prodsim.images import open_rgb  # noqa: E402
from training.data import read_photos, read_products  # noqa: E402
from training.errors import TrainingError  # noqa: E402
from training.export import write  # noqa: E402
from training.familiarity import Familiarity  # noqa: E402
from training.recipe import Recipe  # noqa: E402
from training.splits import Split  # noqa: E402
from training.train import Training  # noqa: E402

TINY = Recipe(epochs=3, restart_epochs=1, products=24, photos=8, sizes=((0.5, (16, 12)), (1.0, (32, 24))), memory=64)
NONE = Familiarity(np.zeros(2 * mini.STAGES[-1], dtype=np.float32), np.zeros(1, dtype=np.float32))


@pytest.fixture
def teacher(random_weights, monkeypatch):
    monkeypatch.setenv("PRODSIM_WEIGHTS_DIR", str(random_weights(REGISTRY["mobilenet_025"]).parent))


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["training", *map(str, arguments)])
    command.main()


def test_one_command_goes_from_two_archives_to_a_file_that_the_app_can_use(
    teacher, demo, photos, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(familiarity, "EACH", 2)
    out = tmp_path / "mini.npz"
    run(monkeypatch, demo, photos, "--out", out, "--work", tmp_path / "work", "--epochs", "1")
    said = capsys.readouterr().out
    assert "read 300 products" in said and "epoch 1 of 1: P@5 type" in said
    assert f"{out.stat().st_size:,} bytes" in said
    encoder = mini.load(encoder_spec("mini"), WeightsFile(out, "", published=True))
    vectors = encoder.encode([open_rgb(path) for path in sorted((demo / "images").iterdir())[:4]])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("wrong", [("--epochs", "0"), ("--seed", "-1"), ("--epochs", "many")])
def test_a_number_that_cannot_be_is_refused_before_anything_is_read(demo, photos, monkeypatch, capsys, wrong):
    with pytest.raises(SystemExit):
        run(monkeypatch, demo, photos, *wrong)
    assert f"argument {wrong[0]}: invalid number from" in capsys.readouterr().err


def test_without_the_teachers_weights_the_command_ends_with_a_sentence(demo, photos, tmp_path, monkeypatch):
    with pytest.raises(SystemExit, match=r"weights of mobilenet_025 .* are not on disk and PRODSIM_OFFLINE is set"):
        run(monkeypatch, demo, photos, "--out", tmp_path / "mini.npz", "--work", tmp_path / "work")


def test_an_archive_of_products_that_may_not_be_learned_from_is_refused(make_catalog, photos, tmp_path, monkeypatch):
    labels = dict.fromkeys(("articleType", "baseColour", "subCategory", "gender", "usage"), "any")
    published = make_catalog({"7": "red"}, {"7": labels})
    with pytest.raises(SystemExit, match="None of the products may be learned from"):
        run(monkeypatch, published.folder, photos, "--out", tmp_path / "mini.npz", "--work", tmp_path / "work")


def test_a_folder_that_cannot_be_made_ends_the_command_with_a_sentence(demo, photos, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SystemExit, match=r"The folder .*file/work cannot be made"):
        run(monkeypatch, demo, photos, "--work", tmp_path / "file" / "work")


@pytest.fixture(scope="module")
def read(demo, photos):
    return read_products(read_catalog(demo)), read_photos(photos)


def training(read, folder, recipe=TINY, say=lambda line: None):
    """A run whose teacher knows nothing: fixed random vectors."""
    random = np.random.default_rng(0)
    taught = tuple(random.normal(size=(len(each.of(Split.TRAIN).pictures), 8)).astype(np.float32) for each in read)
    folder.mkdir(exist_ok=True)
    return Training(*read, taught, recipe, folder, say)


def test_it_learns(read, tmp_path):
    losses = []
    run = training(read, tmp_path, replace(TINY, epochs=5))
    for step in range(run.steps):
        found = run.step(step)
        losses.append(found["articleType"] + found["photo"])
    assert np.mean(losses[-10:]) < 0.9 * np.mean(losses[:10])


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(read, tmp_path):
    def stop(line):
        raise KeyboardInterrupt

    whole = training(read, tmp_path / "whole").run()
    with pytest.raises(KeyboardInterrupt):
        training(read, tmp_path / "stopped", say=stop).run()
    said = []
    resumed = training(read, tmp_path / "stopped", say=said.append).run()
    assert [line.split(":")[0] for line in said] == ["epoch 2 of 3", "epoch 3 of 3", "epoch 3 of 3"]
    assert write(resumed, NONE, tmp_path / "resumed.npz") == write(whole, NONE, tmp_path / "whole.npz")


def test_another_seed_is_another_network(read, tmp_path):
    one, other = (training(read, tmp_path / str(seed), replace(TINY, epochs=1, seed=seed)).run() for seed in (0, 1))
    assert write(one, NONE, tmp_path / "one.npz") != write(other, NONE, tmp_path / "other.npz")


def test_a_checkpoint_of_another_recipe_is_refused(read, tmp_path):
    training(read, tmp_path, replace(TINY, epochs=1)).run()
    with pytest.raises(TrainingError, match="is of another recipe"):
        training(read, tmp_path).run()


def test_a_checkpoint_of_other_data_is_refused(read, tmp_path):
    training(read, tmp_path, replace(TINY, epochs=1)).run()
    fewer = (read[0].take(np.arange(len(read[0].ids) - 1)), read[1])
    with pytest.raises(TrainingError, match="of other data"):
        training(fewer, tmp_path, replace(TINY, epochs=1)).run()


def test_without_products_or_photos_to_watch_a_run_goes_on(read, tmp_path):
    products, photos = (each.of(Split.TRAIN) for each in read)
    said = []
    training((products, photos), tmp_path, replace(TINY, epochs=1), said.append).run()
    assert [line.split(":")[0] for line in said] == ["epoch 1 of 1"] * 2


def test_a_damaged_checkpoint_is_refused_with_what_to_do(read, tmp_path):
    (tmp_path / "checkpoint.safetensors").write_bytes(b"cut short")
    with pytest.raises(TrainingError, match=r"checkpoint\.safetensors cannot be read: .* Remove it to begin anew"):
        training(read, tmp_path).run()


def test_nothing_is_learned_from_what_is_held_out(read, tmp_path):
    batches = training(read, tmp_path).batches
    for learned, all_of_them in zip((batches.products, batches.photos), read, strict=True):
        seen = {each.tobytes() for each in learned.numpy()}
        assert seen
        for split in (Split.HELD_OUT, Split.DEVELOPMENT):
            kept = {each.tobytes() for each in all_of_them.of(split).pictures}
            assert kept and not seen & kept


def test_products_stand_on_the_ground_of_a_studio_as_often_as_the_recipe_says(read, tmp_path):
    def white(share):
        recipe = replace(TINY, studio=share, lifted=0.0, clean_light=0.0)
        pictures = training(read, tmp_path, recipe).batches.of(0, (32, 24)).pictures[: recipe.products]
        return float((pictures.amin(dim=1) > 0.99).float().mean())

    assert white(0.0) > 0.3
    assert white(1.0) < 0.01


@pytest.mark.parametrize("instructions", [{"avx512_bf16": True}, {"amx_bf16": True}, {}])
def test_the_network_runs_in_bfloat16_where_the_processor_has_instructions_for_it(
    read, tmp_path, monkeypatch, instructions
):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: instructions)
    run = training(read, tmp_path)
    types = []
    run.network.embed.register_forward_hook(lambda layer, given, made: types.append(made.dtype))
    run.step(0)
    assert types == [torch.bfloat16 if instructions else torch.float32]


def test_an_archive_that_cannot_be_read_ends_the_command_with_a_sentence(demo, tmp_path, monkeypatch):
    bad = tmp_path / "photos.zip"
    bad.write_bytes(b"no ZIP")
    with pytest.raises(SystemExit, match=r"photos\.zip cannot be read"):
        run(monkeypatch, demo, bad, "--work", tmp_path / "work")
