"""Catalogues: complete, current, read as GNU gettext reads them; and which language a call speaks."""

import re
from collections.abc import Callable
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from catalogues import LOCALE, compiled, po_files
from translations import ROOT, _faults, _forms, placeholders, problems, read_catalogue, template

from helpers import call, small
from sisterline.catalogue import Catalogue
from sisterline.cli.tongue import spoken_language
from sisterline.translation import LANGUAGES, active_language, counted, gettext, pgettext, speaking

CATALOGUES = po_files(ROOT)
OTHERS = [tag for tag in LANGUAGES if tag != "en"]


# --- the catalogues -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return template()


def test_every_language_but_english_has_a_catalogue() -> None:
    assert [path.relative_to(ROOT) for path in CATALOGUES] == [
        LOCALE / tag / "LC_MESSAGES" / "sisterline.po" for tag in sorted(OTHERS)
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=OTHERS)
def test_a_catalogue_has_the_messages_of_the_code_all_translated(path: Path, messages: Catalog) -> None:
    assert list(problems(path, messages)) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=OTHERS)
def test_what_the_program_loads_was_compiled_from_the_catalogue(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compiled(path), "run `make compile-translations`"


@pytest.mark.parametrize("path", CATALOGUES, ids=OTHERS)
def test_translations_have_no_mark_of_another_width(path: Path) -> None:
    for message in read_catalogue(path):
        for text in _forms(message.string) if message.id else ():
            between = re.search(r"[\u3040-\u9fff][,;!?()](?![\w])|[，。；：（）]\s", text)
            assert between is None, text


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("{count} years", ""), "not translated"),
        (Message("{count} years", "{count}年", flags=["fuzzy"]), "fuzzy"),
        (Message("{count} years", "年"), "other placeholders: '年'"),
        (Message(("{count} year", "{count} years"), ("{n}年",)), "other placeholders: '{n}年'"),
    ],
)
def test_a_faulty_message_is_found(message: Message, fault: str) -> None:
    assert list(_faults(message)) == [fault]


def test_a_message_may_leave_the_english_ordinal_for_its_number() -> None:
    assert list(_faults(Message("{nth} anniversary", "{n}周年"))) == []
    assert placeholders("{a} {b:02} {{c}}") == {"a", "b"}


def test_a_catalogue_that_lacks_a_message_of_the_code_is_found(messages: Catalog, tmp_path: Path) -> None:
    path = ROOT / CATALOGUES[0]
    text = path.read_text("utf-8").replace('msgid "History"', 'msgid "Histories"')
    changed = ROOT / "build" / "test" / "zh" / "LC_MESSAGES" / "sisterline.po"
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text(text, encoding="utf-8")
    assert any("run `make translations`" in problem for problem in problems(changed, messages))


# --- as GNU gettext reads them --------------------------------------------------------------------


@pytest.mark.parametrize("path", CATALOGUES, ids=OTHERS)
def test_a_catalogue_is_read_as_the_standard_library_reads_it(path: Path) -> None:
    content = compiled(path)
    ours, theirs = Catalogue(content), GNUTranslations(BytesIO(content))
    assert len(ours._offsets) > 500
    for message in read_catalogue(path):
        if not message.id:
            continue
        one, several = (*_forms(message.id), "")[:2]
        for count in (0, 1, 2):
            if message.context and several:
                found = ours.npgettext(message.context, one, several, count)
                assert found == theirs.npgettext(message.context, one, several, count)
            elif several:
                assert ours.ngettext(one, several, count) == theirs.ngettext(one, several, count)
        if message.context:
            assert ours.pgettext(message.context, one) == theirs.pgettext(message.context, one)
        assert ours.gettext(one) == theirs.gettext(one)


