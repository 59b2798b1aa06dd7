"""Names in other characters, and languages by other tags: the cases of tests/cases, and their whole kinds."""

import re
import subprocess
import sys
import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import TESTS, Result, call, small
from sisterline.errors import SisterlineError
from sisterline.language import localized, lookup
from sisterline.model import Dataset, names_of
from sisterline.query.places import find_places
from sisterline.text.matching import closest_match, fold
from sisterline.text.variants import fold_characters

CASES = TESTS / "cases"


def found(case: str, city: str) -> list[str]:
    """The ids of the partnerships that a case's data has for a city."""
    result = listed(case, city)
    assert result.status == 0, result.err
    return result.lines[1:]


def listed(case: str, city: str) -> Result:
    data = CASES / case / "input.yaml"
    return call("list", "--no-builtin", "--data", data, "--city", city, "-f", "csv", "--columns", "id")


# --- kanji and kana -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "partnership"),
    [
        ("藤澤市", "fujisawa-hub"),
        ("藤澤", "fujisawa-hub"),
        ("高崎", "taka-hub"),
        ("川崎市", "saki-hub"),
        ("田辺市", "nabe-hub"),
        ("田邊市", "nabe-hub"),
        ("龍ヶ崎", "ke-hub"),
        ("竜ケ崎市", "ke-hub"),
        ("塩釜市", "shio-hub"),
        ("廣州", "guangzhou-hub"),
        ("広州", "guangzhou-hub"),
        ("廣島", "hiroshima-hub"),
        ("カモメ湾", "kamome-hub"),
        ("ｶﾓﾒ湾市", "kamome-hub"),
        ("竜が崎", "ke-hub"),
        ("龍ｹ崎市", "ke-hub"),
        ("鹽竃", "shio-hub"),
        ("广岛市", "hiroshima-hub"),
    ],
)
def test_a_place_is_found_in_any_of_the_characters_that_its_name_is_written_in(
    typed: str, partnership: str
) -> None:
    assert found("names-in-other-characters", typed) == [partnership]


def test_what_is_shown_keeps_its_characters() -> None:
    data = CASES / "names-in-other-characters" / "input.yaml"
    result = call("list", "--no-builtin", "--data", data, "--city", "川崎", "-f", "csv", "--columns", "place")
    assert result.lines == ["place", "川﨑市"]


@pytest.mark.parametrize("typed", ["川崎町", "川崎郡市"])
def test_the_place_of_the_same_characters_is_suggested_before_one_of_other_characters(typed: str) -> None:
    result = listed("names-in-other-characters", typed)
    assert result.status == 1
    assert "did you mean 川﨑市?" in result.err


@pytest.mark.parametrize(
    "forms",
    [
        "沢澤泽", "崎﨑嵜", "高髙", "辺邉邊边", "竈竃釜", "竜龍龙", "広廣广", "島嶋嶌岛", "斎齋斋",
        "斉齊齐", "浜濱濵滨", "桜櫻樱", "塩鹽盐", "渋澁涩", "滝瀧", "峰峯", "館舘馆", "富冨", "桧檜",
        "槙槇", "剣剱劍剑", "国國圀国", "吉𠮷", "土圡", "舟舩船", "県縣县", "区區", "鎮镇鎭", "発發发",
        "髪髮", "豊豐丰", "万萬", "芦蘆", "薮藪籔", "砺礪", "氷冰", "姫姬", "曁暨", "韮韭", "神神", "靖靖",
        "⻑長长", "⾼高", "鶴靏鹤", "兗兖", "巨鉅", "淵渕渊", "桑桒", "櫟檪栎", "査查",
    ],
)  # fmt: skip
def test_the_forms_of_a_kanji_are_one(forms: str) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("崎", "埼"), ("斎", "斉"), ("土", "士"), ("未", "末"), ("太", "大"), ("か", "が"), ("八", "ハ"),
        ("二", "ニ"),
    ],
)  # fmt: skip
def test_different_characters_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "forms",
    [
        ("茅ヶ崎", "茅ケ崎", "茅が崎", "茅ガ崎", "茅ｹ崎", "茅ｶﾞ崎", "茅ゖ崎"),
        ("ひばりヶ丘", "ひばりケ丘", "ひばりが丘", "ひばりガ丘"),
        ("三ヶ日", "三ケ日", "三ヵ日"),
        ("山ノ内", "山の内", "山之内", "山ﾉ内"),
        ("かもめ", "カモメ", "ｶﾓﾒ"),
        ("ぱりばば", "パリババ", "ﾊﾟﾘﾊﾞﾊﾞ", "はﾟりはﾞはﾞ"),
    ],
)
def test_the_forms_of_kana_in_a_place_name_are_one(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


def test_a_ke_in_a_word_of_katakana_is_a_ke() -> None:
    assert fold("ミルウォーキー") == fold("みるうぉーきー")
    assert fold("ケルン") == fold("けるん") != fold("がるん")
    assert fold("オケ市") == fold("おけ市")


def test_every_group_that_the_tool_lists_is_one_in_the_table() -> None:
    source = (TESTS.parent / "tools" / "variants.py").read_text(encoding="utf-8")
    lists = re.findall(r'^(JOYO|EXTENDED|NAMES|CHINESE) = """\n(.*?)\n"""', source, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in lists] == ["JOYO", "EXTENDED", "NAMES", "CHINESE"]
    for name, text in lists:
        for group in text.split():
            assert len({fold(form) for form in group}) == 1, (name, group)
    assert len(dict(lists)["JOYO"].split()) >= 324


# --- letters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "partnership"),
    [
        ("Lodz", "lodz-hub"),
        ("Tromso", "tromso-hub"),
        ("Diyarbakir", "diyarbakir-hub"),
        ("DIYARBAKIR", "diyarbakir-hub"),
        ("Da Nang", "dong-hub"),
        ("Thorlakshofn", "thor-hub"),
    ],
)
def test_a_place_is_found_by_ascii_letters(typed: str, partnership: str) -> None:
    assert found("names-with-letters-that-do-not-decompose", typed) == [partnership]


