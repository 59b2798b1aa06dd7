"""The least that a program of Typer and Rich can be: it prints one line."""

import typer
from rich.console import Console

app = typer.Typer()


@app.command()
def main() -> None:
    """Print one line."""
    Console().print("one line")


app()
