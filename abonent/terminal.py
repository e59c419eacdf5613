"""What commands print for people: plain lines, and colours where there is a terminal."""

from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)


def say(text: str) -> None:
    """Print a line as it is."""
    out.print(text, markup=False)


def complain(text: str) -> None:
    """Print what went wrong, a sentence a line."""
    for line in text.splitlines():
        err.print(line, markup=False, style="red")
