"""The explorer without a terminal: keys go in, the screen comes out as text."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from textual.pilot import Pilot
from textual.widget import Widget

from helpers import TODAY
from sisterline import translation
from sisterline.explore.app import Explorer
from sisterline.explore.exploration import Asked, Exploration, Option
from sisterline.model import Dataset
from sisterline.query.selection import Selection, select
from sisterline.text.cells import width
from sisterline.views.style import UNICODE, Glyphs

Step = str | Callable[[Pilot[Any]], Any]  # a key, or something else that happens


class Explored(NamedTuple):
    """The explorer after some keys: what it was like before it ended.

    Attributes:
        app: that has ended.
        lines: of the screen; none where a key ended it.
        focus: the id of the widget that has the keys.
        row: the id of the partnership that the cursor is on.
        cursor: the row of the cursor.
        top: the first row that is seen.
        box: what is in the box for the search.
        year: the cursor of the chart.
        view: what the main pane shows.
        reading: whether the page has the whole screen.
        ids: which partnerships are shown.
    """

    app: Explorer
    lines: list[str]
    focus: str = ""
    row: str = ""
    cursor: int = 0
    top: int = 0
    box: str = ""
    year: int = 0
    view: str = ""
    reading: bool = False
    ids: Sequence[str] = ()

    @classmethod
    def of(cls, app: Explorer) -> "Explored":
        focused = app.focused
        number = app.number
        return cls(
            app=app,
            lines=picture(app),
            focus="" if focused is None else focused.id or "",
            row="" if number is None else app.exploration.partnership(number).id,
            cursor=app.main.cursor,
            top=app.main.top,
            box=app.box.value,
            year=app.year,
            view=app.view,
            reading=app.reading,
            ids=[app.exploration.partnership(each).id for each in app.exploration.shown],
        )

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def exploration(self) -> Exploration:
        return self.app.exploration


def exploration(
    dataset: Dataset,
    *,
    selection: Selection | None = None,
    options: tuple[Option, ...] = (),
    language: str = "en",
    glyphs: Glyphs = UNICODE,
    **asked: Any,
) -> Exploration:
    """What a call with some options explores."""
    chosen = Selection() if selection is None else selection
    selected = None if selection is None else select(dataset, selection)
    call = Asked(selection=chosen, options=options, today=TODAY, language=language, glyphs=glyphs, **asked)
    return Exploration(dataset, selected, call)


def explore(
    dataset: Dataset | Exploration, *steps: Step, size: tuple[int, int] = (80, 24), **asked: Any
) -> Explored:
    """Explore a data set by some keys, on a terminal of some columns and lines."""
    return watch(dataset, *steps, size=size, every=False, **asked)[-1]


def watch(
    dataset: Dataset | Exploration,
    *steps: Step,
    size: tuple[int, int] = (80, 24),
    every: bool = True,
    **asked: Any,
) -> list[Explored]:
    """The same, with what the explorer was like at first and after each step."""
    explored = dataset if isinstance(dataset, Exploration) else exploration(dataset, **asked)

    async def run() -> list[Explored]:
        seen: list[Explored] = []
        app = Explorer(explored)
        async with app.run_test(size=size) as pilot:
            await app.workers.wait_for_complete()
            for step in steps:
                await pilot.pause()
                if every:
                    seen.append(Explored.of(app))
                if isinstance(step, str):
                    await pilot.press(step)
                    continue
                result = step(pilot)
                if asyncio.iscoroutine(result):
                    await result
            await pilot.pause()
            seen.append(Explored.of(app) if app.is_running else Explored(app, []))
        return seen

    before = translation.active_language()
    try:
        translation.activate(explored.language)
        return asyncio.run(run())
    finally:
        translation.activate(before)


def typed(text: str) -> Step:
    """The box of the search with a text: faster than a key for each letter."""

    def type_it(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, Explorer)
        app.action_find()
        app.box.value = text

    return type_it


def until(text: str) -> Step:
    """Wait until a text is on the screen: for what comes some time after a key."""

    async def wait(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, Explorer)
        for _ in range(3000):
            if text in "\n".join(picture(app)):
                return
            await pilot.pause(0.01)
        raise AssertionError(f"{text} never came")

    return wait


def picture(app: Explorer) -> list[str]:
    """The screen as lines of text."""
    columns, height = app.size
    cells = [[" "] * columns for _ in range(height)]
    for widget in _drawn(app.screen):
        region = widget.region
        for y in range(min(region.height, height - region.y)):
            _put(cells[region.y + y], region.x, widget.render_line(y).text)
    return ["".join(line).rstrip() for line in cells]


def _drawn(screen: Widget) -> Iterator[Widget]:
    """The widgets that draw lines of their own."""
    for widget in screen.query("*"):
        if widget.region.area and not widget.children:
            yield widget


def _put(cells: list[str], x: int, text: str) -> None:
    for char in text:
        taken = width(char)
        if taken == 0:
            cells[x - 1] += char
            continue
        cells[x : x + taken] = [char, *[""] * (taken - 1)]
        x += taken
