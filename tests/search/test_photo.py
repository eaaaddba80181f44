"""A photo is decoded once for all that is needed of it, and what a model sees of it is exact."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from prodsim.encoders import REGISTRY
from prodsim.errors import ImageError
from prodsim.images import flaws, open_rgb
from prodsim.search import Framing, Photo
from prodsim.search import photo as photo_module
from prodsim.search.photo import SHOWN
from prodsim.search.recent import Recent
from tests.samples import DAMAGED, encoded, noise, picture
from tests.search.test_crop import boxes

MINI, PIXELS, VGG16 = (REGISTRY[name] for name in ("mini", "pixels", "vgg16"))


@pytest.fixture
def opened(monkeypatch):
    """The names of the photos that are decoded from here on, in order."""
    names = []
    monkeypatch.setattr(photo_module, "open_rgb", lambda content, name: names.append(name) or open_rgb(content, name))
    return names


def decoded(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.tuples(st.integers(16, 90), st.integers(16, 90)), box=boxes, fit=st.sampled_from([None, "pad", "squash"])
)
def test_what_a_model_sees_is_fitted_from_the_whole_picture(size, box, fit):
    content, framing = encoded(noise(size)), Framing(box, fit)
    photo = Photo("photo.png", content, framing)
    photo.look(*REGISTRY.values())
    for spec in REGISTRY.values():
        np.testing.assert_array_equal(
            np.asarray(photo.seen(spec)), np.asarray(framing.fit(open_rgb(content, "photo.png"), spec))
        )


def test_a_photo_is_decoded_once_for_all_that_is_asked_of_it(opened):
    photo = Photo("photo.png", encoded(noise((60, 60))))
    assert not photo.looked() and not opened
    look = photo.look(MINI, PIXELS)
    assert photo.looked() and photo.looked(MINI, PIXELS)
    for _ in range(2):
        assert photo.look() is look and photo.look(PIXELS) is look
        photo.seen(MINI), photo.seen(PIXELS), look.flaws, look.shown, look.cropped
    assert opened == ["photo.png"]


def test_for_an_encoder_that_sees_something_else_it_is_decoded_once_more_and_what_was_seen_stays(opened):
    photo = Photo("photo.png", encoded(noise((60, 60))))
    seen = photo.seen(MINI)
    assert not photo.looked(VGG16)
    photo.seen(VGG16)
    assert photo.seen(MINI) is seen
    assert opened == ["photo.png"] * 2


def test_encoders_that_are_given_the_same_pixels_share_them(opened):
    photo = Photo("photo.png", encoded(noise((60, 60))))
    assert photo.seen(replace(VGG16, name="another")) is photo.seen(VGG16)
    assert len(opened) == 1


def test_threads_that_ask_at_once_decode_it_once(opened):
    photo = Photo("photo.png", encoded(noise((60, 60))))
    with ThreadPoolExecutor(8) as pool:
        looks = [done.result() for done in [pool.submit(photo.look, MINI) for _ in range(8)]]
    assert len({id(look) for look in looks}) == 1 and len(opened) == 1


@pytest.mark.parametrize("content", [DAMAGED, b"", picture("red", (8, 8))], ids=["damaged", "empty", "too small"])
def test_that_it_cannot_be_used_is_found_out_once_and_said_each_time(content, opened):
    photo = Photo("mine.jpg", content)
    for _ in range(3):
        with pytest.raises(ImageError, match=r"mine\.jpg"):
            photo.look(MINI)
        assert photo.looked() and photo.looked(PIXELS)
    assert opened == ["mine.jpg"]


def test_what_is_shown_is_small_whole_and_pale_outside_the_crop():
    halves = Image.new("RGB", (1200, 900), "red")
    halves.paste("blue", (600, 0, 1200, 900))
    look = Photo("photo.png", encoded(halves), Framing((50, 0, 100, 100))).look()
    shown, cropped = decoded(look.shown), decoded(look.cropped)
    assert shown.size == (SHOWN, SHOWN * 3 // 4) and cropped.size == (SHOWN * 2 // 3, SHOWN)
    assert shown.getpixel((20, 100))[1] > 180 and shown.getpixel((460, 100))[1] < 20
    assert np.asarray(cropped)[..., 2].min() > 200


def test_a_small_photo_is_shown_as_large_as_it_is():
    assert decoded(Photo("photo.png", picture("red", (30, 40))).look().shown).size == (30, 40)


def test_nothing_else_of_the_file_is_in_what_is_shown():
    file = encoded(noise((60, 60)), "JPEG", comment=b"taken at home")
    look = Photo("photo.jpg", file).look()
    assert b"taken at home" in file and b"taken at home" not in look.shown + look.cropped


def test_its_flaws_are_those_of_the_crop():
    dark = noise((200, 200), 3)
    dark.paste("black", (100, 0, 200, 200))
    for box in ((0, 0, 100, 100), (50, 0, 100, 100)):
        framing = Framing(box)
        assert list(Photo("photo.png", encoded(dark), framing).look().flaws) == flaws(framing.crop(dark))
    assert "dark" in Photo("photo.png", encoded(dark), Framing((50, 0, 100, 100))).look().flaws


def test_what_is_kept_of_a_large_photo_is_small():
    look = Photo("photo.png", encoded(noise((1500, 2000)))).look(*REGISTRY.values())
    pixels = sum(4 * picture.width * picture.height for picture in look.fitted.values())
    assert len(look.shown) + len(look.cropped) + pixels < 1_000_000


def test_photos_of_the_same_content_have_the_same_digest_whatever_they_are_called():
    one, same, other = Photo("a", b"1"), Photo("b", b"1", Framing((0, 0, 9, 9))), Photo("a", b"2")
    assert one.digest == same.digest != other.digest


def test_when_its_file_is_let_go_what_was_seen_stays_and_the_rest_is_to_be_given_again(opened):
    content = encoded(noise((60, 60)))
    photo = Photo("photo.png", content)
    look, seen = photo.look(), photo.seen(MINI)
    photo.let_go()
    assert photo.content == b"" and photo.digest == Photo("", content).digest
    assert photo.seen(MINI) is seen and photo.look().shown == look.shown
    for _ in range(2):
        with pytest.raises(ImageError, match=r"photo\.png is kept no more.+Give it again"):
            photo.seen(VGG16)
    assert len(opened) == 2


def test_its_content_is_not_shown_when_it_is_printed():
    assert "secret" not in repr(Photo("photo.png", b"secret"))


# what was asked for last


def test_of_more_than_may_be_kept_the_one_that_nobody_asked_for_longest_goes():
    memory = Recent(2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    assert memory.get("a") == 1
    memory.keep("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c"), len(memory)) == (1, None, 3, 2)
    assert "a" in memory and "b" not in memory


def test_a_memory_is_bounded_whoever_uses_it_at_once():
    memory = Recent(10)

    def use(start):
        for number in range(start, start + 300):
            memory.keep(number, -number)
            assert memory.get(number) in (-number, None)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(use, 100 * place) for place in range(8)]:
            done.result()
    assert len(memory) == 10
