"""Titles and descriptions of the bundled data that are in English, Chinese and Japanese say the same.

tests/title_deviations.csv lists every title that breaks a rule on purpose, and why; data/names.csv every
person and body whose characters a source has.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sisterline.model import Dataset
from sisterline.reading.dataset import load_dataset
from title_rules import Remark, remarks

ROOT = Path(__file__).parents[1]
LANGUAGES = {"en", "zh", "ja"}


# What a title of something announced does not say: every format adds that it is only announced.
PLANS = {
    "en": r"\b(plans?|planned|will|to be|is due|announce[sd]?)\b",
    "zh": "拟|将|计划|预定|预计",
    "ja": "予定|計画|見込み",
}


class Item(NamedTuple):
    """A title in three languages, and where it is."""

    partnership: str
    when: str
    titles: Mapping[str, str]


@cache
def data() -> Dataset:
    return load_dataset([ROOT / "data"])


def items() -> Iterator[Item]:
    for partnership in data().partnerships:
        for event in partnership.events:
            if isinstance(event.title, dict) and event.title.keys() >= LANGUAGES:
                yield Item(partnership.id, str(event.date), event.title)
        for exchange in partnership.exchanges:
            if isinstance(exchange.what, dict) and exchange.what.keys() >= LANGUAGES:
                yield Item(partnership.id, str(exchange.period), exchange.what)


def place_names(partnership: str) -> dict[str, Mapping[str, str]]:
    """The names of the two places by their English ones."""
    found = data().partnership(partnership)
    assert found
    names = [data().places[end].name for end in found.between]
    return {name["en"]: name for name in names if isinstance(name, dict)}


@cache
def deviations() -> set[tuple[str, ...]]:
    with (ROOT / "tests" / "title_deviations.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["partnership"], row["when"], row["language"], row["rule"], row["detail"])
            for row in csv.DictReader(file)
        }


def broken() -> dict[tuple[str, ...], str]:
    """Each deviation from a rule, with the text that deviates."""
    found: dict[tuple[str, ...], str] = {}
    for item in items():
        for remark in remarks(item.titles, place_names(item.partnership)):
            found[item.partnership, item.when, *remark] = item.titles[remark.language]
    return found


def test_a_title_in_another_language_keeps_the_rules_of_titles() -> None:
    unlisted = {key: text for key, text in broken().items() if key not in deviations()}
    assert not unlisted, "\n".join(f"{' | '.join(key)} | {text}" for key, text in unlisted.items())


def test_every_listed_deviation_is_still_one() -> None:
    assert not deviations() - broken().keys()


@cache
def ledger() -> tuple[dict[str, str], ...]:
    """The rows of data/names.csv whose characters are known."""
    with (ROOT / "data" / "names.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["zh"])


def named(item: Item) -> Iterator[dict[str, str]]:
    """The persons and bodies of the ledger that a title names, who belong to its two places or to neither."""
    here = {name for end in place_names(item.partnership) for name in (end, end.partition(" ")[0])}
    found = set(pattern().findall(item.titles["en"]))
    for row in ledger():
        places = {"", "China", "Japan"} & {row["place"]} or here & set(row["place"].split("; "))
        if row["en"] in found and places:
            yield row


@cache
def pattern() -> re.Pattern[str]:
    """One of the names of the ledger, the longest that fits."""
    names = sorted({row["en"] for row in ledger()}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def test_a_name_is_in_the_ledger_once() -> None:
    counts = Counter((row["en"], row["place"]) for row in ledger())
    assert [name for name, count in counts.items() if count > 1] == []


def test_a_person_or_body_of_the_ledger_has_the_same_characters_in_every_title() -> None:
    wrong = [
        f"{item.partnership} {item.when} {language}: {row['en']} is {row[language]}: {item.titles[language]}"
        for item in items()
        for row in named(item)
        for language in ("zh", "ja")
        if row[language] not in item.titles[language]
    ]
    assert not wrong, "\n".join(wrong)


KOBE = {"Kobe": {"en": "Kobe", "zh": "神户市", "ja": "神戸市"}}


@pytest.mark.parametrize(
    ("english", "chinese", "japanese", "expected"),
    [
        ("Two mayors meet in Kobe", "两位市长在神户会面", "両市長が神戸で会談", []),
        ("Kobe sends 1,605 books", "神户赠送1605册图书", "神戸が図書1,605冊を贈る", []),
        ("Kobe sends 5 books", "神户赠书", "神戸が図書5冊を贈る", [("zh", "number missing", "5")]),
        ("Kobe sends books", "神户赠书", "神戸が図書3冊を贈る", [("ja", "number added", "3")]),
        ("Kobe sends books", "神户赠书。", "神戸が図書を贈る", [("zh", "final stop", "。")]),
        ("Kobe sends books", "神户,赠书", "神戸が図書を贈る", [("zh", "half-width mark", "户,")]),
        ("Kobe sends books", "神户赠书", "神戸 が図書を贈る", [("ja", "space", "戸 ")]),
        ("Kobe sends books", "神户贈书", "神戸が図書を贈る", [("zh", "not simplified", "贈")]),
        ("Kobe sends books", "神户沢书", "神戸が図書を贈る", [("zh", "not simplified", "沢")]),
        ("Kobe sends books", "赠书", "神戸が図書を贈る", [("zh", "place not named", "神户")]),
        ("Kobe sends books", "神户のbooks", "神戸が書を贈る", [("zh", "kana", "の")]),
        ("Kobe sends books", "神户赠《书》", "神戸が“書”を贈る", [("ja", "Chinese quotes", "“")]),
        ("Kobe sends books", "神户赠「书」", "神戸が書を贈る", [("zh", "Japanese quotes", "「")]),
        ("Kobe sends books", "神户赠书", "神戸が书を贈る", [("ja", "not in JIS X 0213", "书")]),
        ("Kobe sends books", "神户寄PR", "神戸が書を贈る", [("zh", "Latin word", "PR")]),
        ("On 18 November Kobe waits", "11月18日神户等待", "11月18日、神戸が待つ", []),
    ],
)  # fmt: skip
def test_a_rule_finds_its_slip_and_no_other(
    english: str, chinese: str, japanese: str, expected: list[tuple[str, str, str]]
) -> None:
    titles = {"en": english, "zh": chinese, "ja": japanese}
    assert list(remarks(titles, KOBE)) == [Remark(*each) for each in expected]


def test_what_is_only_announced_is_worded_like_any_other() -> None:
    titles = [
        title
        for partnership in data().partnerships
        for title in (
            *(event.title for event in partnership.events if event.announced),
            *(exchange.what for exchange in partnership.exchanges if exchange.announced),
        )
        if isinstance(title, dict)
    ]
    assert len(titles) > 30
    assert [
        title[language]
        for title in titles
        for language, plan in PLANS.items()
        if re.search(plan, title[language])
    ] == []
