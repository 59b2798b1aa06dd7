"""The codes of countries in ISO 3166-1, and those that people write instead."""

# The second letters of the codes by their first. From iso3166.tab of the tz database, which is in the public
# domain: the codes as of 2023-04-05 (ISO/TC 46 N1108).
_OFFICIAL = {
    "A": "DEFGILMOQRSTUWXZ", "B": "ABDEFGHIJLMNOQRSTVWYZ", "C": "ACDFGHIKLMNORUVWXYZ", "D": "EJKMOZ",
    "E": "CEGHRST", "F": "IJKMOR", "G": "ABDEFGHILMNPQRSTUWY", "H": "KMNRTU", "I": "DELMNOQRST",
    "J": "EMOP", "K": "EGHIMNPRWYZ", "L": "ABCIKRSTUVY", "M": "ACDEFGHKLMNOPQRSTUVWXYZ",
    "N": "ACEFGILOPRUZ", "O": "M", "P": "AEFGHKLMNRSTWY", "Q": "A", "R": "EOSUW",
    "S": "ABCDEGHIJKLMNORSTVXYZ", "T": "CDFGHJKLMNORTVWZ", "U": "AGMSYZ", "V": "ACEGINU", "W": "FS",
    "Y": "ET", "Z": "AMW",
}  # fmt: skip
# ISO 3166-1, 8.1.3: free for everybody's own use, as XK is used for Kosovo.
_USER_ASSIGNED = {"A": "A", "Q": "MNOPQRSTUVWXYZ", "X": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "Z": "Z"}

OFFICIAL = frozenset(first + second for first, seconds in _OFFICIAL.items() for second in seconds)
USER_ASSIGNED = frozenset(first + second for first, seconds in _USER_ASSIGNED.items() for second in seconds)
CODES = OFFICIAL | USER_ASSIGNED

# What is not a code of a country, with the code that it is written for: reserved and withdrawn codes of
# ISO 3166-1 and ISO 3166-3 that have one successor, and codes of languages.
MISTAKEN = {
    "UK": "GB", "EL": "GR", "BU": "MM", "DD": "DE", "FX": "FR", "TP": "TL", "ZR": "CD",
    "JA": "JP", "KO": "KR", "VI": "VN", "ZH": "CN",
}  # fmt: skip


def pattern() -> str:
    """A regular expression that all codes match, the official ones and those for own use."""
    seconds: dict[str, str] = {}
    for code in sorted(CODES):
        seconds[code[0]] = seconds.get(code[0], "") + code[1]
    choices = "|".join(f"{first}[{letters}]" for first, letters in seconds.items())
    return f"({choices})"
