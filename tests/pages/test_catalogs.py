"""Catalogs: those kept here, adding one, deleting one, and turning to another."""

import io
import shutil
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.catalog import Library, staging
from prodsim.config import load_settings
from prodsim.storage import space
from prodsim.ui.places import PLACES, Place
from tests.pages.cards import cards, choose
from tests.pages.links import address, follow, leads_to
from tests.pages.running import no_error, rainbow, run, two_colored
from tests.pages.searching import found
from tests.samples import DAMAGED, picture, write_catalog

PAGE = "pages/catalogs.py"
TABLE = "id,articleType,Name of it,note\n" + "".join(
    f"{id_},{'Caps' if number % 2 else 'Hats'},x{number},same\n" for number, id_ in enumerate(rainbow(9))
)
SHOP = {"styles.csv": TABLE.encode()} | {f"images/{id_}.png": two_colored(c) for id_, c in rainbow(9).items()}


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def upload(content: bytes, name: str = "boutique.zip", page: AppTest | None = None) -> AppTest:
    page = page or run(PAGE)
    page.file_uploader(key="catalog upload").upload(name, content).run()
    return page


def add(page: AppTest, name: str | None = None) -> AppTest:
    """Names the catalog that is previewed, and adds it."""
    if name is not None:
        _name(page).input(name).run()
    page.button(key="index and add").click().run()
    return page


def _name(page: AppTest):  # type: ignore[no-untyped-def]
    return next(field for field in page.text_input if field.label == "Its name here")


def role(page: AppTest, name: str):  # type: ignore[no-untyped-def]
    return next(box for box in page.selectbox if box.label == name)


def roles(page: AppTest) -> dict[str, str]:
    """What is taken for what, as the page says it."""
    return {box.label: box.value for box in page.selectbox if str(box.key).startswith("role ")}


def library() -> Library:
    return Library(load_settings())


def staged() -> set[str]:
    """What is unpacked in the cache."""
    return {path.name for path in (load_settings().cache_dir / staging.PLACE).glob("*")}


def texts(page: AppTest) -> list[str]:
    return [element.value.replace("\\", "") for element in (*page.markdown, *page.caption)]


def holds(page: AppTest, products: int) -> bool:
    """Whether Search, before anything is asked, tells of so many products."""
    return any(f"**{products}**&nbsp;products" in text for text in texts(page))


# the catalogs kept here


def test_the_catalog_of_the_settings_and_the_demo_are_there_and_cannot_be_deleted() -> None:
    page = run(PAGE)
    no_error(page)
    assert {"**shop**", "**demo**"} <= {*texts(page)}
    assert "12 products, of the settings" in texts(page)
    assert "300 products, built in" in texts(page)
    assert not [button for button in page.button if button.key.startswith("delete")]


def test_the_page_works_though_the_current_catalog_is_broken(shop: Path) -> None:
    (shop / "styles.csv").write_text("no such column\n1\n")
    page = run(PAGE)
    no_error(page)
    assert any("has no column" in text for text in texts(page))
    upload(zipped(SHOP), page=page)
    no_error(page)
    assert page.button(key="index and add").disabled is False


def test_another_catalog_is_opened_by_a_link() -> None:
    page = run(PAGE)
    link = leads_to(page, "Open")
    assert link["catalog"] == ["demo"]
    follow(page, "Open")
    no_error(page)
    assert holds(page, 300) and address(page) == link


# adding one


def test_an_upload_is_previewed_indexed_added_and_shown_with_five_look_alikes() -> None:
    page = upload(zipped(SHOP))
    no_error(page)
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures == {"Products": "9", "Pictures": "9", "Rows read": "9", "Rows repaired": "0", "Rows left out": "0"}
    assert len(page.image) == 6
    assert library().names() == ["shop", "demo"]

    add(page)
    no_error(page)
    assert library().names() == ["shop", "demo", "boutique"]
    assert page.title[0].value == "What looks like this?"
    assert page.query_params["catalog"] == "boutique"
    choose(page, cards(page)[0]["id"])
    no_error(page)
    assert len(found(page)) == 5
    assert page.header[0].value == "The 5 most similar of 9 products"


