"""Catalogs that were made to cost time, memory or a traceback: each test hangs, or fails, without its limit."""

import json
import random
import zipfile
from pathlib import Path

import pytest

from prodsim.catalog import files, open_catalog, read_catalog
from prodsim.catalog.files import File
from prodsim.catalog.forms import LONGEST, climb, stems
from prodsim.catalog.headers import ROLES, roles_of
from prodsim.catalog.library import Library
from prodsim.catalog.pictures import MOST, Pictures
from prodsim.catalog.problems import NO_ROW
from prodsim.catalog.tables import read_sheet
from prodsim.errors import CatalogError
from prodsim.storage import seal
from tests.samples import PICTURE, write_files

MUCH = 200_000


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("-" * MUCH + "x,b", id="a rule that is none"),
        pytest.param(";" * MUCH + "x", id="empty cells that are not at the end"),
        pytest.param("1,'" + "1" * MUCH + " x", id="a number behind an apostrophe that is none"),
        pytest.param("#" + " a" * MUCH, id="a comment"),
        pytest.param('1,="' + '""' * MUCH, id="a formula that does not end"),
    ],
)
def test_a_long_line_costs_no_more_than_it_is_long(line):
    assert read_sheet("styles.csv", f"id,name\n{line}\n1,Red Tee\n2,Blue Cap\n".encode()).rows


def test_very_many_pictures_of_one_name_are_told_apart_by_their_folders():
    names = [f"img/Shirt_{place:05}/img_00000001.jpg" for place in range(20_000)]
    pictures = Pictures([File(Path("shop"), name) for name in names])
    for place, name in enumerate(names):
        assert pictures.named_in(f"https://shop.example/{name}") == [place]
        assert pictures.id_of(place) == name.removesuffix(".jpg")


def test_of_the_pictures_that_a_cell_names_only_the_first_are_taken(tmp_path):
    names = [f"{place:04}.jpg" for place in range(MOST + 5)]
    text = f'title,image\nRed Tee,"{",".join(names)}"\n'
    catalog = read_catalog(write_files(tmp_path / "shop", names, {"styles.csv": text}))
    assert [path.name for path in catalog.images] == names[:MOST]
    assert [problem.subject for problem in catalog.problems if problem.kind == NO_ROW] == names[MOST:]


def test_what_is_longer_than_any_files_name_means_none():
    assert climb(["é" * LONGEST, "é" * (LONGEST + 1)], ["E\u0301" * LONGEST, "E\u0301" * (LONGEST + 1)]) == {
        "é" * LONGEST: "E\u0301" * LONGEST
    }


def test_a_name_of_nothing_but_separators_has_a_stem():
    assert stems("1" + "_" * 100_000) == [] and stems("_" * 30 + "1001_2") == ["_" * 30 + "1001"]


def test_of_very_many_files_without_a_known_suffix_not_all_are_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_LOOKED_AT", 3)
    catalog = read_catalog(write_files(tmp_path / "shop", ["1", "2.dat", "3", "4.dat", "5.jpg", "6.pdf"]))
    assert sorted(catalog.table.index) == ["1", "2.dat", "3", "5"]
    assert [(problem.subject, problem.detail) for problem in catalog.problems] == [
        ("4.dat", "not looked at: too many files without a known suffix"),
        ("6.pdf", "neither a picture nor a table"),
    ]


@pytest.mark.parametrize("name", [".left-out.json", ".fetching"])
def test_a_zip_does_not_write_where_this_app_keeps_its_notes(tmp_path, settings, name):
    with zipfile.ZipFile(tmp_path / "shop.zip", "w") as archive:
        archive.writestr("styles.csv", "id\n1\n")
        archive.writestr("1.jpg", PICTURE)
        archive.writestr(f"{name}/2.jpg", PICTURE)
        archive.writestr("notes.pdf", "x")
    catalog = open_catalog(settings.replace(catalog=tmp_path / "shop.zip"))
    assert [*catalog.table.index] == ["1"] and len(catalog.problems) == 2


def test_whatever_roles_somebody_gives_there_is_a_catalog_or_our_error(tmp_path):
    text = "id,name,type,color,img\n1,A b,X,Red,1.jpg\n2,B c,X,Red,2.jpg\n3,C d,Y,Blue,3.jpg\n"
    folder = write_files(tmp_path / "shop", ["1.jpg", "2.jpg", "3.jpg"], {"styles.csv": text})
    choose, read = random.Random(1), 0
    for _ in range(150):
        columns = ["id", "name", "img", "", "nothing"]
        pairs = [f"{choose.choice(ROLES)}={choose.choice(columns)}" for _ in range(choose.randint(1, 4))]
        try:
            catalog = read_catalog(folder, "shop", roles_of(pairs))
        except CatalogError:
            continue
        assert len(catalog.names) == len([catalog.product(id_) for id_ in catalog.table.index])
        read += 1
    assert read > 30


def test_a_column_cannot_be_the_id_and_the_name(tmp_path):
    folder = write_files(tmp_path / "shop", ["1.jpg"], {"styles.csv": "id,name\n1,Red Tee\n"})
    with pytest.raises(CatalogError, match="'id' cannot be both the id and the name"):
        read_catalog(folder, "shop", {"id": "id", "name": "id"})


@pytest.mark.parametrize(
    "changed",
    [
        *({"table": table} for table in ("../outside.csv", "/etc/outside.csv", ".", "x\0.csv", 5, ["a"], "1.jpg")),
        *(
            {"roles": roles}
            for roles in ([], {"type": 5}, {"type": "nothing"}, {"bad": "id"}, {"id": "id", "name": "id"})
        ),
        *({"folder": folder} for folder in (5, ["a"], "\0", "\ud800", "nowhere")),
        *({"products": products} for products in ("x", float("inf"), None)),
    ],
)
def test_an_entry_that_was_altered_leads_to_no_other_file_and_to_no_traceback(tmp_path, settings, changed):
    folder = write_files(tmp_path / "shop", ["1.jpg"], {"styles.csv": "id,name\n1,Red Tee\n"})
    (tmp_path / "outside.csv").write_text("id\n1\n")
    library = Library(settings)
    (library.settings.cache_dir / "library").mkdir(parents=True)
    entry = {"folder": str(folder), "products": 1, "table": "styles.csv", **changed}
    (library.settings.cache_dir / "library" / "shop.json").write_bytes(seal(json.dumps(entry).encode()))
    with pytest.raises(CatalogError):
        library.open("shop")
    library.sweep()


def test_an_entry_that_is_nested_without_end_is_damaged(settings):
    library = Library(settings)
    (library.settings.cache_dir / "library").mkdir(parents=True)
    (library.settings.cache_dir / "library" / "shop.json").write_bytes(seal(b"[" * 100_000))
    with pytest.raises(CatalogError, match="is damaged"):
        library.open("shop")
