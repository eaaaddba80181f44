# ruff: noqa: E501, RUF001, SIM905 (words of many alphabets, which read better in lines than in lists)
"""Words that tell what a column holds, whatever it is called."""

COLORS = frozenset(
    """
    black white grey gray red blue green yellow orange purple pink brown beige navy teal turquoise maroon olive khaki gold
    silver cream ivory violet burgundy charcoal tan coral magenta multicolor multicolour multi lavender mustard
    schwarz weiß weiss grau rot blau grün gelb lila rosa braun violett türkis silber bunt creme
    noir blanc gris rouge bleu vert jaune violet rose marron doré argent bordeaux écru
    negro blanco rojo azul verde amarillo morado rosado marrón naranja plateado dorado
    nero bianco grigio rosso blu giallo arancione viola marrone preto branco cinza vermelho amarelo roxo laranja marrom
    zwart wit grijs rood blauw groen geel oranje paars roze bruin
    czarny biały szary czerwony niebieski zielony żółty fioletowy różowy brązowy granatowy beżowy
    černá bílá šedá červená modrá zelená žlutá fialová růžová hnědá oranžová
    svart vit grå röd blå grön gul rosa brun sort hvid rød grøn hvit
    siyah beyaz gri kırmızı mavi yeşil sarı turuncu mor pembe kahverengi lacivert bej
    черный чёрный белый серый красный синий голубой зеленый зелёный желтый жёлтый оранжевый фиолетовый розовый коричневый
    бежевый чорний білий сірий червоний синій зелений жовтий черная белая красная синяя зеленая серая желтая
    黒 白 赤 青 緑 黄 紫 茶 灰 ブラック ホワイト グレー レッド ブルー グリーン イエロー ピンク ブラウン ネイビー ベージュ
    黑色 白色 红色 蓝色 绿色 黄色 紫色 粉色 棕色 灰色 红 蓝 绿 黑 검정 흰색 빨강 파랑 초록 노랑 블랙 화이트 레드 블루
    """.split()
)
GENDERS = frozenset(
    """
    men women man woman male female boys girls boy girl unisex ladies gents mens womens kids baby m f w
    herren damen mädchen jungen jungs kinder männer frauen herr dame männlich weiblich
    homme femme hommes femmes fille garçon filles garçons mixte enfant enfants
    hombre mujer hombres mujeres niño niña niños niñas unisexo masculino femenino feminino
    uomo donna uomini donne bambino bambina homem mulher menino menina heren dames meisjes jongens
    mężczyzna kobieta męskie damskie męski damski chłopiec dziewczynka muži ženy pánské dámské
    ladieswear menswear womenswear girlswear boyswear children
    herr dam herre kvinner menn kvinder mænd erkek kadın kız çocuk
    мужской женский мужчины женщины муж жен мальчики девочки унисекс для чоловіки жінки
    メンズ レディース 男性 女性 男 女 男の子 女の子 ユニセックス 男士 女士 男童 女童 中性 남성 여성 남자 여자 공용
    """.split()
)
PRODUCT_KINDS = frozenset(
    """
    simple variable variation grouped external configurable bundle virtual downloadable parent child variant product sku
    rule physical digital service
    """.split()
)
"""How shop systems sort their records, in columns that they call type as well."""
