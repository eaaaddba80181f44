# ruff: noqa: RUF001 (tables of many alphabets, as they are exported)
"""What shops, feeds, spreadsheets and data sets export, read for what it is: four products, two types."""

import pytest

from prodsim.catalog import read_catalog
from prodsim.catalog.addresses import addresses_in
from prodsim.catalog.headers import rank
from tests.samples import pictures_of, write_files

PRODUCTS = [("1001", "Red", "Tees"), ("1002", "Blue", "Tees"), ("1003", "Red", "Caps"), ("1004", "Blue", "Caps")]


def each(template):
    """The text once a product; @ is its id, # its color, & its type."""
    return [template.replace("@", id_).replace("#", color).replace("&", kind) for id_, color, kind in PRODUCTS]


def table(header, row):
    return "\r\n".join([header, *each(row), ""])


EXPORTS = {
    "PrestaShop's names with asterisks and what they mean in brackets": (
        "products.csv",
        table(
            "ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Image URLs (x,y,z...)",
            "@;1;# &;&;19.9;http://s.example/i/#_&.jpg,http://s.example/i/#_&_back.jpg",
        ),
        each("img/#_&.jpg") + each("img/#_&_back.jpg"),
        {"name": "Name *", "type": "Categories (x,y,z...)", "picture": "Image URLs (x,y,z...)"},
    ),
    "BigCommerce's kinds of records in columns called type": (
        "products.csv",
        table(
            "Item Type,Product ID,Product Name,Product Type,Category,Product Image File - 1",
            "Product,@,# &,P,&,#_&__0123.jpg\r\nSKU,,[RT]Size=S,,,",
        ),
        each("product_images/#_&__0123.jpg"),
        {"name": "Product Name", "type": "Category", "picture": "Product Image File - 1"},
    ),
    "Etsy's descriptions of several lines": (
        "EtsyListingsDownload.csv",
        table(
            "TITLE,DESCRIPTION,PRICE,TAGS,IMAGE1,IMAGE2,SKU",
            '# &,"Handmade, with love.\n\nCare: wash.",9.9,"a,b,c",https://i.example/il.@_x.jpg,https://i.example/il.@_y.jpg,',
        ),
        each("il.@_x.jpg") + each("il.@_y.jpg"),
        {"name": "TITLE", "picture": "IMAGE1"},
    ),
    "Amazon's flat file under three rows of names": (
        "Flat.File.Clothing.txt",
        "TemplateType=fptcustom\tVersion=2024.0501\tThe top 3 rows are for Amazon.com use only.\t\r\n"
        "Product Type\tSeller SKU\tProduct Name\tMain Image URL\r\n"
        + table(
            "feed_product_type\titem_sku\titem_name\tmain_image_url", "&\tSKU-@\t# &\thttps://i.example/I/@main.jpg"
        ),
        each("@main.jpg"),
        {"id": "item_sku", "name": "item_name", "type": "feed_product_type", "picture": "main_image_url"},
    ),
    "Amazon's pictures MAIN and PT01": (
        "All+Listings+Report.txt",
        table("item-name\tlisting-id\tseller-sku\tasin1", "# &\t0501X@\tsku @\tB0@XYZ"),
        each("images/B0@XYZ.MAIN.jpg") + each("images/B0@XYZ.PT01.jpg"),
        {"id": "asin1", "name": "item-name"},
    ),
    "Wix's names in one word, and its variants": (
        "catalog_products.csv",
        table(
            "handleId,fieldType,name,productImageUrl,collection,price",
            "product_@,Product,# &,a1_@~mv2.jpg;a1_@b~mv2.jpg,&,19.9\r\nproduct_@,Variant,,,,0",
        ),
        each("a1_@~mv2.jpg") + each("a1_@b~mv2.jpg"),
        {"id": "handleId", "name": "name", "type": "collection", "picture": "productImageUrl"},
    ),
    "OXID's numbers of articles, which are no names": (
        "oxarticles.csv",
        table("OXARTNUM;OXTITLE;OXPIC1;CATEGORY", "OX@;# & Sommer;ox_@_p1.jpg;&"),
        each("pictures/1/ox_@_p1.jpg"),
        {"name": "OXTITLE", "type": "CATEGORY", "picture": "OXPIC1"},
    ),
    "TradeDoubler's category among other words": (
        "feed.csv",
        table(
            "name|productUrl|imageUrl|TDCategories|merchantCategoryName|sku",
            "# &|http://t.example/click?p=@|http://i.example/@.jpg|x|&|TD@",
        ),
        each("@.jpg"),
        {"id": "sku", "name": "name", "type": "merchantCategoryName", "link": "productUrl", "picture": "imageUrl"},
    ),
    "Myntra's types in a column that says so only by its values": (
        "myntra.csv",
        table("p_id,name,products,colour,img", "@.0,# &,&,#,http://assets.example/@/11/115100@-x.jpg"),
        each("images/@.jpg"),
        {"id": "p_id", "name": "name", "type": "products", "color": "colour"},
    ),
    "Airtable's attachments": (
        "Grid view.csv",
        table(
            "Name,SKU,Category,Photos",
            '# &,A@,&,"# & front.jpg (https://v5.example/u/31/@/a),# & back.jpg (https://v5.example/u/31/@/b)"',
        ),
        each("# & front.jpg") + each("# & back.jpg"),
        {"id": "SKU", "name": "Name", "type": "Category", "picture": "Photos"},
    ),
    "pictures in HTML": (
        "products.csv",
        table("sku,title,type,image", '@,# &,&,"<a href=""https://s.example/@""><img src=""/media/#_&.jpg""></a>"'),
        each("media/#_&.jpg"),
        {"id": "sku", "name": "title", "type": "type", "picture": "image"},
    ),
    "pictures called by the products' names": (
        "products.csv",
        table("No.,Title,Category", "@,# &,&"),
        each("#-&.jpg"),
        {"id": "No.", "name": "Title", "type": "Category", "picture": "Title"},
    ),
    "a row for each size, pictures by the style": (
        "products.csv",
        table("Style,Style Name,Colour,SKU,Category", "ST@,# &,#,ST@-S,&\r\nST@,# &,#,ST@-M,&"),
        each("ST@.jpg"),
        {"id": "Style", "name": "Style Name", "type": "Category", "color": "Colour"},
    ),
    "labels of a data set": (
        "labels.csv",
        table("filename,label", "@.jpg,&"),
        each("data/train/@.jpg"),
        {"type": "label", "picture": "filename"},
    ),
    "numbers with commas between thousands": (
        "products.csv",
        table("Article No,Name,Type", '"#,@",# &,&').replace("Red,1", "1,").replace("Blue,1", "1,"),
        each("@.jpg"),
        {"id": "Article No", "name": "Name", "type": "Type"},
    ),
    "numbers with a power of ten": (
        "products.csv",
        table("sku,Name,Type", "@E+12,# &,&").replace("\r\n1", "\r\n1."),
        each("@000000000.jpg"),
        {"id": "sku", "name": "Name", "type": "Type"},
    ),
    "umlauts written out": (
        "products.csv",
        table("Name;Kategorie;Artikel", "# &;&;Müller-@"),
        each("Mueller-@.jpg"),
        {"id": "Artikel", "name": "Name", "type": "Kategorie"},
    ),
    "pictures behind the shop's name, before the color": (
        "products.csv",
        table("sku,title,category", "@,# &,&"),
        each("SHOP_@_#_front.jpg"),
        {"id": "sku", "name": "title", "type": "category"},
    ),
    "pictures as a camera numbers them, two of each": (
        "products.csv",
        table("sku,title,category", "@,# &,&"),
        each("IMG_@_01.jpg") + each("IMG_@_02.jpg"),
        {"id": "sku", "name": "title", "type": "category"},
    ),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_is_read_for_what_it_is(tmp_path, export):
    file, text, pictures, roles = EXPORTS[export]
    catalog = read_catalog(write_files(tmp_path / "shop", pictures, {file: text}))
    assert len(catalog) == 4 and {**catalog.schema.columns} | roles == {**catalog.schema.columns}
    assert len(catalog.images) == len(pictures)
    if "name" in roles:
        assert [name.split()[:2] for name in catalog.names] == [name.split() for name in each("# &")]
    if "type" in roles:
        assert dict(zip(*_counts(catalog, roles["type"]), strict=True)) == {"Tees": 2, "Caps": 2}


def _counts(catalog, column):
    values = catalog.values(column)
    return values.texts, values.counts().tolist()


@pytest.mark.parametrize(
    "place", [".thumbnails", "@eaDir", "$RECYCLE.BIN", "Tees/.cache", "Thumbs.DB", "images/.hidden"]
)
def test_pictures_that_a_system_keeps_are_none_of_the_catalog(tmp_path, place):
    folder = write_files(tmp_path / "shop", ["Tees/1.jpg", "Caps/1.jpg", f"{place}/1.jpg"])
    catalog = read_catalog(folder)
    assert len(catalog) == 2 and [problem.detail for problem in catalog.problems] == ["a file of the system"]


def test_a_name_that_pictures_are_called_by_does_not_take_the_place_of_a_column_of_files(tmp_path):
    text = table("title,shot", "# &,@_a.jpg")
    catalog = read_catalog(write_files(tmp_path / "shop", each("@_a.jpg") + each("# &.jpg"), {"products.csv": text}))
    assert catalog.schema["picture"] == "shot" and catalog.schema["name"] == "title"


@pytest.mark.parametrize(
    ("role", "header"),
    [
        *(
            ("id", 'מק"ט'),
            ("id", "Handle Id"),
            ("name", "اسم المنتج"),
            ("name", "Libellé produit"),
            ("type", "קטגוריה"),
        ),
        *(("type", "Danh mục"), ("type", "Category 1"), ("price", "Price (tax incl.) *"), ("color", "สี")),
    ],
)
def test_usual_headers_are_known_with_what_stands_around_them(role, header):
    assert rank(role, header) is not None


def test_a_part_of_names_is_no_id_where_it_speaks_for_few(tmp_path):
    text = table("sku,title", "@,# &")
    pictures = ["1001.jpg", "1002.jpg", "SHOP_1003_x_y.jpg", "SHOP_7_x_y.jpg"]
    catalog = read_catalog(write_files(tmp_path / "shop", pictures, {"products.csv": text}))
    assert pictures_of(catalog) == {"1001": ["1001.jpg"], "1002": ["1002.jpg"]}


def test_the_address_of_an_attachment_ends_before_its_bracket():
    cells = ["a.jpg (https://v5.example/u/1/a),b (1).jpg (https://v5.example/u/b(1).jpg)"]
    assert addresses_in(cells) == ["https://v5.example/u/1/a", "https://v5.example/u/b(1).jpg"]
