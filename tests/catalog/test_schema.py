# ruff: noqa: E501, RUF001 (tables of many alphabets, as they are exported)
"""What the columns of a table are, by how they are called and by what is in them."""

from pathlib import Path

import pytest

from prodsim.catalog.files import File
from prodsim.catalog.headers import ROLES, rank, roles_of, words_of
from prodsim.catalog.pictures import Pictures
from prodsim.catalog.schema import Schema, find_schema
from prodsim.catalog.tables import read_sheet
from prodsim.errors import CatalogError


def schema_of(text, *pictures, wanted=None):
    found = Pictures([File(Path("shop"), f"images/{name}") for name in pictures])
    return find_schema("styles.csv", read_sheet("styles.csv", text.encode(), found.words), found, wanted or {})


def roles(text, *pictures, **more):
    return dict(schema_of(text, *pictures, **more).columns)


EXPORTS = {
    "Kaggle": (
        """id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName
15970,Men,Apparel,Topwear,Shirts,Navy Blue,Fall,2011,Casual,Turtle Check Men Navy Blue Shirt
39386,Men,Apparel,Bottomwear,Jeans,Blue,Summer,2012,Casual,Peter England Men Party Blue Jeans
59263,Women,Accessories,Watches,Watches,Silver,Winter,2016,Casual,Titan Women Silver Watch
""",
        ("15970.jpg", "39386.jpg", "59263.jpg"),
        {
            "id": "id",
            "name": "productDisplayName",
            "type": "articleType",
            "color": "baseColour",
            "gender": "gender",
            "picture": "id",
        },
    ),
    "Shopify": (
        """Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Image Src,Image Position,Gift Card,SEO Title,Google Shopping / Gender,Variant Image,Status
red-tee,Red Tee,<p>Soft. Red.</p>,Acme,Apparel & Accessories > Clothing,T-Shirts,"red, soft",TRUE,Size,S,T-1,150,19.90,https://cdn.shopify.com/s/files/1/red-tee.jpg?v=16,1,FALSE,,female,,active
red-tee,,,,,,,,,M,T-2,150,19.90,https://cdn.shopify.com/s/files/1/red-tee_2.jpg?v=16,2,,,,,
blue-cap,Blue Cap,<p>Warm.</p>,Acme,Apparel & Accessories > Hats,Caps,"blue",TRUE,Title,Default Title,C-1,80,9.90,https://cdn.shopify.com/s/files/1/blue-cap.jpg?v=16,1,FALSE,,male,,active
""",
        ("red-tee.jpg", "red-tee_2.jpg", "blue-cap.jpg"),
        {
            "id": "Handle",
            "name": "Title",
            "type": "Type",
            "gender": "Google Shopping / Gender",
            "price": "Variant Price",
            "picture": "Image Src",
        },
    ),
    "WooCommerce": (
        """ID,Type,SKU,Name,Published,Short description,In stock?,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s)
11,simple,WC-11,Red Hoodie,1,Soft,1,45,"Clothing, Clothing > Hoodies",red,https://shop.example/wp-content/uploads/hoodie-red.jpg,,Color,Red
12,variable,WC-12,V-Neck Tee,1,Light,1,20,Clothing > Tshirts,,"https://shop.example/wp-content/uploads/vneck.jpg, https://shop.example/wp-content/uploads/vneck-2.jpg",,Color,"Blue, Green"
13,variation,WC-12-B,V-Neck Tee - Blue,1,,1,20,,,https://shop.example/wp-content/uploads/vneck-blue.jpg,WC-12,Color,Blue
""",
        ("hoodie-red.jpg", "vneck.jpg", "vneck-2.jpg", "vneck-blue.jpg"),
        {"id": "ID", "name": "Name", "type": "Categories", "price": "Regular price", "picture": "Images"},
    ),
    "Magento": (
        """sku,store_view_code,attribute_set_code,product_type,categories,product_websites,name,description,weight,price,url_key,base_image,small_image,additional_images,qty
24-MB01,,Bag,simple,"Default Category/Gear,Default Category/Gear/Bags",base,Joust Duffle Bag,Text,,34.00,joust-duffle-bag,/m/b/mb01-blue-0.jpg,/m/b/mb01-blue-0.jpg,"/m/b/mb01-blue-1.jpg,/m/b/mb01-blue-2.jpg",100
24-MB04,,Bag,configurable,"Default Category/Gear/Bags",base,Strive Shoulder Pack,Text,,32.00,strive-shoulder-pack,/m/b/mb04-black-0.jpg,/m/b/mb04-black-0.jpg,,100
24-WG080,,Gear,simple,"Default Category/Fitness",base,Sprite Yoga Kit,Text,,61.00,sprite-yoga,/l/u/luma-yoga-kit.jpg,/l/u/luma-yoga-kit.jpg,,100
""",
        ("mb01-blue-0.jpg", "mb01-blue-1.jpg", "mb01-blue-2.jpg", "mb04-black-0.jpg", "luma-yoga-kit.jpg"),
        {"id": "sku", "name": "name", "type": "categories", "price": "price", "picture": "base_image"},
    ),
    "Google Merchant": (
        """id\ttitle\tdescription\tlink\timage_link\tadditional_image_link\tavailability\tprice\tbrand\tgtin\tgoogle_product_category\tproduct_type\tcolor\tgender\tage_group\tsize\titem_group_id
A1\tRed Tee\tSoft tee\thttps://shop.example/p/a1\thttps://shop.example/i/A1.jpg?w=800\t\tin stock\t19.90 EUR\tAcme\t4006381333931\t212\tTops > T-shirts\tRed\tfemale\tadult\tS\tG1
A2\tBlue Cap\tWarm cap\thttps://shop.example/p/a2\thttps://shop.example/i/A2.jpg?w=800\t\tin stock\t9.90 EUR\tAcme\t4006381333948\t173\tHats > Caps\tBlue\tmale\tadult\tM\tG2
""",
        ("A1.jpg", "A2.jpg"),
        {
            "id": "id",
            "name": "title",
            "type": "product_type",
            "color": "color",
            "gender": "gender",
            "price": "price",
            "link": "link",
            "picture": "image_link",
        },
    ),
    "H&M": (
        """article_id,product_code,prod_name,product_type_no,product_type_name,product_group_name,graphical_appearance_no,graphical_appearance_name,colour_group_code,colour_group_name,perceived_colour_value_id,perceived_colour_value_name,department_no,department_name,index_code,index_name,index_group_no,index_group_name,section_no,section_name,garment_group_no,garment_group_name,detail_desc
0108775015,0108775,Strap top,253,Vest top,Garment Upper body,1010016,Solid,09,Black,4,Dark,1676,Jersey Basic,A,Ladieswear,1,Ladieswear,16,Womens Everyday Basics,1002,Jersey Basic,Jersey top with narrow shoulder straps.
0108775044,0108775,Strap top,253,Vest top,Garment Upper body,1010016,Solid,10,White,3,Light,1676,Jersey Basic,A,Ladieswear,1,Ladieswear,16,Womens Everyday Basics,1002,Jersey Basic,Jersey top with narrow shoulder straps.
0110065001,0110065,OP T-shirt (Idro),306,Bra,Underwear,1010016,Solid,09,Black,4,Dark,1339,Clean Lingerie,B,Lingeries/Tights,1,Ladieswear,61,Womens Lingerie,1017,"Under-, Nightwear",Microfibre T-shirt bra.
""",
        ("0108775015.jpg", "0108775044.jpg", "0110065001.jpg"),
        {
            "id": "article_id",
            "name": "prod_name",
            "type": "product_type_name",
            "color": "colour_group_name",
            "gender": "index_group_name",
            "picture": "article_id",
        },
    ),
    "German": (
        """Artikelnummer;Bezeichnung;Warengruppe;Farbe;Größe;Geschlecht;Preis;Bild
1001;Kleid Anna;Kleider;rot;38;Damen;49,90;1001.jpg
1002;Hemd Karl;Hemden;blau;41;Herren;39,90;1002.jpg
""",
        ("1001.jpg", "1002.jpg"),
        {
            "id": "Artikelnummer",
            "name": "Bezeichnung",
            "type": "Warengruppe",
            "color": "Farbe",
            "gender": "Geschlecht",
            "price": "Preis",
            "picture": "Bild",
        },
    ),
    "French": (
        """Référence;Désignation;Catégorie;Couleur;Sexe;Prix;Photo
R1;Robe Anne;Robes;rouge;femme;49,90 €;r1.jpg
R2;Chemise Karl;Chemises;bleu;homme;39,90 €;r2.jpg
""",
        ("r1.jpg", "r2.jpg"),
        {
            "id": "Référence",
            "name": "Désignation",
            "type": "Catégorie",
            "color": "Couleur",
            "gender": "Sexe",
            "price": "Prix",
            "picture": "Photo",
        },
    ),
    "Polish": (
        """Indeks;Nazwa;Kategoria;Kolor;Płeć;Cena;Zdjęcie
P1;Sukienka Anna;Sukienki;czerwony;damskie;99,00;p1.jpg
P2;Koszula Karol;Koszule;niebieski;męskie;89,00;p2.jpg
""",
        ("p1.jpg", "p2.jpg"),
        {
            "id": "Indeks",
            "name": "Nazwa",
            "type": "Kategoria",
            "color": "Kolor",
            "gender": "Płeć",
            "price": "Cena",
            "picture": "Zdjęcie",
        },
    ),
    "Russian": (
        """Артикул;Наименование;Категория;Цвет;Пол;Цена;Фото
А-1;Платье Анна;Платья;красный;женский;1 990;plate.jpg
А-2;Рубашка Карл;Рубашки;синий;мужской;2 490;rubashka.jpg
""",
        ("plate.jpg", "rubashka.jpg"),
        {
            "id": "Артикул",
            "name": "Наименование",
            "type": "Категория",
            "color": "Цвет",
            "gender": "Пол",
            "price": "Цена",
            "picture": "Фото",
        },
    ),
    "Japanese": (
        """商品番号,商品名,カテゴリ,カラー,性別,価格,画像
j1,赤いワンピース,ワンピース,赤,レディース,4980,j1.jpg
j2,青いシャツ,シャツ,青,メンズ,3980,j2.jpg
""",
        ("j1.jpg", "j2.jpg"),
        {
            "id": "商品番号",
            "name": "商品名",
            "type": "カテゴリ",
            "color": "カラー",
            "gender": "性別",
            "price": "価格",
            "picture": "画像",
        },
    ),
    "Chinese": (
        """货号,商品名称,类别,颜色,性别,价格,图片
c1,红色连衣裙,连衣裙,红色,女,198,c1.jpg
c2,蓝色衬衫,衬衫,蓝色,男,168,c2.jpg
""",
        ("c1.jpg", "c2.jpg"),
        {
            "id": "货号",
            "name": "商品名称",
            "type": "类别",
            "color": "颜色",
            "gender": "性别",
            "price": "价格",
            "picture": "图片",
        },
    ),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_the_roles_of_usual_exports_are_found(export):
    text, pictures, found = EXPORTS[export]
    assert roles(text, *pictures) == found


@pytest.mark.parametrize("export", EXPORTS)
def test_each_role_comes_with_its_evidence(export):
    text, pictures, found = EXPORTS[export]
    schema = schema_of(text, *pictures)
    assert schema.evidence.keys() == found.keys() and all(schema.evidence.values())


# the id


def test_the_code_that_pictures_are_called_by_is_the_id():
    text = "sku,barcode,name\nX1,4006381333931,Hat\nX2,4006381333948,Tie\n"
    assert roles(text, "X1.jpg", "X2.jpg")["id"] == "sku"
    assert roles(text, "4006381333931.jpg", "4006381333948.jpg")["id"] == "barcode"


def test_what_is_called_id_is_the_id_though_pictures_are_called_otherwise():
    found = roles("id,sku,name\n1,X1,Hat\n2,X2,Tie\n", "X1.jpg", "X2.jpg")
    assert (found["id"], found["picture"]) == ("id", "sku")


def test_a_column_of_which_much_is_empty_is_no_id():
    assert roles("ean,model,name\n,X1,Hat\n,X2,Tie\n401,X3,Cap\n", "X1.jpg", "X2.jpg", "X3.jpg")["id"] == "model"


def test_a_column_called_id_is_the_id_though_some_rows_have_none():
    assert roles("id,name\n1,Hat\n2,Tie\n,Cap\n3,Bow\n", "1.jpg", "2.jpg")["id"] == "id"


def test_a_column_of_any_name_is_the_id_if_pictures_are_called_by_it():
    schema = schema_of("what,which\nX1,Hat\nX2,Tie\nX9,Cap\n", "X1.jpg", "X2.jpg")
    assert schema["id"] == "what" and schema.evidence["id"] == "2 of 3 cells name a picture"


def test_names_of_files_are_no_ids():
    found = roles("image,what\nX1.jpg,Hat\nX2.jpg,Tie\n", "X1.jpg", "X2.jpg")
    assert "id" not in found and found["picture"] == "image"


# the picture


def test_the_column_whose_cells_name_most_pictures_is_the_picture():
    text = "id,thumbnail,photo\n1,t1.jpg,p1.jpg\n2,t2.jpg,p2.jpg\n3,t3.jpg,p3.jpg\n"
    schema = schema_of(text, "p1.jpg", "p2.jpg", "p3.jpg", "t1.jpg")
    assert schema["picture"] == "photo" and schema.evidence["picture"] == "3 of 3 cells name a picture"


def test_addresses_of_pictures_that_are_not_here_are_the_picture_all_the_same():
    text = "id,link,image_link\n1,https://s.example/1,https://s.example/a.jpg\n2,https://s.example/2,https://s.example/b.jpg\n"
    found = roles(text)
    assert (found["picture"], found["link"]) == ("image_link", "link")


@pytest.mark.parametrize("id_", ["id", "number"])
def test_addresses_of_pages_are_the_link_though_pictures_are_called_as_the_pages_are(id_):
    text = f"{id_},url,title\n1,https://s.example/p/red-tee,Tee\n2,https://s.example/p/blue-cap,Cap\n"
    assert roles(text, "red-tee.jpg", "blue-cap.jpg")["link"] == "url"
    found = roles(text.replace("red-tee", "1").replace("blue-cap", "2"), "1.jpg", "2.jpg")
    assert (found["picture"], found["link"]) == (id_, "url")


def test_addresses_of_pictures_are_no_link():
    text = "id,url\n1,https://s.example/a.jpg\n2,https://s.example/b.jpg\n"
    assert roles(text, "a.jpg", "b.jpg") == {"id": "id", "picture": "url"}


# traps


@pytest.mark.parametrize("header", ["Type", "product_type"])
def test_how_a_shop_system_sorts_its_records_is_no_type(header):
    text = f"id,{header},Categories,name\n1,simple,Hats,Hat\n2,variable,Ties,Tie\n3,Variation,Ties,Tie\n"
    assert roles(text, "1.jpg")["type"] == "Categories"
    assert "type" not in roles(f"id,{header},name\n1,simple,Hat\n2,variable,Tie\n", "1.jpg")


def test_codes_of_types_and_colors_are_neither():
    text = "id,type,color,category,colour name\n1,253,9,Hats,Red\n2,306,10,Ties,Blue\n3,253,9,Hats,Red\n"
    found = roles(text, "1.jpg")
    assert (found["type"], found["color"]) == ("category", "colour name")


def test_a_price_without_numbers_and_a_link_without_addresses_are_none():
    found = roles("id,price,link\n1,on request,red\n2,on request,blue\n", "1.jpg")
    assert "price" not in found and "link" not in found


def test_a_genre_that_is_no_gender_is_none():
    assert "gender" not in roles("id,genre\n1,rock\n2,jazz\n3,folk\n", "1.jpg")


def test_a_column_has_one_role():
    for text, pictures, _ in EXPORTS.values():
        taken = [column for role, column in roles(text, *pictures).items() if role != "picture"]
        assert len({*taken}) == len(taken)


@pytest.mark.parametrize(
    ("header", "values", "role"),
    [
        ("x1", ("red", "blue", "Navy Blue", "rot"), "color"),
        ("x1", ("Men", "Women", "Unisex", "Damen"), "gender"),
        ("x1", ("красный", "синий", "белый", "чёрный"), "color"),
        ("x1", ("Fall", "Summer", "Spring", "Winter"), None),
    ],
)
def test_colors_and_genders_are_known_by_their_words(header, values, role):
    lines = [f"{number},{values[number % 4]},Model {number} x" for number in range(12)]
    found = roles("\n".join([f"id,{header},title", *lines]), "1.jpg")
    assert [each for each, column in found.items() if column == header] == ([role] if role else [])


def test_a_type_is_known_by_the_names_that_repeat_it():
    lines = [f"{number},{kind},Great {kind} number {number}" for number, kind in enumerate(("Hat", "Tie", "Cap") * 4)]
    assert roles("\n".join(["id,x1,x2", *lines]), "1.jpg") == {"id": "id", "picture": "id", "type": "x1", "name": "x2"}


# headers


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("productDisplayName", "name"),
        ("Product Title", "name"),
        ("PRODUCT_ID", "id"),
        ("Product-ID", "id"),
        ("g:color", "color"),
        ("attribute:pa_color", "color"),
        ("Colour", "color"),
        ("Ürün Adı", "name"),
        ("Prix", "price"),
        ("Image Src", "picture"),
        ("base_image", "picture"),
        ("Größe", None),
        ("", None),
    ],
)
def test_headers_are_known_in_any_case_and_way_of_writing(header, role):
    known = [each for each in ROLES if rank(each, header) is not None]
    assert known == ([role] if role else [])