def test_the_columns_are_told_with_what_they_are_taken_for() -> None:
    page = upload(zipped(SHOP | {"styles.csv": TABLE.replace("Name of it", "productDisplayName").encode()}))
    assert roles(page) == {
        **dict.fromkeys(("Color", "Gender", "Price", "Link"), "No column"),
        **{"Id": "id", "Picture": "id", "Type": "articleType", "Name": "productDisplayName"},
    }
    assert texts(page).count("By its name.") == 3 and "9 of 9 cells name a picture." in texts(page)


def test_what_a_column_is_taken_for_is_changed_before_anything_is_indexed() -> None:
    page = upload(zipped(SHOP))
    role(page, "Type").select("note").run()
    role(page, "Name").select("Name of it").run()
    no_error(page)
    assert roles(page)["Type"] == "note" and texts(page).count("As you said.") == 2
    assert staged() == set()
    add(page)
    no_error(page)
    catalog = library().open("boutique")
    assert catalog.schema["type"] == "note" and catalog.names[0] == "x0"
    assert catalog.schema["id"] == "id", "what was not said is still found"


def test_a_column_that_leaves_no_product_is_answered_and_taken_back() -> None:
    page = upload(zipped(SHOP))
    role(page, "Picture").select("note").run()
    role(page, "Id").select("note").run()
    assert not page.exception and "has no products" in page.error[0].value.replace("\\", "")
    page.button(key="roles as found").click().run()
    no_error(page)
    assert roles(page)["Id"] == "id"


def test_a_table_alone_without_addresses_is_answered() -> None:
    page = upload(b"id,name\n1,shirt\n", "export.csv")
    assert not page.exception
    assert "export.csv is a table alone" in page.error[0].value.replace("\\", "")
    upload(zipped(SHOP), page=page)
    no_error(page)


def test_a_table_alone_with_addresses_offers_to_fetch_the_pictures() -> None:
    page = upload(
        b"id,title,image_link\n1,shirt,https://cdn.example/1.jpg\n2,hat,https://cdn.example/2.jpg\n", "feed.csv"
    )
    no_error(page)
    assert any("2 products name their pictures by address" in text for text in texts(page))


def test_what_was_repaired_and_left_out_is_counted_and_listed() -> None:
    table = "id,name\n100,a, b\n101,a\n101,twice\n,nobody\n999,no picture\n"
    page = upload(zipped({"styles.csv": table.encode(), "images/100.png": picture("red"), "101.png": picture("blue")}))
    no_error(page)
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures == {"Products": "2", "Pictures": "2", "Rows read": "5", "Rows repaired": "1", "Rows left out": "3"}
    (listed,) = [text for text in texts(page) if text.startswith("- ")]
    assert "- 1 rows repaired" in listed and "- 1 rows without a picture" in listed
    assert len(page.dataframe[0].value) == 4


def test_pictures_without_a_table_are_a_catalog() -> None:
    page = add(upload(zipped({name: data for name, data in SHOP.items() if name.endswith("png")})))
    no_error(page)
    assert len(library().open("boutique")) == 9


def test_hostile_texts_are_previewed_and_shown_letter_for_letter() -> None:
    table = "id,k,catalog,note\n100,a\0b,:red[x],\x1b[2J\n101,<b>,$1$,**x**\n../../etc/passwd,1,2,3\n" + "x" * 20_000
    pictures = {f"images/{id_}.png": two_colored(color) for id_, color in rainbow(2).items()}
    page = upload(zipped(pictures | {"styles.csv": table.encode("utf-16"), "copy/100.png": b"x", "copy/[7].png": b"x"}))
    no_error(page)
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures == {"Products": "2", "Pictures": "3", "Rows read": "4", "Rows repaired": "0", "Rows left out": "2"}
    assert any("1 pictures without a row" in text for text in texts(page))
    assert len(page.dataframe[0].value) == 5
    add(page)
    no_error(page)
    page = run("pages/catalog.py", catalog="boutique")
    no_error(page)


def test_an_upload_is_read_once_however_often_the_page_runs_and_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    page = upload(zipped(SHOP))
    monkeypatch.setattr("prodsim.ui.resources.look_into", lambda *_: pytest.fail("it was read again"))
    page.run()
    no_error(page)
    assert staged() == set()


