"""The command line, as a user or a script meets it: stdout, stderr, exit codes."""

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from prodsim import __version__, evaluation
from prodsim.cli import app, console, prepare
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.evaluation import Question
from prodsim.images import SENTENCES
from prodsim.index import ExactIndex, Indexed
from prodsim.index.build import BATCH
from tests.needs import ROOT
from tests.samples import DAMAGED, FakeAvailable, ReadsColors, doubled, encoded, noise, picture, write_catalog

COMMANDS = ("search", "index", "stats", "evaluate", "encoders", "doctor", "download", "cache", "fetch")
PICTURES = {str(number): encoded(doubled(noise((15, 20), number))) for number in range(1, 7)}
TYPES = {number: {"articleType": "Shirts" if int(number) % 2 else "Hats", "baseColour": "Red"} for number in PICTURES}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Six products of noise; odd ids are shirts, even ones hats."""
    return write_catalog(tmp_path / "shop", PICTURES, TYPES, suffix=".png")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def search(shop: Path, *arguments: object) -> Result:
    return run("search", "--encoder", "pixels", "--catalog", shop, *arguments)


def neighbors(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return [neighbor["product_id"] for neighbor in json.loads(result.stdout)["neighbors"]]


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prodsim", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# search


def test_a_first_search_indexes_and_prints_a_table(shop: Path) -> None:
    result = search(shop, "--product", "1")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Most like 1 (1)\n")
    assert "1.0000" in result.stdout
    assert "pixels, unit scoring, 6 products indexed" in result.stdout


def test_each_result_is_said_to_be_as_close_as_it_is_in_this_catalog(shop: Path) -> None:
    table = search(shop, "--product", "1", "--k", 2)
    document = json.loads(search(shop, "--product", "1", "--json", "--k", 2).stdout)["closeness"]
    assert document["verdict"] == document["words"][0]
    assert all(word.split()[-1] in table.stdout for word in document["words"])
    assert document["percentiles"] == sorted(document["percentiles"], reverse=True)


def test_json_holds_the_documented_fields(shop: Path) -> None:
    document = json.loads(search(shop, "--product", "1", "--json", "--k", 2).stdout)
    keys = ["query", "searched", "encoder", "scoring", "catalog", "neighbors", "closeness", "steered", "near_identical"]
    assert list(document) == keys
    assert document["query"] == {"product_id": "1"}
    assert document["searched"] == "pictures"
    assert document["encoder"] == {"name": "pixels", "fingerprint": REGISTRY["pixels"].fingerprint()}
    assert document["scoring"] == "unit"
    assert document["catalog"]["name"] == "shop"
    assert document["catalog"]["products"] == 6
    assert len(document["catalog"]["digest"]) == 64
    first, second = document["neighbors"]
    assert list(first) == ["rank", "product_id", "name", "score", "similarity", "attributes", "image", "pictures"]
    assert (first["rank"], second["rank"]) == (1, 2)
    assert first["score"] == 1.0 > second["score"]
    assert first["image"] == f"images/{first['product_id']}.png"
    assert first["pictures"] == [first["image"]]
    assert first["attributes"] == TYPES[first["product_id"]]


def test_json_is_alone_on_stdout_when_there_are_notes(shop: Path) -> None:
    result = run("search", "--product", "1", "--json", "--catalog", shop)
    assert json.loads(result.stdout)["encoder"]["name"] == "mini"
    assert result.stdout.isascii()
    assert "python -m prodsim download vgg16" in result.stderr
    assert "mini is used instead" in result.stderr


def test_the_query_is_left_out_unless_it_is_included(shop: Path) -> None:
    assert "3" not in neighbors(search(shop, "--product", "3", "--json"))
    assert neighbors(search(shop, "--product", "3", "--json", "--include-query"))[0] == "3"


def test_a_picture_finds_the_product_it_shows(shop: Path, tmp_path: Path) -> None:
    photo = tmp_path / "my photo.png"
    photo.write_bytes(encoded(noise((15, 20), 4).resize((150, 200), Image.Resampling.NEAREST)))
    result = search(shop, photo, "--json")
    assert json.loads(result.stdout)["query"] == {"image": "my photo.png", "crop": [0, 0, 100, 100], "fit": "squash"}
    assert result.stderr == ""
    assert neighbors(result)[0] == "4"


def test_a_part_of_a_picture_finds_the_product_in_it(shop: Path, tmp_path: Path) -> None:
    photo = Image.new("RGB", (300, 200), "white")
    photo.paste(noise((15, 20), 4).resize((150, 200), Image.Resampling.NEAREST), (150, 0))
    photo.save(tmp_path / "photo.png")
    result = search(shop, tmp_path / "photo.png", "--json", "--crop", "50,0,100,100", "--fit", "pad")
    document = json.loads(result.stdout)
    assert document["query"] == {"image": "photo.png", "crop": [50, 0, 100, 100], "fit": "pad"}
    assert document["neighbors"][0]["product_id"] == "4"
    assert document["neighbors"][0]["similarity"] == pytest.approx(1, abs=1e-4)


def test_a_bad_picture_is_searched_with_a_note(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(PICTURES["4"])
    result = search(shop, tmp_path / "photo.png", "--json")
    assert result.stderr == f"Note: {SENTENCES['tiny']}\n"
    assert neighbors(result)[0] == "4"


def test_results_are_written_as_csv_and_as_a_report_beside_what_is_printed(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(PICTURES["4"])
    table, page = tmp_path / "found.csv", tmp_path / "found.html"
    for query in ((tmp_path / "photo.png",), ("--product", "4"), ("--words", "hats")):
        result = search(shop, *query, "--json", "--k", 2, "--csv", table, "--report", page)
        found = neighbors(result)
        rows = pd.read_csv(table, dtype=str)
        assert list(rows["id"]) == found
        assert ("percentile" in rows) == ("--words" not in query)
        text = page.read_text(encoding="utf-8")
        assert all(f"<dt><bdi>Id</bdi></dt><dd><bdi>{id_}</bdi></dd>" in text for id_ in found)
        assert json.loads(result.stdout)["catalog"]["digest"] in text
        assert ("photo.png" in text) == (query[0] == tmp_path / "photo.png")


def test_a_file_is_written_even_if_nothing_is_found(shop: Path, tmp_path: Path) -> None:
    result = search(shop, "--words", "zeppelin", "--report", tmp_path / "none.html", "--csv", tmp_path / "none.csv")
    assert result.exit_code == 0
    assert "No product was found" in (tmp_path / "none.html").read_text(encoding="utf-8")
    assert len((tmp_path / "none.csv").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [("nowhere/a.html", "there is no folder"), ("shop", "is a folder"), ("x" * 300 + "/a", "is no folder"), ("", "")],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_indexed(
    shop: Path, tmp_path: Path, file: str, said: str
) -> None:
    result = search(shop, "--product", "1", "--report", file and tmp_path / file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert not (load_settings().cache_dir / "stores").exists()


def test_no_file_is_written_over_the_catalogs_own(shop: Path) -> None:
    table, picture_ = shop / "styles.csv", shop / "images" / "1.png"
    before = table.read_bytes(), picture_.read_bytes()
    for option, file in (("--csv", table), ("--report", picture_)):
        over = search(shop, "--product", "1", option, file)
        assert over.exit_code == 1 and "is a file of the catalog" in over.stderr
    assert (table.read_bytes(), picture_.read_bytes()) == before


def test_no_file_is_written_over_the_photo_or_over_another_result(shop: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(picture("red"))
    over = search(shop, photo, "--report", photo)
    assert over.exit_code == 2 and "must be different files" in over.stderr
    assert photo.read_bytes() == picture("red")
    assert search(shop, "--product", "1", "--csv", tmp_path / "a", "--report", tmp_path / "." / "a").exit_code == 2


def test_a_file_that_fails_to_be_written_is_answered_with_a_sentence(shop: Path) -> None:
    result = search(shop, "--product", "1", "--csv", "/dev/full")
    assert result.exit_code == 1
    assert "/dev/full cannot be written: No space left on device. Choose another place." in result.stderr


def test_linear_scoring_is_the_raw_kernel(shop: Path) -> None:
    document = json.loads(search(shop, "--product", "1", "--json", "--scoring", "linear", "--include-query").stdout)
    with_itself = next(one for one in document["neighbors"] if one["product_id"] == "1")
    encoder = PixelsEncoder(REGISTRY["pixels"])
    (vector,) = encoder.encode([noise((15, 20), 1)])
    assert with_itself["similarity"] == pytest.approx(vector @ vector, rel=1e-5)


def test_marked_products_steer_a_search_stay_out_of_it_and_are_told(shop: Path) -> None:
    result = search(shop, "--product", "1", "--more", "2", "--less", "3", "--json")
    assert set(neighbors(result)) == {"4", "5", "6"}
    document = json.loads(result.stdout)
    assert document["steered"] == {"more": ["2"], "less": ["3"], "alpha": 1.0, "beta": 0.75, "gamma": 0.15}
    assert document["closeness"] is None
    plain = json.loads(search(shop, "--product", "1", "--json").stdout)
    assert plain["steered"] is None
    assert search(shop, "--product", "1", "--more", "2").stdout.startswith("Most like 1 (1), more like 2\n")


def test_near_identical_results_are_one_if_that_is_wanted(shop: Path, tmp_path: Path) -> None:
    (shop / "images" / "6.png").write_bytes(PICTURES["5"])
    plain = neighbors(search(shop, "--product", "1", "--k", 4, "--json"))
    assert {"5", "6"} <= {*plain}
    table = tmp_path / "found.csv"
    result = search(shop, "--product", "1", "--k", 4, "--json", "--fold", "--csv", table)
    assert set(neighbors(result)) == {"2", "3", "4", "5"}
    assert json.loads(result.stdout)["near_identical"] == {"5": ["6"]}
    read = pd.read_csv(table, dtype=str, keep_default_na=False).set_index("id")
    assert read["near_identical"].to_dict() == {"2": "", "3": "", "4": "", "5": "6"}
    assert "near-identical" in search(shop, "--product", "1", "--fold").stdout


def test_filters_of_one_attribute_add_up_and_those_of_two_narrow(shop: Path) -> None:
    assert sorted(neighbors(search(shop, "--product", "1", "--json", "--filter", "articleType=Hats"))) == [
        "2",
        "4",
        "6",
    ]
    others = search(shop, "--product", "1", "--json", "--filter", "articleType!=Shirts")
    assert sorted(neighbors(others)) == ["2", "4", "6"]
    both = ("--filter", "articleType=Hats", "--filter", "articleType=Shirts", "--filter", "baseColour=Red")
    assert len(neighbors(search(shop, "--product", "1", "--json", *both))) == 5


def test_numbers_are_filtered_by_bounds_and_tags_one_by_one(tmp_path: Path) -> None:
    tags = {"1": "red, new", "2": "red", "3": "blue, new", "4": "blue", "5": "new, red", "6": "blue, red"}
    rows = {id_: {"title": f"No {id_}", "price": f"{10 * int(id_)}.00 EUR", "Tags": each} for id_, each in tags.items()}
    folder = write_catalog(tmp_path / "priced", PICTURES, rows, suffix=".png")

    def passing(*filters: str) -> list[str]:
        given = [part for each in filters for part in ("--filter", each)]
        return sorted(neighbors(search(folder, "--product", "1", "--include-query", "--k", 6, "--json", *given)))

    assert passing("price<30") == ["1", "2"]
    assert passing("price<=30", "price>10") == ["2", "3"]
    assert passing("price>=20.5", "Tags=red") == ["5", "6"]
    assert passing("price=20") == passing("price=20.00 EUR") == ["2"]
    assert passing("Tags!=red") == ["3", "4"]
    counted = json.loads(run("stats", "--json", "--catalog", folder).stdout)["values"]
    assert counted["Tags"] == {"red": 4, "blue": 3, "new": 3}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--product", "7"), "no product '7'"),
        (("--product", "1", "--filter", "articleType"), "'articleType' is no filter"),
        (("--product", "1", "--more", "8"), "no product '8'"),
        (("--product", "1", "--more", "2", "--less", "2"), "'2' is marked twice"),
        (("--product", "1", "--filter", "size=XL"), "no attribute 'size'"),
        (("--product", "1", "--filter", "articleType<5"), "The values of articleType are no numbers"),
        (("--product", "1", "--filter", "articleType<five"), "'articleType<five' is no filter"),
        (("--product", "1", "--filter", "articleType=Shoes"), "No product has articleType=Shoes"),
        (("no such photo.jpg",), "no such photo.jpg cannot be read"),
        (("photo.jpg", "--crop", "half"), "'half' is no crop"),
        (("photo.jpg", "--crop", "9,0,9,100"), "leaves nothing of the photo"),
    ],
)
def test_what_cannot_be_answered_is_refused_before_anything_is_indexed(
    shop: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = search(shop, *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert not (load_settings().cache_dir / "stores").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("photo.jpg", "--product", "1"),
        ("photo.jpg", "--include-query"),
        ("photo.jpg", "--fit", "fill"),
        ("--product", "1", "--fit", "pad"),
        ("--words", "hats", "--crop", "0,0,50,50"),
        ("--words", "hats", "--product", "1"),
        ("--words", "hats " * 400),
        ("--words", "hats", "--include-query"),
        ("--words", "hats", "--scoring", "linear"),
        ("--words", "hats", "--more", "1"),
        ("--words", "hats", "--fold"),
        ("--words", " "),
        ("",),
        ("--product", "1", "--k", "0"),
        ("--product", "1", "--k", "101"),
        ("--product", "1", "--scoring", "cosine"),
        ("--product", "1", "--catalog", ""),
        ("--product", "1", "--nonsense"),
    ],
)
def test_a_wrong_use_is_exit_code_2_and_says_how_to_get_help(arguments: tuple[str, ...]) -> None:
    result = run("search", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--help" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--words", "hats", "--scoring", "linear"), "Words are always compared by the cosine."),
        (("--words", "hats", "--fold"), "What words find is not folded."),
        (("--words", " "), "There are no words to search with."),
        (("--words", "hats " * 400), "The words have 2,000 characters, and a search takes 200. Use fewer."),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_the_reason(
    shop: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = search(shop, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_search_without_results_says_so(tmp_path: Path) -> None:
    shop = write_catalog(tmp_path / "one", {"1": "red"})
    result = search(shop, "--product", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There is no other product" in result.stderr
    assert neighbors(search(shop, "--product", "1", "--json")) == []


def test_a_first_search_says_that_pictures_were_skipped_and_a_second_one_does_not(tmp_path: Path) -> None:
    shop = write_catalog(tmp_path / "shop", PICTURES | {"7": DAMAGED}, suffix=".png")
    assert "Pictures skipped: 1;" in search(shop, "--product", "1").stderr
    assert search(shop, "--product", "1").stderr == ""
    result = search(shop, "--product", "7")
    assert result.exit_code == 1
    assert "has no embedding" in result.stderr


def test_searching_from_a_product_never_imports_tensorflow(shop: Path) -> None:
    script = (
        "import sys; from prodsim.cli import app; app(sys.argv[1:], standalone_mode=False);"
        "print(sorted({'tensorflow', 'keras', 'streamlit'} & {*sys.modules}), file=sys.stderr)"
    )
    arguments = ("search", "--encoder", "pixels", "--catalog", str(shop), "--product", "1")
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
    assert "1.0000" in done.stdout


def test_words_are_searched_in_names_and_labels_and_nothing_is_indexed(shop: Path) -> None:
    result = search(shop, "--words", "red hats")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Names and labels that fit “red hats” best\n")
    assert "names and labels of 6 products, not pictures: pixels does not read text" in result.stdout
    assert "closeness" not in result.stdout
    assert not (load_settings().cache_dir / "stores").exists()


def test_json_says_that_names_were_searched(shop: Path) -> None:
    by_product = json.loads(search(shop, "--product", "1", "--json").stdout)
    result = search(shop, "--words", "hat", "--json", "--k", 2)
    document = json.loads(result.stdout)
    assert neighbors(result) == ["2", "4"]
    assert list(document) == list(by_product)
    assert list(document["neighbors"][0]) == list(by_product["neighbors"][0])
    assert (document["query"], document["searched"]) == ({"words": "hat"}, "names")
    assert (document["encoder"], document["scoring"], document["closeness"]) == (None, None, None)
    assert document["catalog"] == by_product["catalog"]


def test_words_respect_filters_and_those_that_find_nothing_say_so(shop: Path) -> None:
    assert neighbors(search(shop, "--words", "red", "--json", "--filter", "articleType=Hats")) == ["2", "4", "6"]
    for arguments, said in (
        (("--words", "zeppelin"), "No name and no label has any of these words.\n"),
        (("--words", "hat", "--filter", "articleType=Shirts"), "these words, among the products that pass the filters"),
    ):
        result = search(shop, *arguments)
        assert (result.exit_code, result.stdout) == (0, "")
        assert said in result.stderr


def test_an_encoder_that_reads_text_compares_words_with_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = write_catalog(tmp_path / "colors", {"1": "blue", "2": "red"}, suffix=".png")
    monkeypatch.setattr("prodsim.cli.search.encoder_spec", lambda _: ReadsColors.spec)
    monkeypatch.setattr("prodsim.cli.search.choose_encoder", lambda *_: FakeAvailable(ReadsColors()))
    assert "Pictures that fit “red” best" in search(shop, "--words", "red").stdout
    document = json.loads(search(shop, "--words", "red", "--json").stdout)
    assert [neighbor["product_id"] for neighbor in document["neighbors"]] == ["2", "1"]
    assert (document["searched"], document["encoder"]["name"]) == ("pictures", "reads_colors")
    assert (document["scoring"], document["closeness"]) == ("unit", None)


# encoders


def test_a_named_encoder_without_weights_is_an_error_with_its_remedy(shop: Path) -> None:
    result = run("search", "--product", "1", "--catalog", shop, "--encoder", "vgg16")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "python -m prodsim download vgg16" in result.stderr


def test_an_unknown_encoder_is_never_replaced(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_ENCODER", "vgg61")
    result = run("search", "--product", "1", "--catalog", shop)
    assert result.exit_code == 1
    assert "Choose one of: vgg16" in result.stderr


def test_weights_that_are_not_the_published_ones_are_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = REGISTRY["mobilenet_025"].weights
    assert weights is not None
    (tmp_path / weights.file).write_bytes(b"mine")
    prepare.choose_encoder("mobilenet_025", load_settings(weights_dir=tmp_path))
    assert "not the published weights" in capsys.readouterr().err


def test_encoders_says_of_each_where_its_weights_are_or_what_to_do(tmp_path: Path) -> None:
    weights = REGISTRY["mobilenet_025"].weights
    assert weights is not None
    (tmp_path / weights.file).write_bytes(b"mine")
    result = run("encoders", "--weights-dir", tmp_path)
    assert result.exit_code == 0
    assert all(name in result.stdout for name in REGISTRY)
    assert str(tmp_path / weights.file) in result.stdout
    assert "python -m prodsim download vgg16" in result.stdout


# index


def test_index_tells_how_many_pictures_it_has(shop: Path) -> None:
    for _ in range(2):
        result = run("index", "--catalog", shop, "--encoder", "pixels")
        assert result.stdout == "6 of 6 pictures of shop are indexed by pixels.\n"
        assert (result.exit_code, result.stderr) == (0, "")


def test_index_tells_what_changed_since_it_was_last_indexed(shop: Path) -> None:
    run("index", "--catalog", shop, "--encoder", "pixels")
    (shop / "images" / "1.png").unlink()
    (shop / "images" / "2.png").write_bytes(encoded(doubled(noise((15, 20), 20))))
    (shop / "styles.csv").write_text("id\n2\n3\n4\n5\n6\n7\n")
    (shop / "images" / "7.png").write_bytes(encoded(doubled(noise((15, 20), 7))))
    result = run("index", "--catalog", shop, "--encoder", "pixels")
    assert result.stdout.splitlines()[1] == "Since it was last indexed: 1 added, 1 changed, 1 removed."


def test_index_writes_the_embeddings_for_other_tools(shop: Path, tmp_path: Path) -> None:
    result = run("index", "--encoder", "pixels", "--catalog", shop, "--export", tmp_path / "vectors.parquet")
    assert result.exit_code == 0 and "6 embeddings are in" in result.stdout
    table = pd.read_parquet(tmp_path / "vectors.parquet")
    assert list(table["id"]) == list("123456") and {len(vector) for vector in table["embedding"]} == {900}
    over = run("index", "--encoder", "pixels", "--catalog", shop, "--export", shop / "styles.csv")
    assert over.exit_code == 1 and "is a file of the catalog" in over.stderr


def test_index_names_the_first_skipped_pictures_with_reasons(tmp_path: Path) -> None:
    damaged = {f"bad{number}": DAMAGED + bytes([number]) for number in range(7)}
    shop = write_catalog(tmp_path / "shop", PICTURES | damaged, suffix=".png")
    result = run("index", "--catalog", shop, "--encoder", "pixels")
    assert result.exit_code == 0
    assert result.stdout.startswith("6 of 13 pictures")
    note, *lines, more = result.stderr.splitlines()
    assert note == "Note: Pictures skipped: 7"
    assert len(lines) == 5
    assert all(line.startswith("  bad") and ": " in line for line in lines)
    assert more == "  and 2 more"


def test_ctrl_c_stops_and_keeps_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = {str(number): picture((number, 0, 0), size=(16, 16)) for number in range(2 * BATCH + 1)}
    shop = write_catalog(tmp_path / "shop", pictures, suffix=".png")
    encode, batches = PixelsEncoder.encode, []

    def encode_until_interrupted(self: PixelsEncoder, images: list) -> object:
        batches.append(len(images))
        if len(batches) == 2:
            raise KeyboardInterrupt
        return encode(self, images)

    monkeypatch.setattr(PixelsEncoder, "encode", encode_until_interrupted)
    result = run("index", "--catalog", shop, "--encoder", "pixels")
    assert result.exit_code == 130
    assert result.stderr == f"Note: Stopped; what is done is kept ({BATCH} of {2 * BATCH + 1} pictures).\n"
    assert run("index", "--catalog", shop, "--encoder", "pixels").exit_code == 0
    assert sum(batches[2:]) == BATCH + 1


def test_ctrl_c_anywhere_else_is_a_word_and_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("prodsim.cli.prepare.open_catalog", interrupted)
    result = run("stats")
    assert (result.exit_code, result.stderr) == (130, "Note: Stopped.\n")


# stats


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """Two products, a row without a picture, a picture without a row."""
    shop = write_catalog(tmp_path / "flawed", {"1": "red", "2": "blue", "3": "green", "4": "black"}, TYPES)
    (shop / "images" / "3.jpg").unlink()
    (shop / "images" / "4.jpg").rename(shop / "images" / "99.jpg")
    return shop


def test_stats_shows_products_rows_problems_attributes_and_types(flawed: Path) -> None:
    result = run("stats", "--catalog", flawed)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert "flawed: 2 products from 4 rows" in result.stdout
    assert ["no", "picture", "2"] in [line[:3] for line in lines]
    assert ["baseColour", "1", "0", "Red"] in lines
    assert ["Shirts", "1"] in lines


def test_stats_lists_every_problem_when_asked(flawed: Path) -> None:
    listed = run("stats", "--problems", "--catalog", flawed).stdout
    assert all(subject in listed for subject in ("3", "4", "99.jpg", "no row names it"))


def test_stats_as_json_counts_the_same(flawed: Path) -> None:
    document = json.loads(run("stats", "--json", "--catalog", flawed).stdout)
    assert document["catalog"] == {"name": "flawed", "rows_read": 4, "products": 2}
    assert document["problem_counts"] == {"no picture": 2, "no row": 1}
    assert document["values"]["articleType"] == {"Hats": 1, "Shirts": 1}


def test_stats_tells_the_column_of_each_role_and_why(shop: Path) -> None:
    told = re.sub(" +", " ", run("stats", "--catalog", shop).stdout)
    assert "role column why" in told
    assert "type articleType by its name" in told
    assert "color baseColour by its name" in told


@pytest.mark.parametrize("command", ["stats", "index", "search", "evaluate", "doctor"])
def test_each_command_with_a_catalog_takes_what_its_columns_are(shop: Path, command: str) -> None:
    more = {"search": ("--product", "1")}.get(command, ())
    result = run(command, "--catalog", shop, "--role", "type=Kind", *more)
    assert result.exit_code == 1
    told = result.stdout if command == "doctor" else result.stderr
    assert "no column 'Kind' for the type" in re.sub(r"\s+", " ", told)


def test_a_column_gets_the_role_that_is_said_and_none_where_that_is_said(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def roles(*options: str) -> dict[str, str]:
        told: dict[str, str] = json.loads(run("stats", "--json", "--catalog", shop, *options).stdout)["roles"]
        return told

    swapped = roles("--role", "type=baseColour", "--role", "color=articleType")
    assert (swapped["type"], swapped["color"]) == ("baseColour", "articleType")
    assert "color" in roles() and "color" not in roles("--role", "color=")
    told = run("stats", "--catalog", shop, "--role", "type=baseColour").stdout
    assert re.search(r"type +baseColour +as you said", told)
    monkeypatch.setenv("PRODSIM_ROLES", "type=baseColour; color=articleType")
    assert roles() == swapped
    assert roles("--role", "type=articleType")["type"] == "articleType", "an option counts before the environment"


def test_a_role_decides_what_results_are_judged_by(shop: Path) -> None:
    command = ("evaluate", "--encoder", "pixels", "--catalog", shop, "--json")
    usual = json.loads(run(*command).stdout)["qualities"]
    assert [quality["attributes"] for quality in usual] == [["articleType"], ["articleType", "baseColour"]]
    said = json.loads(run(*command, "--role", "type=baseColour", "--role", "color=").stdout)["qualities"]
    assert [quality["attributes"] for quality in said] == [["baseColour"]]


@pytest.mark.parametrize("pair", ["type", "kind=articleType", "=articleType", ""])
def test_what_gives_no_role_to_a_column_is_told_with_the_roles_there_are(shop: Path, pair: str) -> None:
    result = run("stats", "--catalog", shop, "--role", pair)
    assert result.exit_code == 1
    assert "gives no role to a column. Write role=COLUMN, the role one of: id, name, type" in result.stderr


def test_stats_of_pictures_alone_needs_no_attributes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture("red"))
    assert run("stats", "--catalog", tmp_path).exit_code == 0


# evaluate


def evaluate(shop: Path, *arguments: object) -> Result:
    return run("evaluate", "--encoder", "pixels", "--catalog", shop, *arguments)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """25 caps, dark above, 25 shirts, dark at the left, each of its own shade; a hat alone; one without a type."""
    dark = {"Caps": (0, 0, 15, 10), "Shirts": (0, 0, 7, 20), "Hats": (7, 0, 15, 20), "": (0, 10, 15, 20)}
    kinds = {f"{kind}{shade}": (kind, shade) for kind in ("Caps", "Shirts") for shade in range(25)}
    pictures, rows = {}, {}
    for id_, (kind, shade) in (kinds | {"hat": ("Hats", 0), "plain": ("", 0)}).items():
        image = Image.new("RGB", (15, 20), "white")
        image.paste((shade, shade, shade), dark[kind])
        pictures[id_] = encoded(doubled(image))
        rows[id_] = {"articleType": kind, "baseColour": "Any"}
    return write_catalog(tmp_path / "shelf", pictures, rows, suffix=".png")


def test_evaluate_indexes_and_prints_measures_classes_and_hubs(shelf: Path) -> None:
    result = evaluate(shelf)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second, _, *lines = result.stdout.splitlines()
    assert first == "shelf by pixels, unit scoring"
    assert second == "52 of 52 products as queries, 5 neighbors of each"
    assert lines[:2] == [
        "Same articleType",
        "51 queries in 3 classes; 1 alone in theirs count as 0; 1 without a label left out",
    ]
    rows = [line.split() for line in lines]
    assert ["precision@5", "0.980", "0.941", "to", "1.000", "0.461"] in rows
    assert ["Caps", "25", "1.000", "1.000", "to", "1.000", "0.471"] in rows
    assert "Same articleType and baseColour" in lines
    assert any("of the products are in nobody's results" in line for line in lines)
    assert max(map(len, lines)) <= 90


def test_evaluate_names_best_and_worst_where_there_are_many_classes(tmp_path: Path) -> None:
    """Of six kinds the products are nearly the same noise each, of six others any noise."""
    pictures, rows = {}, {}
    for kind, number in itertools.product(range(12), range(20)):
        image = noise((15, 20), kind if kind < 6 else 100 + 20 * kind + number)
        image.putpixel((0, 0), (number, 0, 0))
        pictures[f"{kind}-{number}"] = encoded(doubled(image))
        rows[f"{kind}-{number}"] = {"articleType": f"{'same' if kind < 6 else 'any'}{kind}"}
    shop = write_catalog(tmp_path / "many", pictures, rows, suffix=".png")
    lines = evaluate(shop).stdout.splitlines()
    best = lines.index("Best of 12 classes with at least 20 queries")
    worst = lines.index("Worst of 12 classes with at least 20 queries")
    assert all(line.startswith("same") for line in lines[best + 3 : best + 8])
    assert all(line.startswith("any") for line in lines[worst + 3 : worst + 8])


def test_evaluate_says_how_far_it_is_where_no_bar_can_be_drawn(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluate(shelf, "--k", 1)
    monkeypatch.setattr("prodsim.cli.progress.LOG_SECONDS", 0)
    assert "Note: Evaluating: 52 of 52\n" in evaluate(shelf).stderr


def test_evaluate_as_json_is_the_report_that_is_kept(shelf: Path) -> None:
    document = json.loads(evaluate(shelf, "--json", "--k", 3, "--scoring", "pca", "--sample", 30).stdout)
    (kept,) = (load_settings().cache_dir / "reports").iterdir()
    assert json.loads(kept.read_text())["content"] == document
    asked = document["question"]
    assert asked["encoder"] == {"name": "pixels", "fingerprint": REGISTRY["pixels"].fingerprint()}
    assert (asked["k"], asked["scoring"], asked["sample"], document["queries"]) == (3, "pca", 30, 30)
    assert asked["relevances"] == [["articleType"], ["articleType", "baseColour"]]


def test_evaluate_judges_by_the_attributes_that_are_named(shelf: Path) -> None:
    named = ("--attributes", "baseColour", "--attributes", "baseColour, articleType")
    qualities = json.loads(evaluate(shelf, "--json", *named).stdout)["qualities"]
    assert [quality["attributes"] for quality in qualities] == [["baseColour"], ["baseColour", "articleType"]]
    assert qualities[0]["measures"]["precision"]["mean"] == 1


def test_a_second_evaluation_reads_the_first_ones_report_until_the_catalog_changes(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[Question] = []
    evaluate_it = evaluation.evaluate

    def counted(indexed: Indexed, question: Question) -> Generator[evaluation.Progress]:
        measured.append(question)
        return evaluate_it(indexed, question)

    monkeypatch.setattr(evaluation, "evaluate", counted)
    first = evaluate(shelf).stdout
    assert evaluate(shelf).stdout == first
    assert len(measured) == 1
    (shelf / "images" / "hat.png").write_bytes(picture("purple"))
    assert evaluate(shelf).exit_code == 0
    assert len(measured) == 2


@pytest.mark.parametrize("named", ["size", "", "articleType,size"])
def test_attributes_that_do_not_occur_are_refused_before_anything_is_indexed(shop: Path, named: str) -> None:
    result = evaluate(shop, "--attributes", named)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Judge by some of those there are: articleType, baseColour" in result.stderr
    assert not (load_settings().cache_dir / "stores").exists()


def test_a_catalog_without_labels_cannot_be_evaluated_and_says_why(tmp_path: Path) -> None:
    result = evaluate(write_catalog(tmp_path / "bare", {"1": "red"}))
    assert result.exit_code == 1
    assert "bare has no type to judge results by" in result.stderr


@pytest.mark.parametrize("wrong", [("--k", "0"), ("--k", "101"), ("--sample", "0"), ("--scoring", "cosine")])
def test_a_wrong_evaluation_is_exit_code_2(shop: Path, wrong: tuple[str, str]) -> None:
    result = evaluate(shop, *wrong)
    assert (result.exit_code, result.stdout) == (2, "")


def test_ctrl_c_while_evaluating_keeps_no_report(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(ExactIndex, "neighbors", interrupted)
    result = evaluate(shelf)
    assert (result.exit_code, result.stderr) == (130, "Note: Stopped.\n")
    assert list((load_settings().cache_dir / "reports").iterdir()) == []


def test_evaluate_measures_against_judgments_and_keeps_no_report(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "judgments.csv"
    file.write_text("query,product,label,encoder,date\n1,2,more,pixels,\n1,3,less,pixels,\n4,1,more,pixels,\n")
    lines = evaluate(shop, "--judgments", file).stdout.splitlines()
    assert lines[1] == "3 judgments of 2 queries"
    document = json.loads(evaluate(shop, "--judgments", file, "--json").stdout)
    assert (document["one_sided"], document["agreement"]["at_random"]) == (1, 0.5)
    assert not (load_settings().cache_dir / "reports").exists()
    assert evaluate(shop, "--judgments", file, "--sample", 3).exit_code == 2


# doctor and download


def test_doctor_is_content_with_a_working_catalog(shop: Path) -> None:
    search(shop, "--product", "1")
    result = run("doctor", "--catalog", shop)
    assert result.exit_code == 0, result.stdout
    assert "6 embeddings in" in result.stdout
    assert "problem" not in result.stdout


def test_doctor_ends_with_1_when_the_app_cannot_work(tmp_path: Path) -> None:
    result = run("doctor", "--catalog", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.stdout
    assert "pixels" in result.stdout


def test_a_report_on_a_narrow_terminal_is_folded_and_never_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = run("doctor", "--catalog", tmp_path / ("far" * 30) / "nowhere").stdout
    assert max(map(len, shown.splitlines())) <= 60
    assert "…" not in shown
    assert "far" * 30 in re.sub(r"\s", "", shown)


def test_download_of_an_unknown_name_lists_what_there_is() -> None:
    result = run("download", "vgg61")
    assert result.exit_code == 2
    assert "fashion-small, vgg16" in result.stderr


def test_download_prints_where_weights_are_that_are_on_disk(tmp_path: Path) -> None:
    weights = REGISTRY["vgg16"].weights
    assert weights is not None
    (tmp_path / weights.file).write_bytes(b"mine")
    result = run("download", "vgg16", "--weights-dir", tmp_path)
    assert result.stdout == f"{tmp_path / weights.file}\n"
    assert "is not the published file" in result.stderr


def test_download_of_the_catalog_prints_its_folder_and_nothing_else(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dataset_download(handle: str) -> str:
        sys.stdout.write(f"Downloading {handle} ...\n")
        return str(shop)

    kagglehub = ModuleType("kagglehub")
    kagglehub.dataset_download = dataset_download  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kagglehub", kagglehub)
    monkeypatch.delenv("PRODSIM_OFFLINE")
    result = run("download", "fashion-small")
    assert result.stdout == f"{shop}\n"
    assert f"export PRODSIM_CATALOG={shop}" in result.stderr


# the terminal


def test_names_reach_the_terminal_as_text(tmp_path: Path) -> None:
    names = ("[red]Shirt[red] \x1b[31m :smile:\u202e", "Köln 👗")
    for name in names:
        (tmp_path / "shop").mkdir(exist_ok=True)
        (tmp_path / "shop" / f"{name}.png").write_bytes(picture("red"))
    for name in names:
        shown = search(tmp_path / "shop", "--product", name).stdout
        assert r"[red]Shirt[red] \x1b[31m :smile:\u202e" in shown
        assert "\x1b" not in shown
    assert "Köln 👗" in shown


def test_an_error_is_one_line_without_what_steers_a_terminal(tmp_path: Path) -> None:
    result = run("stats", "--catalog", tmp_path / "[b]no\nwhere\x1b[2J")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert r"[b]no where\x1b[2J" in result.stderr


def test_literal_shows_what_steers_a_terminal_as_an_escape() -> None:
    assert console.literal("\x1b[31m\u202e").plain == r"\x1b[31m\u202e"


def test_literal_keeps_what_only_spells() -> None:
    spelled = "क्\u200dष 👩\u200d🔧 a\u200cb"
    assert console.literal(spelled).plain == spelled


def test_a_name_that_the_terminal_cannot_show_is_no_reason_to_stop(tmp_path: Path) -> None:
    shop = write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"}, {"2": {"productDisplayName": "Köln 👗"}})
    done = process(
        "search", "--encoder", "pixels", "--product", "1", "--catalog", shop, PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert done.returncode == 0, done.stderr
    assert r"K\xf6ln" in done.stdout


def test_a_reader_that_goes_away_leaves_no_traceback(shop: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        command = [sys.executable, "-m", "prodsim", "stats", "--catalog", str(shop)]
        done = subprocess.run(command, cwd=ROOT, stdout=nobody, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_module_runs_as_a_program() -> None:
    done = process("--version")
    assert (done.returncode, done.stdout) == (0, f"prodsim {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f" {command} " in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_the_overview_names_every_command_in_one_whole_line() -> None:
    shown = run("--help").stdout
    assert all(f"  {command} " in shown for command in COMMANDS)
    assert "..." not in shown.partition("Commands:")[2]
