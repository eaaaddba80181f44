# ruff: noqa: RUF001
"""Short tables of shops in many languages: none of the words below is one that encodings are told by."""

import random

import pytest

from prodsim.catalog.problems import TABLE
from prodsim.catalog.tables import HEAD_BYTES, read_sheet, sample
from prodsim.catalog.tables.vocabulary import EUROPEAN
from prodsim.errors import CatalogError

RUSSIAN = "Жилет Кардиган Галстук Очки Рюкзак Запонки Босоножки Тапочки Шляпа Кепка Ветровка Комбинезон Сарафан Замша"
POLISH = (
    "marynarka żakiet okulary_przeciwsłoneczne kapelusz rękawice płócienny żabot pomarańczowy błękitny wiązany ćwiekami"
)
CZECH = "brýle peněženka taška čelenka žabky tílko župan oranžová stříbrná vínová květovaný lněný hedvábný Řasenka"
FRENCH = "résille évasé ceinturé plissée zippé délavé usé débardeur épaules dénudées lacées médaillon émeraude première"
GERMAN = "Gürteltasche Fußball Schürze Rucksäcke Geldbörse Höschen Lätzchen türkis olivgrün Blüten Häkel Wäsche Zubehör"
JAPANESE = "ジャケット ネクタイ 財布 浴衣 着物 指輪 青緑 花模様 絹 東京 赤いワンピース 男性用"
TABLES = [
    ("cp1251", RUSSIAN),
    ("koi8_u", RUSSIAN),
    ("cp1251", "краватка піджак окуляри гаманець босоніжки капелюх жилет блакитний помаранчевий бежевий золотий"),
    ("cp1251", "вратовръзка сако очила раница портфейл сандали джапанки оранжев лилав бежов златист сребърен"),
    ("cp1250", POLISH),
    ("iso8859_2", POLISH),
    ("cp1250", CZECH),
    ("iso8859_2", CZECH),
    (
        "cp1250",
        "zakó nyakkendő szemüveg hátizsák pénztárca mellény köntös harisnya narancssárga türkiz ezüst kockás bársony",
    ),
    ("cp1250", "odijelo naočale novčanik šešir papuče prsluk ogrtač prugasta kockasta baršun remenčić žičani naušnice"),
    ("cp1250", "cravată ochelari vestă portocaliu vişiniu dungi disponibilă brăţară lănţişor inimă halat argintiu"),
    ("cp1252", FRENCH),
    ("iso8859_15", FRENCH + " cœur_29€"),
    ("mac_roman", FRENCH),
    ("cp1252", GERMAN),
    ("mac_roman", GERMAN),
    ("cp1252", "señorita jabón sillón añil caña puño cordón bañador chaquetón túnica mañana línea plástico metálico"),
    ("cp1252", "camisão lançamento proteção mãos pés chapéu boné maiô biquíni sutiã lençóis algodões relógio"),
    ("cp1252", "förkläde solglasögon ryggsäck plånbok väst strumpbyxor rutig blommig ärmlös blåbär Göteborg"),
    ("cp1254", "gözlük cüzdan sabahlık gümüş çizgi çiçek kareli ışık bağcık fırfırlı kırmızımsı GÖMLEK çantası"),
    (
        "cp1257",
        "kaklaraištis piniginė šlepetės liemenė žiedas apyrankė auksinė sidabrinė dryžuota languota gėlėta žieminė",
    ),
    ("cp1253", "γραβάτα γυαλιά σακίδιο πορτοφόλι παντόφλες γιλέκο ρόμπα πορτοκαλί χρυσό ασημί λουλούδια ΦΟΡΕΜΑ"),
    ("cp932", JAPANESE),
    ("euc_jp", JAPANESE),
    (
        "gb18030",
        "领带 眼镜 背包 钱包 拖鞋 背心 睡衣 橙色 条纹 格子 花朵 亚麻 北京 红色连衣裙 男士衬衫 羽绒服 卫衣 T恤 风衣",
    ),
    ("big5hkscs", "領帶 眼鏡 背包 錢包 拖鞋 背心 睡衣 橙色 條紋 花朵 亞麻 臺北 紅色連衣裙 男士襯衫 羽絨服 T恤 風衣"),
    (
        "cp949",
        "넥타이 안경 배낭 지갑 슬리퍼 조끼 잠옷 스타킹 주황 줄무늬 꽃무늬 서울 빨간 원피스 남자 셔츠 목도리 장갑",
    ),
]


def table(words):
    return "id,name\n" + "".join(f"{1001 + at},{word.replace('_', ' ')}\n" for at, word in enumerate(words))


