"""Bytes that nobody wrote, read as a data file: `make fuzz` runs it with atheris in its own environment.

Whatever the bytes are, they become data or problems that can be printed, never an exception, within five
seconds. An input that does not is kept in build/fuzz.
"""

import os
import sys
import time
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # in the environment of `make fuzz` only

with atheris.instrument_imports(include=["sisterline", "yaml"]):
    import yaml

    from sisterline.reading.builder import DatasetBuilder
    from sisterline.reading.schema import all_keys
    from sisterline.reading.yaml_text import parse

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build" / "fuzz"
SEEDS = [*ROOT.glob("tests/bad/*.yaml"), *ROOT.glob("tests/small/*.yaml")]
LONGEST = 6_000  # characters of a printed problem: each may be printed as an escape
SECONDS = 5  # of the processor, with the instruments of atheris
LIBYAML = yaml.__with_libyaml__


def read(data: bytes) -> None:
    """Read bytes as a data file, and look at what comes of it."""
    document, problems = parse(data, "x.yaml")
    assert document is not None or problems
    builder = DatasetBuilder()
    if document is not None:
        builder.add(document)
        dataset = builder.build()
        problems = list(builder.problems())
        if not problems:
            assert isinstance(document.value, dict)
            for section in ("countries", "places", "sources"):
                assert len(getattr(dataset, section)) == len(document.value.get(section, ()))
    lines = data.replace(b"\r", b"\n").count(b"\n") + 1
    for problem in problems:
        text = str(problem)
        text.encode()
        assert "\n" not in text
        assert len(text) < LONGEST
        assert 0 <= problem.line <= lines
        assert problem.column >= min(problem.line, 1)


def once(data: bytes) -> None:
    """Read bytes with either loader: PyYAML's own scanner is the one that tells the fuzzer where it went."""
    for fast in (False, True):
        vars(yaml)["__with_libyaml__"] = fast and LIBYAML
        began = time.process_time()
        read(data)
        assert time.process_time() - began < SECONDS


def main() -> None:
    """Fuzz for FUZZ_SECONDS, or run the inputs that are named."""
    corpus = OUT / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS:
        (corpus / seed.name).write_bytes(seed.read_bytes()[:4_000])
    words = OUT / "words"
    keys = [f"{key}: " for key in sorted(all_keys())]
    signs = [
        "- ", ": ", "? ", "[", "]", "{", "}", "---\n", "...", "&a ", "*a", "!!str ", "<<: ", "|\n", ">-\n",
        "\\ud800", "\\U0010ffff", "%YAML 1.1\n", "\ufeff", "\u2028", "\x85", "\uff1a", "\u3000", "\u200b",
        "1996-03-05", "2007/..", "~", "true", "places:\n", "partnerships:\n- ", "totals:\n- ", "sources:\n",
        "extends: ", "countries:\n",
    ]  # fmt: skip
    entries = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in keys + signs)
    words.write_text("".join(f'"{entry}"\n' for entry in entries), "utf-8")
    named = sys.argv[1:]
    limits = ["-max_len=4000", "-timeout=120", "-rss_limit_mb=2000", f"-artifact_prefix={OUT}/"]
    bounds = [f"-max_total_time={os.environ.get('FUZZ_SECONDS', '60')}", f"-dict={words}", str(corpus)]
    atheris.Setup([sys.argv[0], *limits, *(named or bounds)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
