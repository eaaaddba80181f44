# ruff: noqa: E501, RUF001 (words of many alphabets)
"""What shops, feeds, spreadsheets and data sets usually call the columns of each role, in many languages."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from prodsim.errors import CatalogError

Role = Literal["id", "name", "type", "color", "gender", "price", "link", "picture"]
ROLES: tuple[Role, ...] = ("id", "name", "type", "color", "gender", "price", "link", "picture")

_USUAL: Mapping[Role, str] = {
    "id": """
        id, handle, product id, article id, item id, sku, product sku, article number, item number, product number,
        product code, item code, style code, article code, style id, style number, parent sku, offer id, reference,
        ref, code, number, asin, gtin, ean, upc, barcode, mpn, variant sku, uid, uuid, key, slug, url key,
        artikelnummer, artikelnr, artikel nr, artikel id, produktnummer, produkt id, bestellnummer, art nr, nummer,
        référence, identifiant, código, referencia, codigo de producto, sku del producto, codice, codice articolo,
        codice prodotto, riferimento, productcode, artikelcode, kod, kod produktu, indeks, numer katalogowy, symbol,
        kód, kód produktu, varenummer, varenr, tuotekoodi, tuotenumero, cikkszám, termékkód, cod, cod produs,
        cod produto, ürün kodu, stok kodu, артикул, код, код товара, номер, ид, sku товара, код товару,
        商品コード, 商品番号, 品番, 管理番号, 商品管理番号, 編號, 编号, 商品编号, 货号, 商品id, 商品編號, 貨號, 상품코드, 상품번호, 품번, κωδικός, 상품id, style, style no, model,
        model number, model no, product no, item no, article no, article, artikel, product, item, handle id, no,
        nr, n, ürün no, מק"ט, קוד, קוד מוצר, رمز المنتج, كود المنتج, رقم المنتج, الرمز, รหัสสินค้า,
        mã sản phẩm, mã hàng
    """,
    "name": """
        product display name, product name, prod name, title, name, product title, item name, article name, display name,
        short name, label, caption, artikelname, artikelbezeichnung, produktname, bezeichnung, produktbezeichnung, titel,
        nom, nom du produit, titre, désignation, libellé, nombre, nombre del producto, título, denominación, nome,
        nome prodotto, titolo, denominazione, nome do produto, naam, productnaam, nazwa, nazwa produktu, tytuł, název,
        název produktu, názov, namn, produktnamn, benämning, navn, produktnavn, varenavn, nimi, tuotenimi, név,
        terméknév, megnevezés, nume, nume produs, denumire, ürün adı, ad, isim, başlık, название, наименование,
        имя, название товара, наименование товара, назва, назва товару, 商品名, 名前, 名称, 品名, 商品名称, 产品名称,
        标题, 商品标题, 標題, 상품명, 제품명, 이름, όνομα, τίτλος, description short, όνομα προϊόντος, nazwa towaru, nom produit,
        libellé produit, descrizione articolo, nome produto, שם, שם מוצר, שם המוצר, اسم المنتج, الاسم, ชื่อสินค้า, tên sản phẩm,
        tên hàng
    """,
    "type": """
        article type, product type, product type name, item type, garment type, clothing type, type, category,
        product category, category name, sub category, subcategory name, master category, categories, product group,
        product group name, department, class, class name, kind, custom product type, google product category, taxonomy,
        produkttyp, artikeltyp, produktart, artikelart, typ, art, kategorie, kategorien, produktkategorie, warengruppe,
        type de produit, type d'article, catégorie, catégories, famille, rayon, tipo, tipo de producto, tipo de prenda,
        categoría, categorías, tipo di prodotto, categoria, categorie, tipologia, tipo de produto, categorias, soort,
        producttype, categorieën, rodzaj, typ produktu, kategoria, kategorie produktu, druh, kategória, produkttype,
        kategori, varegruppe, tuotetyyppi, tyyppi, kategoria, típus, kategória, tip, tip produs, categorii, tür,
        ürün tipi, kategoriler, тип, тип товара, вид, вид товара, категория, категории, группа товаров, категорія,
        種類, 商品種別, カテゴリ, カテゴリー, 商品カテゴリ, 分類, 类别, 分类, 类型, 商品分类, 品类, 類別, 카테고리, 분류, 종류,
        κατηγορία, τύπος
        collection, collections, category label, label, labels, target, familia, famiglia, reparto, departamento,
        departement, seção, linha, grupa, grupa towarowa, grupa asortymentowa, podkategoria, skupina, termékcsoport,
        árucsoport, varugrupp, hoofdgroep, productgroep, artikelgroep, ürün grubu, ürün kategorisi, группа, группа товара,
        раздел, рубрика, група, 商品分類, ジャンル, 类目, 商品类目, 商品类别, 상품분류, 품목, קטגוריה, סוג, סוג מוצר, الفئة, التصنيف,
        القسم, النوع, หมวดหมู่, ประเภท, ประเภทสินค้า, danh mục, loại, loại sản phẩm
    """,
    "color": """
        base colour, base color, color, colour, color name, colour name, colour group name, main color, primary color,
        perceived colour master name, perceived colour value name, colors, colours, color group, color family,
        product color, variant color, farbe, farbname, grundfarbe, hauptfarbe, farben, couleur, coloris, couleurs, color
        principal, colores, colore, colori, cor, cores, kleur, kleuren, kolor, barva, farba, barvy, färg, farve, farge,
        väri, szín, culoare, culori, renk, цвет, основной цвет, колір, 色, カラー, 颜色, 顏色, 색상, 색, χρώμα, צבע, اللون, لون, สี, màu, màu sắc
    """,
    "gender": """
        gender, sex, target gender, gender name, index group name, audience, geschlecht, zielgruppe, genre, sexe, género,
        sexo, genere, sesso, gênero, geslacht, płeć, pohlaví, pohlavie, kön, køn, kjønn, sukupuoli, nem, gen, cinsiyet,
        пол, стать, 性別, 性别, 성별, φύλο, מין, מגדר, الجنس, เพศ, giới tính
    """,
    "price": """
        price, sale price, regular price, variant price, list price, unit price, retail price, msrp, amount, cost,
        preis, verkaufspreis, vk, uvp, prix, prix de vente, precio, prezzo, preço, prijs, cena, pris, hinta, ár, preț,
        pret, fiyat, fiyatı, цена, стоимость, ціна, 価格, 販売価格, 价格, 售价, 價格, 가격, 판매가, τιμή, מחיר, السعر, سعر, ราคา, giá, giá bán, pvp, prix ttc
    """,
    "link": """
        link, url, product url, product link, permalink, page url, canonical url, web link, website, deeplink, href,
        mobile link, item url, online store url, shop url, produktlink, produkturl, lien, url du produit, enlace,
        url del producto, collegamento, ligação, produktseite, adres, odkaz, länk, lenke, linkki, bağlantı, ссылка,
        посилання, リンク, 商品url, 链接, 商品链接, 連結, 링크
    """,
    "picture": """
        image src, image link, image, images, image url, image urls, base image, main image, picture, pictures, photo,
        photos, filename, file name, image name, image file, image path, file, path, product image, product images,
        image 1, img, img url, img src, variant image, additional image link, additional images, small image,
        thumbnail, thumbnail image, gallery, media, media url, featured image, picture url, photo url, bild, bilder,
        bild url, bilddatei, bildname, produktbild, hauptbild, foto, fotos, image principale, imagen, imágenes,
        url imagen, immagine, immagini, imagem, imagens, afbeelding, afbeeldingen, zdjęcie, zdjęcia, obraz, obrazek,
        obrázek, obrázky, obrázok, billede, billeder, bilde, kuva, kuvat, kép, képek, imagine, imagini, resim, resimler,
        görsel, görsel url, картинка, картинки, фото, изображение, изображения, зображення, 画像, 画像url, 商品画像,
        图片, 图片链接, 主图, 商品图片, 圖片, 이미지, 사진, εικόνα, תמונה, صورة, الصورة, รูปภาพ, hình ảnh, ảnh, cover media url
    """,
}
_NOISE = {
    "google",
    "shopping",
    "product",
    "products",
    "item",
    "article",
    "g",
    "attribute",
    "attributes",
    "meta",
    "pa",
    "custom",
    "default",
    "merchant",
    "c",
}
"""Words that say nothing of a column, as in "g:color" and "attribute:pa_color"."""
_ASIDE = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
"""What stands in brackets: "Price (tax incl.)", "SKU [Non Editable]"."""
_TELLING = 4
"""Letters of a word that tells what a column is about, in whatever company it stands."""


def words_of(header: str) -> list[str]:
    """The words of a header in any case: "productDisplayName" -> ["product", "display", "name"]."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", apart).casefold() if unicodedata.category(letter) != "Mn"
    )
    return re.findall(r"[^\W_]+", plain)


