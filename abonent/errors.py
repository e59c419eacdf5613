"""Faults that a person can mend. Each message is a sentence to be shown as it is.

AbonentError
├── SettingsError   the configuration is not valid
├── DataDirError    DATA_DIR cannot be used
├── EngineError     an embedded engine cannot be started
├── StartError      the system cannot be started
└── CommandError    a command was asked for something impossible
"""


class AbonentError(Exception):
    """Base of all errors that end a command with a sentence instead of a traceback."""


class SettingsError(AbonentError):
    """The configuration is not valid; the message has a line for each fault."""


class DataDirError(AbonentError):
    """`DATA_DIR` cannot be used; the message says why and what to do."""


class EngineError(AbonentError):
    """An embedded engine cannot be started; the message says why and what to do."""


class StartError(AbonentError):
    """The system cannot be started; the message says why and what to do."""


class CommandError(AbonentError):
    """A command was asked for something impossible; the message says what."""
