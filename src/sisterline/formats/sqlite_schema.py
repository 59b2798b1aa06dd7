"""The tables of a database that Sisterline makes, and the marks by which it knows one."""

import re

APPLICATION_ID = 0x53495354  # "SIST" in ASCII; `file` and SQLite's magic.txt know such numbers
SCHEMA_VERSION = 5  # of the tables; raise it when one changes

# A column has a text in one language, English where there is any; `translations` has a text that is given by
# language in all of them, by the key of the row (its rowid where it has none). Names of places and titles of
# events have tables of their own.
# Dates are written three times: as EDTF text, and as the first and the last day that they may mean, so that
# SQL can compare them; an open end is NULL.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE columns (
    "table" TEXT NOT NULL, "column" TEXT NOT NULL, description TEXT NOT NULL, unit TEXT,
    PRIMARY KEY ("table", "column")
);
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT);
CREATE TABLE places (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, native TEXT NOT NULL, country TEXT NOT NULL, level TEXT NOT NULL,
    within TEXT REFERENCES places (id), region TEXT REFERENCES places (id),
    reading TEXT, latitude REAL, longitude REAL,
    wikidata TEXT, geonames TEXT, iso3166_2 TEXT, jis TEXT, gbt2260 TEXT,
    population INTEGER, population_as_of TEXT, population_source TEXT REFERENCES sources (id), notes TEXT
);
CREATE TABLE names (
    place TEXT NOT NULL REFERENCES places (id), name TEXT NOT NULL, language TEXT, alias INTEGER NOT NULL
);
CREATE TABLE sources (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT, url TEXT, archived TEXT, accessed TEXT,
    language TEXT, type TEXT
);
CREATE TABLE partnerships (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL REFERENCES places (id), partner TEXT NOT NULL REFERENCES places (id),
    kind TEXT, since TEXT, first_day TEXT, last_day TEXT, last_event TEXT,
    basis TEXT, status TEXT NOT NULL, not_found_founding TEXT, not_found_official_source TEXT,
    not_found_later_events TEXT, notes TEXT, distance INTEGER -- great circle, in km
);
CREATE TABLE partnership_sources (
    partnership TEXT NOT NULL REFERENCES partnerships (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (partnership, source)
);
CREATE TABLE disputed (
    partnership TEXT NOT NULL REFERENCES partnerships (id), field TEXT NOT NULL, value TEXT NOT NULL,
    source TEXT REFERENCES sources (id), notes TEXT
);
CREATE TABLE events (
    id TEXT PRIMARY KEY, partnership TEXT NOT NULL REFERENCES partnerships (id),
    date TEXT NOT NULL, first_day TEXT, last_day TEXT, type TEXT NOT NULL, title TEXT NOT NULL,
    announced INTEGER NOT NULL, notes TEXT
);
CREATE TABLE event_titles (
    event TEXT NOT NULL REFERENCES events (id), language TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (event, language)
);
CREATE TABLE event_sources (
    event TEXT NOT NULL REFERENCES events (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (event, source)
);
CREATE TABLE exchanges (
    id TEXT PRIMARY KEY, partnership TEXT NOT NULL REFERENCES partnerships (id), name TEXT,
    origin TEXT REFERENCES places (id), destination TEXT REFERENCES places (id), mutual INTEGER NOT NULL,
    what TEXT NOT NULL, category TEXT NOT NULL, count INTEGER NOT NULL, unit TEXT NOT NULL,
    period TEXT NOT NULL, first_day TEXT, last_day TEXT, approximate INTEGER NOT NULL,
    announced INTEGER NOT NULL,
    series TEXT, part_of TEXT, counted INTEGER NOT NULL, notes TEXT
);
CREATE TABLE exchange_sources (
    exchange TEXT NOT NULL REFERENCES exchanges (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (exchange, source)
);
CREATE TABLE totals (
    id TEXT PRIMARY KEY, country TEXT NOT NULL, other TEXT NOT NULL, region TEXT REFERENCES places (id),
    count INTEGER NOT NULL, unit TEXT NOT NULL,
    as_of TEXT NOT NULL, first_day TEXT, last_day TEXT, "by" TEXT NOT NULL, counts TEXT NOT NULL,
    approximate INTEGER NOT NULL
);
CREATE TABLE total_sources (
    total TEXT NOT NULL REFERENCES totals (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (total, source)
);
CREATE TABLE translations (
    "table" TEXT NOT NULL, "row" TEXT NOT NULL, "column" TEXT NOT NULL, language TEXT NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY ("table", "row", "column", language)
);
"""
INDEXES = """
CREATE INDEX names_by_name ON names (name);
CREATE INDEX partnerships_by_place ON partnerships (place);
CREATE INDEX partnerships_by_partner ON partnerships (partner);
CREATE INDEX events_by_partnership ON events (partnership);
CREATE INDEX exchanges_by_partnership ON exchanges (partnership);
"""
# The tables and indexes that Sisterline makes. One that a later schema no longer has must stay here: older
# databases hold it, and they can still be replaced.
OBJECTS = frozenset(re.findall(r"CREATE (?:TABLE|INDEX) (\w+)", TABLES + INDEXES))
