"""Finding a server's program inside the wheel that brought it."""

import importlib.util
from pathlib import Path


def path_in_wheel(package: str, *parts: str) -> Path | None:
    """Return the path of a file in an installed package, without importing it; None if absent."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent.joinpath(*parts)
    return path if path.is_file() else None