def test_a_second_catalog_of_the_same_file_gets_another_name() -> None:
    add(upload(zipped(SHOP)))
    page = upload(zipped(SHOP))
    assert _name(page).value == "boutique 2"
    add(page)
    assert library().imported() == ["boutique", "boutique 2"]


@pytest.mark.parametrize("name", ["", " ", "demo", "SHOP", "a/b", "..", ".x", "a\0b", "x" * 500, "a\u202eb"])
def test_a_name_that_is_no_good_is_answered_and_another_one_is_taken(name: str) -> None:
    page = upload(zipped(SHOP))
    _name(page).input(name).run()
    assert not page.exception
    assert len(page.error) == 1
    assert page.button(key="index and add").disabled
    add(page, "Läden & more".replace("&", "und"))
    no_error(page)
    assert library().imported() == ["Läden und more"]


ENCRYPTED = bytearray(zipped({"1.png": picture("red")}))
for _signature, _flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
    ENCRYPTED[ENCRYPTED.index(_signature) + _flags] |= 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "boutique.zip is not a readable ZIP"),
        (b"no archive", "boutique.zip is not a readable ZIP"),
        (zipped(SHOP)[:-100], "boutique.zip is not a readable ZIP"),
        (bytes(ENCRYPTED), "boutique.zip is encrypted"),
        (zipped({"images/1.jpg": bytes(50 << 20)}), "boutique.zip would unpack to"),
        (zipped({"styles.csv": b"id\n1\n"}), "The catalog boutique.zip has no products"),
        (zipped(SHOP | {"styles.csv": b"name\nshirt\n"}), "boutique.zip/styles.csv has no column with an id"),
        (zipped(SHOP | {"styles.csv": b"id\n1\n"}), "The catalog boutique.zip has no products"),
    ],
    ids=["empty", "no zip", "cut", "encrypted", "bomb", "no pictures", "no id", "no products"],
)
def test_an_upload_that_is_no_use_is_answered_leaves_nothing_and_the_page_goes_on(content: bytes, reason: str) -> None:
    page = upload(content)
    assert not page.exception
    (error,) = page.error
    assert reason in error.value.replace("\\", "")
    assert staged() == set() and library().imported() == []
    page.file_uploader(key="catalog upload").clear().run()
    add(upload(zipped(SHOP), page=page))
    no_error(page)
    assert library().imported() == ["boutique"]


def test_an_upload_over_the_limit_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MAX_UPLOAD_MB", 1)
    page = upload(bytes(2 << 20))
    assert not page.exception
    assert "an upload may have 1 MB" in page.error[0].value
    assert staged() == set()


def test_a_catalog_whose_pictures_are_all_damaged_is_not_added() -> None:
    page = add(upload(zipped({"1.png": DAMAGED, "2.png": DAMAGED})))
    assert not page.exception
    assert "None of the 2 pictures" in page.error[0].value
    assert library().imported() == []


