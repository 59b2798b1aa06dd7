"""The words of the data format as tables write them, in English, Chinese and Japanese."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from sisterline.importing.fields import fold_header
from sisterline.vocabulary import Category, EventType, Kind, Status, Unit

Direction = Literal["out", "in", "mutual"]

_KINDS: dict[Kind, str] = {
    "friendship-city": "友好城市, 友好都市, 友好城市关系, 友好城市関係, friendship cities",
    "friendship-region": "友好省, 友好县, 友好省县, 友好県, 友好県省, 友好区, 友好地区, 友好地域, 友好省州",
    "sister-city": "姐妹城市, 姊妹城市, 姉妹都市, sister cities",
    "twin-town": "twin towns, twinning, twinned",
    "friendship-exchange": "友好交流城市, 友好交流关系, 友好交流关系城市, 友好交流都市, 友好交流",
    "cooperation": "合作, 合作关系, 合作城市, 協力, 協力都市, 協力関係",
    "partner-city": "伙伴城市, パートナー都市, パートナーシップ都市, partnership",
    "other": "其他, その他",
}
_STATUSES: dict[Status, str] = {
    "active": "正常, 有效, 交往中, 継続, 継続中, 有効, 交流中, 活動中",
    "suspended": "中止, 中断, 暂停, 停止, 休止, 停止中, 休止中",
    "dissolved": "解除, 终止, 终止关系, 解消, 終了, 終止, ended, terminated",
}
_TYPES: dict[EventType, str] = {
    "agreement": "签约, 结好, 缔结, 締結, 提携, 調印, 協定, 签署, signing",
    "renewal": "续签, 更新, 再締結",
    "anniversary": "周年, 周年纪念, 周年活动, 周年記念, 周年行事",
    "contact": "联络, 接触, 联系, 連絡",
    "delegation": "代表团, 访问, 出访, 来访, 互访, 訪問団, 訪問, 来訪, 表敬訪問, 訪中, 訪日, 公式訪問, 視察, "
    "考察, visit, delegation visit",
    "students": "学生, 学生交流, 学生派遣, 留学, 留学生",
    "youth": "青少年, 青少年交流, 青年交流, 若者",
    "sister-school": "友好学校, 姐妹学校, 姉妹校, 友好校",
    "culture": "文化, 文化交流, 艺术, 芸術, art",
    "sports": "体育, 体育交流, スポーツ, スポーツ交流, sport",
    "economy": "经济, 经贸, 经济交流, 贸易, 経済, 経済交流, 貿易, 観光, 旅游, business, trade",
    "environment": "环境, 环保, 環境, 環境交流",
    "medical": "医疗, 医学, 卫生, 医療, 保健, health",
    "port": "港口, 友好港, 港湾",
    "aid": "援助, 捐赠, 赈灾, 支援, 義援金, 災害支援, donation",
    "gift": "赠送, 礼物, 寄贈, 贈呈, 贈り物",
    "animals": "动物, 動物",
    "monument": "纪念碑, 雕塑, 記念碑, 像, 庭園",
    "award": "授奖, 表彰, 荣誉, 名誉市民",
    "suspension": "中止, 暂停, 中断, 停止",
    "resumption": "恢复, 再開",
    "dissolution": "解除, 解消",
    "merger": "合并, 合併",
    "other": "其他, その他",
}
_CATEGORIES: dict[Category, str] = {
    "delegations": "代表团, 访问团, 訪問団, 代表団, 公式訪問団, delegation",
    "visitors": "游客, 市民, 来访者, 市民訪問団, 観光客, citizens, visitor",
    "students": "学生, 中学生, 高中生, 大学生, 留学生, 高校生, 生徒, 小学生, 児童, pupils, student",
    "youth": "青少年, 青年, 若者",
    "trainees": "研修生, 进修生, 実習生, trainee",
    "teachers": "教师, 教員, 教師, teacher",
    "staff": "职员, 公务员, 職員, 市職員, 公務員, officials",
    "attendance": "观众, 出席者, 来場者, 観客, 参加者",
    "hosts": "寄宿家庭, ホストファミリー, host families",
    "aid": "援助, 支援, 义援金, 義援金",
    "goods": "物资, 物品, 物資",
    "animals": "动物, 動物",
    "plants": "植物, 树苗, 苗木, trees",
    "money": "资金, 捐款, 寄付金, 寄附金",
    "events": "活动, 行事",
    "other": "其他, その他",
}
_UNITS: dict[Unit, str] = {
    "people": "人, 名, 人次, 位, person, persons, pax, participants, members, students",
    "groups": "团, 組, 组, 団, 団体, 班, group, delegations",
    "visits": "次, 回, visit, times",
    "families": "户, 家庭, 世帯, 戸, family",
    "schools": "校, 所, school",
    "companies": "社, 家, 企业, company",
    "animals": "头, 頭, 只, 匹, 羽, animal",
    "species": "种, 種, 種類",
    "trees": "棵, 株, 本, tree",
    "books": "册, 冊, book",
    "works": "幅, 作品, work",
    "masks": "口罩, マスク",
    "items": "件, 个, 個, 点, item, pieces",
    "boxes": "箱, box",
    "sets": "套, セット, set",
    "vehicles": "辆, 台, 両, vehicle",
    "tonnes": "吨, トン, t, tons",
    "hectares": "公顷, ヘクタール, ha",
    "events": "场, 事業",
    "agreements": "协议, 協定, agreement",
    "JPY": "日元, 円, yen",
    "CNY": "人民币, 元, yuan, rmb",
    "USD": "美元, ドル, 米ドル, dollars",
    "EUR": "欧元, ユーロ, euro, euros",
}
_DIRECTIONS: dict[Direction, str] = {
    "out": "派遣, 訪問, 派出, 出访, 往访, 送出, sent, outgoing, outbound",
    "in": "受入, 受け入れ, 受入れ, 来訪, 来访, 接待, 接收, received, incoming, inbound",
    "mutual": "相互, 双向, 互访, 双方, both, both ways, two-way",
}


def _by_name(names: Mapping[Any, str], values: tuple[str, ...]) -> dict[str, str]:
    """Each value by its own name and by its names in tables."""
    found = {fold_header(value): value for value in values}
    for value in values:
        for name in names[value].split(", "):
            found.setdefault(fold_header(name), value)
    return found


KINDS = _by_name(_KINDS, get_args(Kind))
STATUSES = _by_name(_STATUSES, get_args(Status))
TYPES = _by_name(_TYPES, get_args(EventType))
CATEGORIES = _by_name(_CATEGORIES, get_args(Category))
UNITS = _by_name(_UNITS, get_args(Unit))
DIRECTIONS = _by_name(_DIRECTIONS, get_args(Direction))


def find_term(terms: Mapping[str, str], text: str) -> str:
    """The word of the data format for a text; empty if it is unknown."""
    return terms.get(fold_header(text), "")
