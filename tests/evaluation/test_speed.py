from prodsim.encoders import require
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.evaluation import keep_speed, kept_speed, pictures_per_second
from tests.samples import DAMAGED, picture


def test_a_speed_is_of_what_can_be_opened(tmp_path, settings):
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(picture("red", (30, 40)))
    (tmp_path / "bad.png").write_bytes(DAMAGED)
    encoder = PixelsEncoder(require("pixels", settings).spec)
    assert pictures_per_second(encoder, sorted(tmp_path.glob("*.png"))) > 0
    assert pictures_per_second(encoder, [tmp_path / "bad.png", tmp_path / "none.png"]) == 0


def test_pictures_are_held_as_small_as_the_model_sees_them(tmp_path, settings, monkeypatch):
    (tmp_path / "large.png").write_bytes(picture("red", (300, 400)))
    encoder = PixelsEncoder(require("pixels", settings).spec)
    held, encode = set(), encoder.encode
    monkeypatch.setattr(encoder, "encode", lambda images: held.update(one.size for one in images) or encode(images))
    pictures_per_second(encoder, [tmp_path / "large.png"])
    assert held == {encoder.spec.input_size}


def test_what_was_measured_is_remembered_for_exactly_this_encoder(settings):
    pixels = require("pixels", settings)
    assert kept_speed(pixels, settings) is None
    keep_speed(pixels, 12.5, settings)
    assert kept_speed(pixels, settings) == 12.5


def test_a_damaged_note_is_none(settings):
    pixels = require("pixels", settings)
    keep_speed(pixels, 1.0, settings)
    for path in settings.folder("reports").iterdir():
        path.write_text("{")
    assert kept_speed(pixels, settings) is None