def _mo(po: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = BytesIO()
    write_mo(out, read_po(BytesIO(po.encode()), locale="pl"))
    return out.getvalue()


POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "year"
msgid_plural "years"
msgstr[0] "rok"
msgstr[1] "lata"
msgstr[2] "lat"

msgctxt "a day"
msgid "year"
msgid_plural "years"
msgstr[0] "dzień"
msgstr[1] "dni"
msgstr[2] "dni"
"""


def test_a_language_may_have_several_plurals() -> None:
    content = _mo(POLISH)
    ours, theirs = Catalogue(content), GNUTranslations(BytesIO(content))
    for count in range(30):
        assert ours.ngettext("year", "years", count) == theirs.ngettext("year", "years", count)
        found = ours.npgettext("a day", "year", "years", count)
        assert found == theirs.npgettext("a day", "year", "years", count)
    assert ours.gettext("year") == "rok"
    assert ours.ngettext("month", "months", 2) == "months"
    assert ours.gettext("yea") == "yea"


def test_a_catalogue_of_the_other_byte_order_is_read_as_well() -> None:
    content = _mo(POLISH)
    header, count = 28, int.from_bytes(content[8:12], "little")
    tables = header + 16 * count
    swapped = b"".join(content[n : n + 4][::-1] for n in range(0, tables, 4)) + content[tables:]
    assert Catalogue(swapped).gettext("year") == "rok"


@pytest.mark.parametrize("content", [b"", b"no", b"no catalogue at all"])
def test_what_is_no_catalogue_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a catalogue"):
        Catalogue(content)


# --- the functions --------------------------------------------------------------------------------


def test_a_language_is_spoken_in_a_block_only() -> None:
    assert (active_language(), gettext("History")) == ("en", "History")
    with speaking("ja"):
        assert (active_language(), gettext("History")) == ("ja", "交流のあゆみ")
        with speaking("zh"):
            assert counted("{count} year", "{count} years", 1_234) == "1,234年"
        assert pgettext("event type", "aid") == "支援"
    assert (active_language(), pgettext("event type", "aid")) == ("en", "aid")


def test_a_language_that_the_program_does_not_speak_is_english() -> None:
    with speaking("de"):
        assert (active_language(), gettext("History")) == ("en", "History")


def test_one_english_word_may_have_several_translations() -> None:
    with speaking("zh"):
        found = {context: pgettext(context, "aid") for context in ("event type", "category")}
        assert found == {"event type": "援助", "category": "援助物资"}
        levels = {pgettext(f"level in {country}", "prefecture") for country in ("China", "Japan")}
        assert levels == {"自治州", "都道府县"}


# --- which language -------------------------------------------------------------------------------

Environment = Callable[..., None]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    def change(**variables: str) -> None:
        monkeypatch.delenv("LANG", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return change


@pytest.mark.parametrize(
    ("variables", "arguments", "language"),
    [
        ({}, (), "en"),
        ({"LANG": "ja_JP.UTF-8"}, (), "ja"),
        ({"LANG": "zh_TW.UTF-8"}, (), "zh"),
        ({"LANG": "de_DE.UTF-8"}, (), "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, (), "zh"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, (), "en"),
        ({"LC_ALL": "", "LANG": "ja_JP.UTF-8"}, (), "ja"),
        ({"LC_ALL": "POSIX", "LANG": "ja_JP.UTF-8"}, (), "en"),
        ({"LANG": "ja_JP.UTF-8", "SISTERLINE_LANG": "zh-Hans-CN"}, (), "zh"),
        ({"LANG": "ja_JP.UTF-8", "SISTERLINE_LANG": "de"}, (), "en"),
        ({"SISTERLINE_LANG": "zh"}, ("list", "--lang", "JA"), "ja"),
        ({"SISTERLINE_LANG": "zh"}, ("list", "--lang=en_GB"), "en"),
        ({"SISTERLINE_LANG": "zh"}, ("list", "--", "--lang", "ja"), "zh"),
        ({}, ("list", "--lang"), "en"),
    ],
)
def test_the_option_goes_before_the_setting_and_that_before_the_locale(
    variables: dict[str, str], arguments: tuple[str, ...], language: str, environment: Environment
) -> None:
    environment(**variables)
    assert spoken_language(arguments) == language


def test_the_settings_file_goes_before_the_locale(environment: Environment, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('language = "zh"\n', encoding="utf-8")
    environment(LANG="ja_JP.UTF-8", SISTERLINE_CONFIG=str(path))
    assert small("list", "--limit", "1").lines[0].startswith("结好日期")
    assert small("list", "--limit", "1", "--lang", "ja").lines[0].startswith("提携日")


def test_the_locale_decides_what_people_read(environment: Environment) -> None:
    environment(LANG="ja_JP.UTF-8")
    assert "臨海市" in small("list").out
    assert "# 交流のあゆみ" in small("timeline", "-f", "markdown").out
    assert "X-WR-CALNAME:友好都市" in small("timeline", "-f", "ics").out


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "geojson"])
def test_the_locale_does_not_change_what_programs_read(form: str, environment: Environment) -> None:
    english = small("list", "-f", form).out
    environment(LANG="ja_JP.UTF-8")
    assert small("list", "-f", form).out == english
    assert small("list", "-f", form, "--lang", "ja").out != english


@pytest.mark.parametrize(
    "words", [("list",), ("timeline",), ("stats",), ("anniversaries", "--within", "10y"), ("exchanges",)]
)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_what_programs_read_has_translated_names_and_no_translated_words(
    words: tuple[str, ...], form: str
) -> None:
    english = small(*words, "-f", form).lines
    chinese = small(*words, "-f", form, "--lang", "zh").lines
    assert chinese[0] == english[0]
    assert len(chinese) == len(english)
    assert "周年" not in "".join(small("anniversaries", "--within", "10y", "-f", form, "--lang", "zh").lines)


def test_a_workbook_is_for_people(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "list.xlsx"
    assert call("list", "--lang", "zh", "--limit", "3", "-o", path).status == 0
    sheet = load_workbook(path)["友城"]
    head = [cell.value for cell in sheet[1]]
    assert head[:2] == ["编号", "结好日期"]
    assert sheet.cell(2, head.index("类别") + 1).value == "友好城市"