@pytest.mark.parametrize(
    ("name", "ascii_name"),
    [
        ("Łódź", "lodz"), ("ŁÓDŹ", "lodz"), ("Tromsø", "tromso"), ("Đồng Hới", "donghoi"),
        ("Đakovo", "dakovo"), ("Seyðisfjörður", "seydisfjordur"), ("Þórshöfn", "thorshofn"),
        ("Næstved", "naestved"), ("Œuilly", "oeuilly"), ("Straße", "strasse"), ("STRAẞE", "strasse"),
        ("Diyarbakır", "diyarbakir"), ("Ħamrun", "hamrun"), ("Ŧeatnu", "teatnu"), ("Hŋ", "hn"), ("Ǥ", "g"),
        ("İzmir", "izmir"), ("ĸ", "q"), ("Ĳsselstein", "ijsselstein"), ("ﬁ", "fi"), ("Ɓ", "b"),
    ],
)  # fmt: skip
def test_a_letter_that_does_not_decompose_is_folded_to_ascii(name: str, ascii_name: str) -> None:
    assert fold(name) == ascii_name


# --- invisible characters -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["葛飾区", "葛飾", "葛󠄁飾区", "葛飾區", "葛飾区\ufe00"])
def test_a_variation_selector_does_not_matter(typed: str) -> None:
    assert found("names-with-variation-selectors", typed) == ["kai-hub"]


def test_a_variation_selector_is_shown_as_it_was_written() -> None:
    data = CASES / "names-with-variation-selectors" / "input.yaml"
    result = call("list", "--no-builtin", "--data", data, "--city", "葛飾区", "-f", "json")
    assert "葛\U000e0100飾区" in result.out


@pytest.mark.parametrize(
    "char",
    [
        "\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad",
        "\u3164", "\u180b", "\u034f", "\u202e",
    ],
)  # fmt: skip
def test_an_invisible_character_does_not_matter_anywhere_in_a_name(char: str) -> None:
    for name in ("Kobe", "神戸市"):
        for at in range(len(name) + 1):
            assert fold(name[:at] + char + name[at:]) == fold(name)


# --- what folding promises ------------------------------------------------------------------------