def names(data):
    return [row.cells[1] for row in read_sheet("styles.csv", data).rows]


@pytest.mark.parametrize(("encoding", "words"), TABLES)
@pytest.mark.parametrize("seed", range(5))
def test_a_table_of_twelve_rows_comes_right_in_many_languages(encoding, words, seed):
    text = table(random.Random(seed).sample(words.split(), 11))
    assert names(text.encode(encoding)) == [line.split(",")[1] for line in text.splitlines()[1:]]


@pytest.mark.parametrize(("encoding", "words"), [each for each in TABLES if each[0] in ("cp1251", "cp932", "gb18030")])
def test_so_it_does_if_only_a_few_cells_are_not_english(encoding, words):
    lines = ["id,name,color", *(f"{at},Model {at},Red" for at in range(500))]
    lines[100], lines[300], lines[400] = (f"{at},{word},Red" for at, word in enumerate(words.split()[:3]))
    sheet = read_sheet("x.csv", "\n".join(lines).encode(encoding))
    assert [sheet.rows[at].cells[1] for at in (99, 299, 399)] == words.split()[:3]


def test_the_words_here_are_not_those_that_encodings_are_told_by():
    told_by = {word.lower() for words in EUROPEAN.values() for word in words.split()}
    tried = [word.lower() for _, words in TABLES for word in words.split() if not word.isascii()]
    assert sum(word in told_by for word in tried) < 0.03 * len(tried)


def test_the_guess_is_said():
    (problem,) = read_sheet("styles.csv", table(RUSSIAN.split()).encode("cp1251")).problems
    assert (problem.kind, problem.subject) == (TABLE, "styles.csv")
    assert problem.detail == "read as Windows-1251 (Cyrillic); save it as UTF-8 if names look wrong"


def test_utf_8_is_no_guess():
    assert read_sheet("x.csv", table(RUSSIAN.split()).encode()).problems == ()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("words", [GERMAN, RUSSIAN, JAPANESE])
def test_unicode_is_read_with_and_without_its_mark(encoding, words):
    sheet = read_sheet("x.csv", table(words.split()).encode(encoding))
    assert [row.cells[1] for row in sheet.rows] == words.split() and sheet.problems == ()


def test_utf_16_cut_in_the_middle_of_a_character_is_refused():
    with pytest.raises(CatalogError, match="is not text in"):
        read_sheet("x.csv", table(GERMAN.split()).encode("utf-16")[:-1])


@pytest.mark.parametrize(("encoding", "called"), [("cp1252", "Windows-1252"), ("cp1251", "Windows-1251")])
def test_lines_of_another_program_do_not_garble_the_lines_in_utf_8(encoding, called):
    word = "Röcke" if encoding == "cp1252" else "Платье"
    sheet = read_sheet("x.csv", "id,name\n1,Hüte\n".encode() + f"2,{word}\n3,Hat\n".encode(encoding))
    assert [row.cells[1] for row in sheet.rows] == ["Hüte", word, "Hat"]
    assert sheet.problems[0].detail.startswith(f"1 lines are not UTF-8 and were read as {called}")


def test_a_broken_character_costs_itself_alone():
    data = table(RUSSIAN.split()).encode()
    at = data.index("Очки".encode())
    sheet = read_sheet("x.csv", data[: at + 1] + data[at + 2 :])
    assert [row.cells[1] for row in sheet.rows] == [word.replace("Очки", "\ufffdчки") for word in RUSSIAN.split()]
    assert sheet.problems[0].detail.startswith("1 lines are not UTF-8, but for 1 characters")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + random.Random(0).randbytes(400),
        random.Random(1).randbytes(5000),
        b"GIF89a" + random.Random(2).randbytes(400),
    ],
)
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(CatalogError, match=r"styles\.csv is not text in an encoding that is known here\. Save it"):
        read_sheet("styles.csv", data)


def test_a_guess_looks_at_a_bounded_part(monkeypatch):
    looked = []
    monkeypatch.setattr(
        "prodsim.catalog.tables.encodings._measure", lambda language: lambda word: looked.append(word) or 0
    )
    rows = "".join(f"{at},{'я' * 500}{at:b}\n".replace("0", "о").replace("1", "и") for at in range(20_000))
    read_sheet("x.csv", f"id,name\n{rows}".encode("cp1251"))
    assert len(looked) < 100_000 and max(map(len, looked)) <= 60


def test_a_line_that_is_cut_says_nothing_of_the_encoding():
    data = b"id,name\n" + b"1,Hat\n" * (HEAD_BYTES // 6 - 2) + b"2,H\xfcte, long and cut"
    assert sample("x.csv", data).problems == ()