def test_words_of_a_header():
    assert words_of("productDisplayName") == ["product", "display", "name"]
    assert words_of("  g:Google_product-category (v2) ") == ["g", "google", "product", "category", "v2"]


def test_the_more_usual_header_comes_first():
    assert rank("type", "articleType") < rank("type", "category") < rank("type", "custom product type")


# what is said of columns


def test_roles_are_given_as_pairs():
    assert roles_of(["type=Category", " Color = Farbe = neu ", "name="]) == {
        "type": "Category",
        "color": "Farbe = neu",
        "name": "",
    }


@pytest.mark.parametrize("pair", ["type", "kind=Category", "=x", ""])
def test_what_is_no_pair_of_role_and_column_is_refused(pair):
    with pytest.raises(CatalogError, match=r"gives no role to a column\. Write role=COLUMN, the role one of: id, name"):
        roles_of([pair])


def test_what_is_said_goes_to_no_other_role():
    text = "id,type,category,title\n1,Hats,Accessories,Hat\n2,Ties,Accessories,Tie\n"
    assert roles(text, "1.jpg", wanted={"color": "type"}) | {} == {
        "id": "id",
        "color": "type",
        "type": "category",
        "name": "title",
        "picture": "id",
    }
    assert "type" not in roles(text, "1.jpg", wanted={"type": ""})


def test_names_links_and_pictures_say_nothing_of_a_product():
    schema = Schema({"name": "title", "link": "url", "picture": "image", "type": "kind"})
    assert [*filter(schema.is_label, ("title", "url", "image", "kind", "season"))] == ["kind", "season"]