def rank(role: Role, header: str) -> int | None:
    """How usual a header is for a role: 0 is the most usual; None if it is not.

    It may have words that say nothing, a number, or something in brackets.
    """
    known = _RANKS[role]
    words, main = words_of(header), words_of(_ASIDE.sub(" ", header))
    readings = (words, [*_telling(words)], [word for word in _telling(main) if not word.isdecimal()])
    for looser, reading in enumerate(readings):
        place = known.get("".join(reading))
        if place is not None:
            return place + looser * len(known)
    return None


def mentions(role: Role, header: str) -> bool:
    """Whether a word of a header is a usual one for a role, whatever the others say: "product_category_tree"."""
    return any(len(word) >= _TELLING and word in _RANKS[role] for word in words_of(header))


def _telling(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if word not in _NOISE)


def is_usual(header: str) -> bool:
    """Whether a column is usually called so, letter for letter but for case and signs."""
    words = "".join(words_of(header))
    return any(words in known for known in _RANKS.values())


def roles_of(pairs: Iterable[str]) -> Mapping[Role, str]:
    """`["type=Category", ...]` -> `{"type": "Category", ...}`; an empty column means that no column has the role.

    CatalogError if a pair has no `=`, or there is no such role.
    """
    roles: dict[Role, str] = {}
    for pair in pairs:
        said, sign, column = pair.partition("=")
        role = next((role for role in ROLES if role == said.strip().lower()), None)
        if role is None or not sign:
            raise CatalogError(
                f"{pair[:200]!r} gives no role to a column. Write role=COLUMN, the role one of: {', '.join(ROLES)}."
            )
        roles[role] = column.strip()
    return roles


def _ranks() -> Mapping[Role, Mapping[str, int]]:
    ranks: dict[Role, dict[str, int]] = {}
    for role, usual in _USUAL.items():
        ranks[role] = {}
        for place, header in enumerate(usual.split(",")):
            ranks[role].setdefault("".join(words_of(header)), place)
    return ranks


_RANKS = _ranks()
