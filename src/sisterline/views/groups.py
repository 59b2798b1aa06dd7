"""What counts and sums are grouped under, in words."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisterline.reports.exchanges import SEVERAL
from sisterline.translation import gettext as _
from sisterline.translation import listed, pgettext
from sisterline.views.labels import label
from sisterline.views.words import unknown

if TYPE_CHECKING:
    from sisterline.reports.refs import GroupKey
    from sisterline.views.style import Glyphs


def group_label(key: "GroupKey", by: str, glyphs: "Glyphs", *, distinct: bool = False) -> str:
    """What a count or a sum is grouped under, in words.

    Args:
        key: of the group.
        by: what it is grouped by.
        glyphs: to draw with.
        distinct: whether the id follows, because several groups have this name.
    """
    if not key.codes:
        return unknown()
    if key.codes == (SEVERAL,):
        return _("several decades") if by == "decade" else _("several years")
    names = key.names or tuple(_code_label(code, by) for code in key.codes)
    if key.direction == "to":
        return _("{origin} to {destination}").format(origin=names[0], destination=names[1])
    if key.direction == "both" and len(names) == 2:
        return _("{one} and {other}, both ways").format(one=names[0], other=names[1])
    joined = f" {glyphs.dash} ".join(names)
    if distinct:
        joined = f"{joined} ({listed(key.codes)})"
    messages = {
        "both": _("{place}, both ways"),
        "sends": _("{place} sends"),
        "receives": _("{place} receives"),
    }
    return messages.get(key.direction, "{place}").format(place=joined)


def _code_label(code: str, by: str) -> str:
    if by == "decade":
        return decade_label(code.removesuffix("s"))
    if by == "year":
        return year_label(code)
    return label(by, code)


def decade_label(year: str) -> str:
    """A decade by its first year: 1990s."""
    return _("{year}s").format(year=year)


def year_label(year: str) -> str:
    """A year as a heading."""
    return pgettext("heading of a year", "{year}").format(year=year)


def group_labels(keys: Sequence["GroupKey"], by: str, glyphs: "Glyphs") -> dict["GroupKey", str]:
    """The labels of several groups, with the id after a name that several of them have."""
    labels = {key: group_label(key, by, glyphs) for key in keys}
    taken = Counter(labels.values())
    return {
        key: group_label(key, by, glyphs, distinct=True) if taken[label] > 1 else label
        for key, label in labels.items()
    }


def distinct_names(keys: Sequence["GroupKey"]) -> dict["GroupKey", str]:
    """What programs call several groups: names or codes, with the id after a name of several things."""
    owners: dict[str, set[tuple[str, ...]]] = {}
    for key in keys:
        owners.setdefault(key.label, set()).add(key.codes)
    return {
        key: f"{key.label} ({', '.join(key.codes)})" if len(owners[key.label]) > 1 else key.label
        for key in keys
    }
