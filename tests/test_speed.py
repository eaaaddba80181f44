from prodsim import speed
from prodsim.encoders import require
from prodsim.encoders.pixels import PixelsEncoder
from tests.samples import DAMAGED, picture


def test_a_speed_is_of_what_can_be_opened(tmp_path, settings):
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(picture("red", (30, 40)))
    (tmp_path / "bad.png").write_bytes(DAMAGED)
    encoder = PixelsEncoder(require("pixels", settings).spec)
    assert speed.pictures_per_second(encoder, sorted(tmp_path.glob("*.png"))) > 0
    assert speed.pictures_per_second(encoder, [tmp_path / "bad.png", tmp_path / "none.png"]) == 0


def test_what_was_measured_is_remembered_for_exactly_this_encoder(settings):
    pixels = require("pixels", settings)
    assert speed.kept(pixels, settings) is None
    speed.keep(pixels, 12.5, settings)
    assert speed.kept(pixels, settings) == 12.5


def test_a_damaged_note_is_none(settings):
    pixels = require("pixels", settings)
    speed.keep(pixels, 1.0, settings)
    for path in settings.folder("reports").iterdir():
        path.write_text("{")
    assert speed.kept(pixels, settings) is None
