"""Names, codes and counts in words."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisterline.language import plural

if TYPE_CHECKING:
    from sisterline.reports.refs import GroupKey, PartnershipRef, PlaceRef, SourceRef
    from sisterline.views.style import Glyphs

UNKNOWN = "unknown"


def place_name(place: "PlaceRef") -> str:
    """A place's name with its native one: Beihai 北海市."""
    if place.name == place.native:
        return place.name
    return f"{place.name} {place.native}"


def pair_name(partnership: "PartnershipRef", glyphs: "Glyphs") -> str:
    """A partnership's name: Beihai – Yatsushiro."""
    return f"{partnership.place.name} {glyphs.dash} {partnership.partner.name}"


def spaced(code: str) -> str:
    """A code of a vocabulary as words: friendship city."""
    return code.replace("-", " ")


def founding_words(partnership: "PartnershipRef") -> str:
    """What a partnership is and since when: friendship city since 1996-03-05."""
    kind = spaced(partnership.kind or "partnership")
    if partnership.since is None:
        return f"{kind}, founding date unknown"
    return f"{kind} since {partnership.since}"


def group_label(key: "GroupKey", glyphs: "Glyphs", *, distinct: bool = False) -> str:
    """What a count or a sum is grouped under, in words.

    Args:
        key: of the group.
        glyphs: to draw with.
        distinct: whether the id follows, because several groups have this name.
    """
    if not key.codes:
        return UNKNOWN
    names = key.names or tuple(spaced(code) for code in key.codes)
    if key.direction == "to":
        return " to ".join(names)
    if key.direction == "both" and len(names) == 2:
        return f"{names[0]} and {names[1]}, both ways"
    label = f" {glyphs.dash} ".join(names)
    if distinct:
        label += f" ({', '.join(key.codes)})"
    if key.direction == "both":
        return f"{label}, both ways"
    if key.direction:
        return f"{label} {key.direction}"
    return label


def group_labels(keys: Sequence["GroupKey"], glyphs: "Glyphs") -> dict["GroupKey", str]:
    """The labels of several groups, with the id after a name that several of them have."""
    labels = {key: group_label(key, glyphs) for key in keys}
    taken = Counter(labels.values())
    return {
        key: group_label(key, glyphs, distinct=True) if taken[label] > 1 else label
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


def in_parentheses(text: str) -> str:
    """A text in parentheses to put after another one; nothing where there is none."""
    if not text:
        return ""
    return f" ({text})"


def estimated(count: int, *, approximate: bool) -> str:
    """A count, with a sign where the source does not say exactly: `1,500`, `~600`."""
    if approximate:
        return f"~{count:,}"
    return f"{count:,}"


def unusual_status(partnership: "PartnershipRef") -> str:
    """The status of a partnership; nothing for an active one, as most are."""
    if partnership.status == "active":
        return ""
    return partnership.status


def text_or_blank(count: int) -> str:
    """A count; nothing where it is 0."""
    if not count:
        return ""
    return str(count)


def grouped_or_blank(count: int) -> str:
    """A count with its thousands grouped; nothing where it is 0."""
    if not count:
        return ""
    return f"{count:,}"


def shown_of(shown: int, matched: int, noun: str, nouns: str = "") -> str:
    """How many there are, and how many of them are shown: `885 sources`, `5 of 885 sources`."""
    counted = plural(matched, noun, nouns)
    if shown == matched:
        return counted
    return f"{shown:,} of {counted}"


def without(count: int, noun: str, missing: str, verb_phrases: tuple[str, str]) -> str:
    """A remark about what is missing: 2 partnerships without a founding date have none."""
    one, several = verb_phrases
    verb_phrase = one if count == 1 else several
    return f"{plural(count, noun)} without {missing} {verb_phrase}"


def source_words(source: "SourceRef") -> str:
    """A source in words: publisher, title (type, language, when it was read)."""
    what = ", ".join(part for part in (source.publisher, source.title) if part)
    read = f"read {source.accessed}" if source.accessed else ""
    about = ", ".join(part for part in (source.type, source.language, read) if part)
    return f"{what}{in_parentheses(about)}"
