"""The smallest program with Typer and Rich: it prints one line."""

import typer
from rich.console import Console

app = typer.Typer()


@app.command()
def main() -> None:
    """Print one line."""
    Console().print("one line")


app()
