"""How the words and signs of a view look: the characters to draw with."""

from msgspec import Struct

from sisterline.translation import pgettext


class Glyphs(Struct, frozen=True, kw_only=True):
    """The characters that views draw with.

    Attributes:
        pair: between the two places of a partnership in a title.
        dash: between the two places of a partnership, and for what is unknown.
        dot: between remarks.
        ellipsis: where a text was cut.
        way: from the place that sends to the one that receives.
        gap: before silent years.
        rule: around today.
        line, tick, cut, arrow, suspended: of a lane.
        shade: of an era, behind the lanes.
        bar: of a bar.
        founding, due, event, announced: of a history and a lane.
        types: the signs of event types.
    """

    pair: str
    dash: str
    dot: str
    ellipsis: str
    way: str
    gap: str
    rule: str
    line: str
    tick: str
    cut: str
    arrow: str
    suspended: str
    shade: str
    bar: str
    founding: str
    due: str
    event: str
    announced: str
    types: dict[str, str]

    @property
    def between(self) -> str:
        """The separator of remarks in one line."""
        if self.dot.isascii():
            return f" {self.dot} "
        return pgettext("between remarks in a line", " · ")

    def after_title(self, remark: str) -> str:
        """A remark as it follows a title in its line."""
        if self.dot.isascii():
            return f" {self.dot} {remark}"
        return pgettext("a remark after a title", " · {remark}").format(remark=remark)


UNICODE = Glyphs(
    pair="⇄", dash="–", dot="·", ellipsis="…", way="→", gap="┊", rule="─", line="━", tick="┿", cut="╳",
    arrow="▶", suspended="┄", shade="░", bar="█", founding="●", due="○", event="•",
    announced="△",
    types={
        "agreement": "●", "renewal": "↻", "resumption": "↻", "suspension": "╳", "dissolution": "╳",
        "merger": "◇", "monument": "◆", "gift": "◆", "aid": "+", "award": "★", "anniversary": "◎",
    },
)  # fmt: skip
ASCII = Glyphs(
    pair="<->", dash="-", dot="-", ellipsis="...", way="->", gap=":", rule="-", line="=", tick="+", cut="X",
    arrow=">", suspended=".", shade=":", bar="#", founding="O", due="o", event="*",
    announced="?",
    types={
        "agreement": "O", "renewal": "@", "resumption": "@", "suspension": "X", "dissolution": "X",
        "merger": "^", "monument": "#", "gift": "#", "aid": "+", "award": "!", "anniversary": "0",
    },
)  # fmt: skip