@given(st.text(st.characters(min_codepoint=0x2E80, max_codepoint=0x9FFF)))
def test_a_name_folded_twice_is_the_name_folded_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text())
def test_however_a_name_is_encoded_it_is_folded_alike(name: str) -> None:
    forms = {fold(unicodedata.normalize(form, name)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


@given(st.text(st.characters(codec="ascii")))
def test_an_ascii_name_is_folded_alike_with_and_without_the_table(name: str) -> None:
    assert fold(name) == fold_characters(name)


# Folded names that several places of the bundled data have.
SHARED = {
    "jilin": {"jilin", "jilin-prov"},
    "南阳市": {"nanyang", "nanyo"},  # 南阳市 in China, 南陽市 in Japan
    "taizhou": {"taizhou", "taizhou-jiangsu"},  # 台州 in Zhejiang, 泰州 in Jiangsu
    "tongzhoudistrict": {"tongzhou-beijing", "tongzhou-nantong"},
    "通州区": {"tongzhou-beijing", "tongzhou-nantong"},
    "ota": {"ota", "ota-tokyo"},
    "oyama": {"oyama", "oyama-shizuoka"},
    "sakai": {"sakai", "sakai-fukui"},
}


def test_places_of_the_bundled_data_stay_distinct(bundled: Dataset) -> None:
    places = defaultdict(set)
    for place_id, place in bundled.places.items():
        for name in (*names_of(place), place_id):
            places[fold(name)].add(place_id)
    assert {name: ids for name, ids in places.items() if len(ids) > 1} == SHARED


def test_bundled_names_that_differ_in_their_characters_only_are_one(bundled: Dataset) -> None:
    # Where the Chinese and the Japanese name have the same number of kanji, they are the same name, but for
    # names that each language has of its own.
    own = {"仁贺保市"}
    for place in bundled.places.values():
        if isinstance(place.name, str) or not {"zh", "ja"} <= place.name.keys():
            continue
        zh, ja = place.name["zh"], place.name["ja"]
        if len(zh) == len(ja) and not re.search("[ァ-ヺ]{2}", ja) and zh not in own:
            assert fold(zh) == fold(ja), (zh, ja)


def test_every_name_of_the_bundled_data_finds_its_place(bundled: Dataset) -> None:
    for place_id, place in bundled.places.items():
        for name in names_of(place):
            assert place_id in find_places(bundled, name)


def test_an_unknown_name_still_names_nothing(bundled: Dataset) -> None:
    with pytest.raises(SisterlineError, match="鎌倉鳥"):
        find_places(bundled, "鎌倉鳥取町田")
    assert closest_match("髙崎", ["川﨑", "高﨑"]) == "高﨑"


def test_the_table_is_read_only_for_names_that_need_it() -> None:
    code = (
        "import sys\n"
        "from sisterline.text.matching import fold\n"
        "fold('Kobe')\n"
        "loaded = 'sisterline.text.variants' in sys.modules\n"
        "fold('Ōmuta')\n"
        "from sisterline.text import variants\n"
        "print(loaded, variants._table.cache_info().currsize)\n"
        "fold('神戸')\n"
        "print(variants._table.cache_info().currsize)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "0", "1"]


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ("zh-CN", "北海市"), ("zh-Hans", "北海市"), ("zh_CN.UTF-8", "北海市"), ("ZH", "北海市"),
        ("ja-JP", "北海市"), ("zh-Hant-TW", "北海市"), ("ja_JP.eucJP@x", "北海市"), ("EN", "Beihai"),
        ("en-GB", "Beihai"), ("en_US.UTF-8", "Beihai"), ("C.UTF-8", "Beihai"), ("POSIX", "Beihai"),
    ],
)  # fmt: skip
def test_a_language_is_found_by_any_tag_of_it(tag: str, place: str) -> None:
    result = call("list", "--city", "Beihai", "--lang", tag, "-f", "csv", "--columns", "place")
    assert result == Result(0, f"place\n{place}\n", "")


@pytest.mark.parametrize("tag", ["ko", "x-zh", "zhx", "z", "jp"])
def test_a_language_that_is_not_there_is_reported_and_falls_back_to_english(tag: str) -> None:
    result = call("list", "--city", "Beihai", "--lang", tag, "-f", "csv", "--columns", "place")
    assert (result.status, result.lines[1:]) == (0, ["Beihai"])
    assert result.err == f'sisterline: no name in the data is in the language "{tag}"; there are en, ja, zh\n'


@pytest.mark.parametrize(
    ("wanted", "tags", "found"),
    [
        ("zh-Hant-TW", ("zh", "zh-Hant", "en"), "zh-Hant"),
        ("zh-hant", ("zh-HANT",), "zh-HANT"),
        ("zh-Hant", ("zh", "en"), "zh"),
        ("zh", ("en", "zh-Hans", "zh-Hant"), "zh-Hans"),
        ("zh-TW", ("en", "zh-Hans"), "zh-Hans"),
        ("de-CH-x-phonebk", ("de", "en"), "de"),
        ("de", ("den", "en"), None),
        ("", ("en",), None),
    ],
)
def test_subtags_are_dropped_from_the_end(wanted: str, tags: tuple[str, ...], found: str | None) -> None:
    assert lookup(wanted, tags) == found


def test_a_text_without_the_exact_language_is_said_in_the_broader_one() -> None:
    assert localized({"en": "Beihai", "zh": "北海市"}, "zh-Hant") == "北海市"
    assert localized({"zh": "北海市", "zh-Hant": "北海市 (繁)"}, "zh-Hant") == "北海市 (繁)"
    assert localized({"de": "Köln", "en": "Cologne"}, "zh-Hant") == "Cologne"
    assert localized({"de": "Köln"}, "zh") == "Köln"


@pytest.mark.parametrize(
    "command",
    [
        ("list",), ("timeline",), ("timeline", "--chart"), ("stats",), ("anniversaries",), ("exchanges",),
        ("sources",), ("show", "sakae"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_takes_any_tag_of_a_language(command: tuple[str, ...]) -> None:
    assert small(*command, "--lang", "zh_CN.UTF-8") == small(*command, "--lang", "zh")
    assert small(*command, "--lang", "JA") == small(*command, "--lang", "ja")
