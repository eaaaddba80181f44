"""The two archives as arrays."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from tests.samples import DAMAGED
from training.data import PHOTO_SIZE, PRODUCT_SIZE, read_photos, read_products
from training.errors import TrainingError
from training.splits import PHOTO_CLASSES, Split

ATTRIBUTES = {
    "2000": {
        "articleType": "Shirts",
        "baseColour": "Red",
        "gender": "Men",
        "subCategory": "Topwear",
        "usage": "Casual",
    },
    "2003": {
        "articleType": "Shirts",
        "baseColour": "Blue",
        "gender": "Men",
        "subCategory": "Topwear",
        "usage": "Casual",
    },
    "2017": {"articleType": "Jeans", "baseColour": "", "gender": "Men", "subCategory": "Bottomwear", "usage": "Casual"},
    "1": {
        "articleType": "Jeans",
        "baseColour": "Blue",
        "gender": "Men",
        "subCategory": "Bottomwear",
        "usage": "Casual",
    },
}


@pytest.fixture
def shop(make_catalog):
    return make_catalog(dict.fromkeys(ATTRIBUTES, "red"), ATTRIBUTES)


def named(products, attribute):
    names = (*products.names[attribute], None)
    return [names[code] for code in products.codes[attribute]]


def test_codes_stand_for_the_values_of_the_table(shop):
    products = read_products(shop)
    assert products.ids == ("2000", "2003", "2017", "1")
    assert named(products, "articleType") == ["Shirts", "Shirts", "Jeans", "Jeans"]
    assert named(products, "baseColour") == ["Red", "Blue", None, "Blue"]


def test_pictures_are_60_by_80(shop):
    pictures = read_products(shop).pictures
    assert pictures.shape == (4, PRODUCT_SIZE[1], PRODUCT_SIZE[0], 3) and pictures.dtype == np.uint8
    assert (pictures == [255, 0, 0]).all()


@pytest.mark.parametrize(
    ("split", "ids"),
    [
        (Split.TRAIN, ("2000",)),
        (Split.HELD_OUT, ("2003",)),
        (Split.DEVELOPMENT, ("2017",)),
        (Split.PUBLISHED, ("1",)),
    ],
)
def test_a_split_has_its_products_with_their_own_labels_and_pictures(shop, split, ids):
    products = read_products(shop)
    part = products.of(split)
    assert part.ids == ids and len(part.pictures) == 1
    (row,) = [products.ids.index(each) for each in ids]
    assert all(part.codes[each][0] == products.codes[each][row] for each in products.codes)


def test_a_table_without_a_column_that_is_learned_is_refused(make_catalog):
    with pytest.raises(TrainingError, match="has no column baseColour, subCategory, gender, usage"):
        read_products(make_catalog({"2000": "red"}, {"2000": {"articleType": "Shirts"}}))


def test_an_id_that_is_no_number_is_refused(make_catalog):
    with pytest.raises(TrainingError, match="The id 'blue-1' of shop is no number"):
        read_products(make_catalog({"blue-1": "red"}, {"blue-1": ATTRIBUTES["2000"]}))


def test_a_damaged_picture_is_left_out(make_catalog):
    catalog = make_catalog(
        {"2000": "red", "2001": DAMAGED, "2002": "blue"}, dict.fromkeys(("2000", "2001", "2002"), ATTRIBUTES["2000"])
    )
    products = read_products(catalog)
    assert products.ids == ("2000", "2002") and products.damaged == 1
    assert (products.pictures[1] == [0, 0, 255]).all()


def archive_of(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def jpeg(size, color):
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def test_photos_are_whole_on_white_and_of_their_folders_class(tmp_path):
    wide = jpeg((200, 100), "black")
    archive = archive_of(
        tmp_path / "p.zip", {"train/hat/a.jpg": wide, "validation/skirt/b.jpg": wide, "notes.txt": b"x"}
    )
    photos = read_photos(archive)
    assert photos.paths == ("train/hat/a.jpg", "validation/skirt/b.jpg")
    assert [list(PHOTO_CLASSES)[each] for each in photos.classes] == ["hat", "skirt"]
    assert photos.pictures.shape == (2, PHOTO_SIZE[1], PHOTO_SIZE[0], 3)
    assert (photos.pictures[:, 0] == 255).all() and (photos.pictures[:, 60] < 10).all()


def test_a_damaged_photo_is_left_out(tmp_path):
    archive = archive_of(tmp_path / "p.zip", {"train/hat/a.jpg": DAMAGED, "train/hat/b.jpg": jpeg((19, 19), "red")})
    assert read_photos(archive).paths == ("train/hat/b.jpg",)


def test_a_photo_whose_member_is_damaged_is_left_out_and_counted(tmp_path):
    archive = archive_of(tmp_path / "p.zip", {"train/hat/a.jpg": b"A" * 500, "train/hat/b.jpg": jpeg((19, 19), "red")})
    archive.write_bytes(archive.read_bytes().replace(b"A" * 500, b"A" * 499 + b"B"))
    photos = read_photos(archive)
    assert photos.paths == ("train/hat/b.jpg",) and photos.damaged == 1


def test_what_lies_in_other_folders_is_no_photo(tmp_path):
    red = jpeg((19, 19), "red")
    names = ("train/hat/a.jpg", "test/hat/b.jpg", "__MACOSX/train/hat/._a.jpg", "train/hat/", "hat/c.jpg")
    assert read_photos(archive_of(tmp_path / "p.zip", dict.fromkeys(names, red))).paths == ("train/hat/a.jpg",)


def test_an_archive_without_photos_is_refused_with_what_is_expected(tmp_path):
    with pytest.raises(TrainingError, match=r"no photos in train/<class>/ folders of the classes dress, hat"):
        read_photos(archive_of(tmp_path / "p.zip", {"train/car/a.jpg": jpeg((19, 19), "red")}))


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "p.zip"
    path.write_bytes(b"not a ZIP")
    with pytest.raises(TrainingError, match=r"p\.zip cannot be read"):
        read_photos(path)
