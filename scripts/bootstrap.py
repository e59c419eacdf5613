"""The first step on a fresh machine, needing nothing but Python: get uv, install, go on.

Usage: python3 scripts/bootstrap.py COMMAND [ARGUMENT]...   (see scripts/__main__.py)
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
PYTHON = ROOT / ".venv" / "bin" / "python"
UV_VERSION = "0.13.9"
OLDEST_UV = (0, 8)
OLDEST_PYTHON = (3, 11)
INDEX = "https://pypi.org/simple"
# Somebody else's environment must not take the place of ours.
FOREIGN = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PROJECT", "PYTHONHOME", "PYTHONPATH")
# Without bytecode kept on disk every start of a process compiles its imports anew.
SLOWING = ("PYTHONDONTWRITEBYTECODE",)


class BootstrapError(Exception):
    """The machine lacks something that cannot be got from here."""


def main(arguments: list[str]) -> None:
    """Install this project's own environment, then go on inside it."""
    for name in (*FOREIGN, *SLOWING):
        os.environ.pop(name, None)
    os.chdir(ROOT)
    try:
        uv = find_uv() or timed("uv", install_uv)
        os.environ["ABONENT_UV"] = uv
        install_packages(uv)
    except (BootstrapError, OSError) as error:
        sys.exit(f"Cannot install: {error}")
    os.execv(PYTHON, [str(PYTHON), "-m", "scripts", *arguments])


def timed(name: str, step: Callable[[], Result]) -> Result:
    """Run a step and print its name and how long it took."""
    started = time.monotonic()
    if sys.stdout.isatty():
        print(f"  {name} ...", end="\r", flush=True)
    result = step()
    print(f"  {name:<28} {time.monotonic() - started:6.1f} s", flush=True)
    return result


def find_uv() -> str | None:
    """Return the path of a uv that runs, if there is one."""
    for candidate in (shutil.which("uv"), str(TOOLS / "uv" / "uv"), str(TOOLS / "uv/bin/uv")):
        if candidate and is_new_enough(candidate):
            return candidate
    return None


def is_new_enough(uv: str) -> bool:
    """Tell whether a uv runs and understands our lock files."""
    try:
        said = subprocess.run(
            [uv, "--version"], capture_output=True, text=True, timeout=30, check=False
        )
        numbers = said.stdout.split()[1].split(".")[:2]
        return tuple(int(number) for number in numbers) >= OLDEST_UV
    except (OSError, subprocess.TimeoutExpired, IndexError, ValueError):
        return False


def runs(*command: str) -> bool:
    """Tell whether a command can be run."""
    try:
        return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_uv() -> str:
    """Get uv with pip where there is one, else take its wheel from the index ourselves."""
    return install_uv_with_pip() or install_uv_from_wheel()


def install_uv_with_pip() -> str | None:
    """Return the path of a uv installed by pip into an environment of its own, or None."""
    folder = TOOLS / "uv"
    made = runs(sys.executable, "-m", "venv", str(folder))
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"]
    if made and subprocess.run(pip, capture_output=True, check=False).returncode == 0:
        return str(folder / "bin" / "uv")
    shutil.rmtree(folder, ignore_errors=True)
    return None


def install_uv_from_wheel() -> str:
    """Return the path of a uv unpacked from its wheel."""
    content = fetch_wheel()
    folder = TOOLS / "uv"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(BytesIO(content)) as wheel:
        member = next(name for name in wheel.namelist() if name.endswith("/scripts/uv"))
        (folder / "uv").write_bytes(wheel.read(member))
    (folder / "uv").chmod(0o755)
    return str(folder / "uv")


def fetch_wheel() -> bytes:
    """Download uv's wheel for this machine and check it against the index's checksum."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or INDEX
    page_url = f"{index.rstrip('/')}/uv/"
    page = json.loads(fetch(page_url, {"Accept": "application/vnd.pypi.simple.v1+json"}))
    wanted = wheel_suffix()
    for file in page["files"]:
        name = file["filename"]
        if name.startswith(f"uv-{UV_VERSION}-") and name.endswith(".whl") and wanted(name):
            content = fetch(urllib.parse.urljoin(page_url, file["url"]), {})
            if hashlib.sha256(content).hexdigest() != file["hashes"]["sha256"]:
                raise BootstrapError(f"{name} was damaged on the way.")
            return content
    raise BootstrapError("there is no uv for this machine: install it from its own site.")


def wheel_suffix() -> Callable[[str], bool]:
    """Return a test whether a wheel's name fits this machine."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    if sys.platform == "darwin":
        machine = "arm64" if machine == "aarch64" else machine
        return lambda name: "macosx" in name and machine in name
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return lambda name: libc in name and name.endswith(f"{machine}.whl")


def fetch(url: str, headers: dict[str, str]) -> bytes:
    """Return what stands at an address."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=60
        ) as got:
            content: bytes = got.read()
    except OSError as error:
        raise BootstrapError(f"{url} cannot be fetched: {error}") from error
    return content


def install_packages(uv: str) -> None:
    """Install what the service itself needs, unless it is all there."""
    stamp = TOOLS / "stamps" / "service"
    inputs = (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    fingerprint = hashlib.sha256(inputs).hexdigest()
    if (
        stamp.exists()
        and stamp.read_text() == fingerprint
        and runs(str(PYTHON), "-c", "import rich")
    ):
        return
    timed("packages of the service", lambda: sync(uv))
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)


def sync(uv: str) -> None:
    """Let uv bring the environment to what the lock file says."""
    command = [uv, "sync", "--frozen", "--compile-bytecode"]
    if sys.version_info >= OLDEST_PYTHON and not PYTHON.exists():
        command += ["--python", sys.executable]
    result = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if result.returncode:
        raise BootstrapError(f"uv could not install the packages.\n{result.stderr.strip()}")


if __name__ == "__main__":
    main(sys.argv[1:])