def test_an_encoder_that_fails_adds_nothing_and_the_catalog_can_be_added_afterward(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise staging.CatalogError("The disk is full. Free some space.")

    page = upload(zipped(SHOP))
    with monkeypatch.context() as patch:
        patch.setattr("prodsim.index.store.EmbeddingStore.add", full)
        add(page)
    assert not page.exception
    assert "The disk is full" in page.error[0].value.replace("\\", "")
    assert library().imported() == [] and staged() == set()
    add(page)
    no_error(page)
    assert library().imported() == ["boutique"]


@pytest.mark.parametrize(("limit", "most"), [("KEPT_FREE_BYTES", 1 << 60), ("MAX_CACHE_BYTES", 0)])
def test_an_upload_that_there_is_no_room_for_is_answered_and_nothing_of_it_is_kept(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    previewed = upload(zipped(SHOP))
    monkeypatch.setattr(space, limit, most)
    for page in (add(previewed), upload(zipped(SHOP | {"images/100.png": two_colored((1, 2, 3))}))):
        assert not page.exception
        assert page.error[0].value.replace("\\", "").startswith("boutique.zip takes 0 MB of disk, but")
    assert staged() == set() and library().imported() == []


def test_pictures_that_turn_out_to_be_damaged_when_they_are_unpacked_are_told() -> None:
    members = SHOP | {"images/100.png": b"some picture"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    page = upload(buffer.getvalue().replace(b"some picture", b"SOME picture"))
    no_error(page)
    assert page.metric[0].value == "9"
    add(page)
    no_error(page)
    assert [box.value.replace("\\", "") for box in page.info] == [
        "1 products of boutique.zip are left out: their pictures in the ZIP are damaged."
    ]
    assert holds(page, 8)


def test_the_name_may_be_taken_by_somebody_else_meanwhile() -> None:
    page = upload(zipped(SHOP))
    add(upload(zipped(SHOP)))
    page.button(key="index and add").click().run()
    assert not page.exception
    assert "There is a catalog boutique already" in page.error[0].value
    add(page, "second")
    no_error(page)
    assert library().imported() == ["boutique", "second"]


# from the server


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalog root, with a folder, a ZIP, and a link that leads out of it."""
    pictures = {id_: two_colored(color) for id_, color in rainbow(7).items()}
    folder = write_catalog(tmp_path / "root" / "corner", pictures, suffix=".png")
    shutil.make_archive(str(tmp_path / "root" / "packed"), "zip", folder)
    secret = write_catalog(tmp_path / "secret", pictures, suffix=".png")
    (tmp_path / "root" / "link").symlink_to(secret)
    monkeypatch.setenv("PRODSIM_CATALOG_ROOT", str(tmp_path / "root"))
    return tmp_path / "root"


def _choose(name: str) -> AppTest:
    page = run(PAGE)
    page.segmented_control(key="way of adding").set_value("On the server").run()
    page.selectbox(key="on the server").set_value(name).run()
    return page


def test_without_a_root_the_page_says_how_to_set_it() -> None:
    page = run(PAGE)
    page.segmented_control(key="way of adding").set_value("On the server").run()
    no_error(page)
    assert any("PRODSIM_CATALOG_ROOT" in text for text in texts(page))


@pytest.mark.parametrize("name", ["corner", "packed.zip"])
def test_a_folder_or_zip_of_the_server_is_added(root: Path, name: str) -> None:
    page = add(_choose(name))
    no_error(page)
    (added,) = library().imported()
    assert len(library().open(added)) == 7


def test_what_leads_out_of_the_root_is_not_offered(root: Path) -> None:
    page = run(PAGE)
    page.segmented_control(key="way of adding").set_value("On the server").run()
    assert page.selectbox(key="on the server").options == ["corner", "packed.zip"]


def test_a_root_that_is_not_there_is_answered_and_the_page_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG_ROOT", str(tmp_path / "gone"))
    page = run(PAGE)
    page.segmented_control(key="way of adding").set_value("On the server").run()
    assert not page.exception
    assert "cannot be read" in page.error[0].value
    page.segmented_control(key="way of adding").set_value("Upload").run()
    no_error(page)


def test_a_folder_of_the_server_stays_when_its_catalog_is_deleted(root: Path) -> None:
    add(_choose("corner"))
    page = run(PAGE)
    page.button(key="delete corner").click().run()
    page.button(key="delete").click().run()
    assert library().imported() == []
    assert len([*(root / "corner" / "images").iterdir()]) == 7


# from Kaggle


def _get() -> AppTest:
    page = run(PAGE)
    page.segmented_control(key="way of adding").set_value("Kaggle").run()
    page.button(key="get it").click().run()
    return page


def test_without_kagglehub_the_answer_is_the_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "0")
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    page = _get()
    assert not page.exception
    assert "pip install -r requirements-kaggle.txt" in page.error[0].value.replace("\\", "")


def test_without_a_network_the_answer_is_a_sentence() -> None:
    page = _get()
    assert not page.exception
    assert "cannot be downloaded" in page.error[0].value


def test_the_real_data_set_is_previewed_and_added(monkeypatch: pytest.MonkeyPatch, shop: Path) -> None:
    kagglehub = ModuleType("kagglehub")
    kagglehub.dataset_download = lambda handle: str(shop)  # type: ignore[attr-defined]
    monkeypatch.setenv("PRODSIM_OFFLINE", "0")
    monkeypatch.setitem(sys.modules, "kagglehub", kagglehub)
    page = add(_get())
    no_error(page)
    assert library().open("fashion-small").folder == shop
    library().delete("fashion-small")
    assert (shop / "images" / "100.png").exists()


# deleting, and turning to another one


def _delete(page: AppTest, name: str) -> AppTest:
    page.button(key=f"delete {name}").click().run()
    page.button(key="delete").click().run()
    return page


def test_a_catalog_is_deleted_only_after_asking() -> None:
    add(upload(zipped(SHOP)))
    page = run(PAGE)
    page.button(key="delete boutique").click().run()
    assert any("will be gone for everybody" in text for text in texts(page))
    page.button(key="keep").click().run()
    no_error(page)
    assert library().imported() == ["boutique"]

    _delete(page, "boutique")
    no_error(page)
    assert library().imported() == [] and staged() == set()


def test_when_the_current_catalog_is_deleted_the_default_is_shown_without_a_complaint() -> None:
    add(upload(zipped(SHOP)))
    page = _delete(run(PAGE, catalog="boutique"), "boutique")
    no_error(page)
    assert not page.warning
    assert page.query_params["catalog"] == "shop"


def test_a_query_of_a_catalog_that_is_deleted_is_forgotten_without_a_complaint() -> None:
    add(upload(zipped(SHOP)))
    page = run("app.py", catalog="boutique", product="103", articleType="Caps", k="3")
    _delete(follow(page, "Catalogs"), "boutique")
    follow(page, "Search")
    no_error(page)
    assert not page.warning
    assert holds(page, 12)
    assert address(page).keys() == {"catalog", "encoder", "k", "scoring", "include_query"}
    assert (page.query_params["catalog"], page.query_params["k"]) == ("shop", "3")


def test_another_catalog_is_deleted_and_the_query_stays() -> None:
    add(upload(zipped(SHOP)))
    page = run("app.py", product="103", articleType="Shirts")
    before = address(page)
    _delete(follow(page, "Catalogs"), "boutique")
    follow(page, "Search")
    no_error(page)
    assert address(page) == before


def test_a_catalog_that_somebody_else_deleted_is_answered_and_the_default_is_shown() -> None:
    add(upload(zipped(SHOP)))
    page = run("app.py", catalog="boutique")
    assert holds(page, 9)
    library().delete("boutique")
    page.run()
    no_error(page)
    assert any("boutique" in warning.value for warning in page.warning)
    assert holds(page, 12)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
def test_an_unknown_catalog_in_the_address_is_answered(place: Place) -> None:
    page = run(place.script, catalog="no such thing")
    no_error(page)
    assert "catalog is 'no such thing'" in page.warning[0].value.replace("\\", "")
    assert page.query_params["catalog"] == "shop"


def test_a_name_that_is_used_again_shows_the_new_catalog() -> None:
    add(upload(zipped(SHOP)))
    page = run("app.py", catalog="boutique")
    library().delete("boutique")
    add(upload(zipped({f"{id_}.png": two_colored(color) for id_, color in rainbow(8).items()})))
    page.run()
    assert holds(page, 8)
    choose(page, "103")
    no_error(page)
    assert page.header[0].value == "The 5 most similar of 8 products"


def test_the_menu_turns_to_another_catalog_in_the_same_place_and_drops_what_was_looked_at() -> None:
    page = run("app.py", catalog="shop", product="103", articleType="Shirts", k="3")
    page.selectbox(key="catalog to open").set_value("demo").run()
    no_error(page)
    assert not page.warning
    assert page.query_params["catalog"] == "demo" and page.query_params["k"] == "3"
    assert not {"product", "articleType"} & page.query_params.keys()
    assert holds(page, 300)
    page.selectbox(key="catalog to open").set_value("shop").run()
    no_error(page)
    assert holds(page, 12)

    page = run("pages/catalog.py", catalog="shop", articleType="Shirts", find="10")
    page.selectbox(key="catalog to open").set_value("demo").run()
    no_error(page)
    assert page.header[0].value == "300 of 300 products"


def test_with_one_catalog_there_is_nothing_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRODSIM_CATALOG")
    page = run("app.py")
    no_error(page)
    assert not [box for box in page.selectbox if box.label == "Catalog"]
