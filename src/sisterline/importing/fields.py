"""The columns that a table may have, by their names in three languages, and the shapes of tables."""

import re
import unicodedata
from typing import Literal

from msgspec import Struct

Shape = Literal["partnerships", "events", "exchanges"]


class Field(Struct, frozen=True):
    """A column: what it holds, and how tables call it in English, Chinese and Japanese."""

    holds: str
    en: str
    zh: str
    ja: str

    @property
    def names(self) -> tuple[str, ...]:
        """All names, as they are compared."""
        return tuple(fold_header(name) for names in (self.en, self.zh, self.ja) for name in names.split(", "))


def fold_header(text: str) -> str:
    """A header without case, width, spaces and punctuation, and without what is in brackets."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\(.*?\)|\[.*?\]|【.*?】|[\W_]", "", plain) or re.sub(r"[\W_]+", "", plain)


# Where two fields have a name in common, the first that the table does not have yet gets the column.
FIELDS = {
    "since": Field(
        "when the partnership was founded",
        "since, founded, founding date, established, signed, agreement date, date of agreement",
        "结好日期, 结好时间, 结好年份, 缔结日期, 缔结时间, 签约日期, 签约时间, 签署日期, 建立日期, "
        "建立时间, 結好日期",
        "提携年月日, 提携日, 提携年, 締結年月日, 締結日, 締結年, 提携時期, 調印日, 調印年月日, 盟約年月日",
    ),
    "date": Field(
        "when it happened: a date, or the year beside columns for month and day",
        "date, when, period, dates, start, start date, from date, year",
        "日期, 时间, 年月日, 活动日期, 活动时间, 访问日期, 开始日期, 开始时间, 起始日期, 期间, "
        "年份, 年度, 年",
        "年月日, 日付, 期日, 日時, 時期, 期間, 実施日, 実施年月日, 開催日, 訪問日, 開始日, 年度, "
        "年月, 年, 西暦, 和暦",
    ),
    "month": Field("the month, beside the year", "month", "月, 月份", "月"),
    "day": Field("the day, beside the month", "day", "日, 号", "日"),
    "end": Field(
        "when it ended",
        "end, end date, until, date to, to date",
        "结束日期, 结束时间, 终止日期, 截止日期",
        "終了日, 終了年月日, 終期, 終了",
    ),
    "city": Field(
        "your own city, or the first of the two",
        "city, own city, our city, home city, municipality, local government",
        "城市, 我市, 本市, 我方城市, 中方城市, 中国城市, 国内城市, 我方, 中方",
        "自治体, 自治体名, 市町村, 市町村名, 都市, 都市名, 本市, 国内自治体, 国内都市, 日本側, 日本側自治体",
    ),
    "partner": Field(
        "the other city",
        "partner, partner city, sister city, friendship city, twin town, counterpart, partner name",
        "友好城市, 友城, 友好城市名称, 外方城市, 对方城市, 结好城市, 日方城市, 日本城市, 外国城市, "
        "国外城市, 日方, 外方, 对方",
        "姉妹都市, 友好都市, 姉妹都市名, 友好都市名, 姉妹友好都市, 提携都市, 相手都市, 相手先, "
        "提携先, 交流先, 海外都市, "
        "相手自治体, 相手都市名, 提携先都市, 中国側, 中国側都市, 相手方",
    ),
    "country": Field(
        "the country of the partner, for places that are new",
        "country, partner country, nation",
        "国家, 国别, 国名",
        "国, 国名, 相手国, 国・地域",
    ),
    "kind": Field(
        "what the parties call the partnership",
        "kind, relation, relationship",
        "关系, 结好类型, 友好关系, 性质",
        "提携区分, 提携種別, 提携形態, 関係",
    ),
    "status": Field("whether it still exists", "status, state", "状态, 现状", "状態, 状況, 現況"),
    "title": Field(
        "what happened, or what was counted",
        "title, event, content, description, activity, what, what happened, subject, item",
        "事项, 内容, 活动, 活动内容, 活动名称, 交流内容, 项目, 标题, 主题, 事件",
        "内容, 事項, 件名, 事業, 事業名, 事業内容, 行事, 行事名, 出来事, 交流内容, 交流事業, 概要, 目的",
    ),
    "type": Field(
        "what sort of event", "type, event type", "类型, 活动类型, 类别, 种类", "種別, 種類, 区分, 分類, 分野"
    ),
    "count": Field(
        "how many",
        "count, number, people, participants, persons, number of people, headcount, quantity, total",
        "人数, 人次, 数量, 参加人数, 访问人数",
        "人数, 人員, 参加者数, 派遣人数, 受入人数, 訪問者数, 数, 数量, 員数",
    ),
    "unit": Field("of what", "unit", "单位", "単位"),
    "category": Field(
        "what sort of flow", "category, who", "人员类别, 对象, 人员", "対象, 対象者, 参加者, 団体種別"
    ),
    "direction": Field(
        "whether the own city sends or receives",
        "direction, sent or received, outgoing or incoming",
        "方向, 往来, 派出接待, 出访来访",
        "方向, 派遣受入, 派遣・受入, 派遣受入の別, 受入派遣",
    ),
    "from": Field(
        "the place that sends",
        "from, sender, origin",
        "派出方, 派遣方, 来自, 出发地",
        "派遣元, 送り出し, 出発地",
    ),
    "to": Field(
        "the place that receives",
        "to, receiver, destination",
        "接收方, 接待方, 目的地, 前往, 访问地",
        "派遣先, 受入先, 訪問先, 受入側, 行き先",
    ),
    "source": Field(
        "where it was read: an address or a title",
        "source, url, link, reference",
        "来源, 出处, 资料来源, 网址, 链接, 信息来源",
        "出典, 典拠, 資料, リンク, 参考, 情報源",
    ),
    "notes": Field(
        "what a reader should know",
        "notes, note, remarks, comment, comments",
        "备注, 说明, 附注",
        "備考, 摘要, 注記, メモ, 特記事項",
    ),
}

# The names of a count that say its unit.
_OF_PEOPLE = (
    "people, participants, persons, number of people, headcount, 人数, 人次, 参加人数, 访问人数, "
    "人員, 参加者数, 派遣人数, 受入人数, 訪問者数, 員数"
)
COUNTS_OF_PEOPLE = frozenset(map(fold_header, _OF_PEOPLE.split(", ")))

# Each shape's fields; those of REQUIRED must have a column. Who takes part is checked apart (records.py).
SHAPES: dict[Shape, frozenset[str]] = {
    "partnerships": frozenset(
        ("city", "partner", "country", "since", "month", "day", "kind", "status", "source", "notes")
    ),
    "events": frozenset(
        ("city", "partner", "country", "date", "month", "day", "end", "title", "type", "source", "notes")
    ),
    "exchanges": frozenset(
        (
            "city", "partner", "country", "date", "month", "day", "end", "title", "count", "unit",
                "category",
            "direction", "from", "to", "source", "notes",
        )
    ),
}  # fmt: skip
REQUIRED: dict[Shape, tuple[str, ...]] = {
    "partnerships": (),
    "events": ("date", "title"),
    "exchanges": ("date", "title", "count"),
}


def shape_of(fields: frozenset[str]) -> Shape | None:
    """The shape of a table that has columns for these fields; None if there is none."""
    dated = "date" in fields or "since" in fields
    has_direction = fields & {"direction", "from", "to"}
    if dated and "count" in fields and "title" in fields and has_direction:
        return "exchanges"
    if dated and "title" in fields:
        return "events"
    if "partner" in fields or "since" in fields:
        return "partnerships"
    return None
