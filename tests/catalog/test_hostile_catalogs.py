"""Catalogs gone wrong at random, and imports that fail: only our own errors come out, and what was there stays."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from prodsim.catalog import JOINED, LEFT_OUT_ROWS, Library, look_into, open_catalog, read_catalog, uploaded
from prodsim.catalog.problems import NOT_UNPACKED
from prodsim.catalog.staging import PLACE
from prodsim.catalog.tables import read_sheet
from prodsim.errors import CatalogError, ProdsimError
from tests.samples import picture, write_catalog

RED = picture("red", (2, 2))
TABLE = "id,articleType,productDisplayName\n" + "".join(
    f'{id_},"Shirts, men","So-called ""{id_}"""\n' if id_ % 3 else f"{id_},Caps,Größe {id_}\n" for id_ in range(24)
)
TOKENS = [
    *(b'"', b",", b";", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"id", b"../", b"PK\1\2", b"NaN")
]
HOW_OFTEN = pytest.mark.parametrize("times", [250, pytest.param(5_000, marks=pytest.mark.long)])


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # the same bytes whenever it is made
    return buffer.getvalue()


def mutated(data, seed):
    """The bytes after one to six changes: bytes altered, cut out, repeated, put in, or all behind a place gone."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        end = min(len(changed), at + chance.choice([1, 2, 10, 100]))
        match chance.randrange(6):
            case 0:
                changed[at:end] = chance.randbytes(end - at)
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end]
            case 3 | 4:
                changed[at:at] = chance.choice(TOKENS)
            case 5 if chance.random() < 0.3:
                del changed[at:]
    return bytes(changed)


def adds_up(catalog):
    others = sum(problem.kind in (*LEFT_OUT_ROWS, JOINED) for problem in catalog.problems)
    return catalog.rows_read == len(catalog) + others == len({*catalog.owners.tolist()}) + others


@HOW_OFTEN
def test_of_a_mutated_table_comes_a_catalog_that_adds_up_or_our_own_error(tmp_path, times):
    folder = write_catalog(tmp_path / "shop", {str(id_): RED for id_ in range(24)})
    texts = [TABLE.encode(), TABLE.replace(",", ";").encode("utf-16"), TABLE.replace("\n", "\r\n").encode("cp1252")]
    read = 0
    for seed in range(times):
        (folder / "styles.csv").write_bytes(mutated(texts[seed % 3], seed))
        try:
            assert adds_up(read_catalog(folder)), f"seed {seed}"
            read += 1
        except CatalogError as error:
            str(error).encode()
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
    assert read > times / 4


def assert_is_as_it_was_seen(catalog, seen):
    """But for pictures whose content is damaged, which shows only when it is unpacked."""
    assert catalog.rows_read == seen.rows_read
    damaged = {Path(problem.subject).stem for problem in catalog.problems if problem.kind == NOT_UNPACKED}
    assert [*catalog.table.index] == [id_ for id_ in seen.table.index if id_ not in damaged]
    assert catalog.table.equals(seen.table.loc[catalog.table.index])


@HOW_OFTEN
def test_of_a_mutated_zip_comes_a_catalog_that_adds_up_or_our_own_error(settings, times):
    data = zipped({"styles.csv": TABLE.encode()} | {f"images/{id_}.png": RED for id_ in range(0, 24, 4)})
    read = 0
    for seed in range(times):
        try:
            source = uploaded(io.BytesIO(mutated(data, seed)), "shop.zip", settings)
            seen = look_into(source, settings).catalog
            with Library(settings).unpacked(source) as catalog:
                assert adds_up(seen) and adds_up(catalog), f"seed {seed}"
                assert_is_as_it_was_seen(catalog, seen)
            read += 1
        except CatalogError as error:
            str(error).encode()
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
    assert read > times / 40


@pytest.mark.parametrize("times", [100, pytest.param(5_000, marks=pytest.mark.long)])
def test_one_line_with_random_quotes_costs_no_other_line_its_product(times):
    """24 products must not become 1, wherever the quotes are: at most the altered row is lost."""
    ids = [str(id_) for id_ in range(24)]
    for seed in range(times):
        chance = random.Random(seed)
        rows = [f"{id_},Shirts,Model {id_}" for id_ in ids]
        altered = chance.randrange(24)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(rows[altered]) + 1)
            rows[altered] = rows[altered][:at] + '"' + rows[altered][at:]
        sheet = read_sheet("styles.csv", "\n".join(["id,articleType,name", *rows]).encode(), ids)
        assert {*ids} - {ids[altered]} <= {row.cells[0] for row in sheet.rows}, f"seed {seed}: {rows[altered]}"
        assert len(sheet.rows) == 24, f"seed {seed}: {rows[altered]}"


# a failed import leaves the old catalog serving

FAILING = {
    "no zip": b"no archive",
    "cut": zipped({"styles.csv": b"id\n1\n", "1.png": RED})[:-30],
    "no table": zipped({"styles.csv": b"name\nHat\n", "1.png": RED}),
    "no product": zipped({"styles.csv": b"id\n2\n", "1.png": RED}),
    "no picture": zipped({"styles.csv": b"id\n1\n"}),
    "bomb": zipped({"1.png": bytes(20 << 20)}),
}


@pytest.mark.parametrize("data", FAILING.values(), ids=FAILING)
def test_an_upload_that_fails_leaves_the_catalogs_there_are_and_nothing_else(settings, data):
    library = Library(settings)
    good = zipped({"styles.csv": TABLE.encode()} | {f"{id_}.png": RED for id_ in range(24)})
    with library.unpacked(uploaded(io.BytesIO(good), "shop.zip", settings)) as catalog:
        library.add("shop", catalog)
    before = {*(settings.cache_dir / PLACE).rglob("*")}
    bad = uploaded(io.BytesIO(data), "shop.zip", settings)
    with pytest.raises(ProdsimError):
        look_into(bad, settings)
    with pytest.raises(ProdsimError), library.unpacked(bad):
        pass
    assert {*(settings.cache_dir / PLACE).rglob("*")} == before
    assert library.names() == ["demo", "shop"]
    assert len(library.open("shop")) == 24


def test_nothing_of_a_zip_is_written_outside_of_its_folder(settings, tmp_path):
    names = ["../evil.png", "../../evil.png", f"{tmp_path}/evil.png", "C:\\evil.png", "..\\evil.png", "./../evil.csv"]
    for number, name in enumerate(names):
        (tmp_path / f"{number}.zip").write_bytes(zipped({"1.png": RED, name: RED}))
        try:
            folder = open_catalog(settings.replace(catalog=tmp_path / f"{number}.zip")).folder
        except CatalogError:
            continue
        assert [*folder.rglob(Path(name.replace("\\", "/")).name)]
    evil = [path for path in tmp_path.rglob("*evil*") if settings.cache_dir / "catalogs" not in path.parents]
    assert evil == [] and not list(settings.cache_dir.glob("catalogs/evil*"))
