"""The shell of Abonent: command line, settings, embedded engines and the wiring of each process."""

__version__ = "0.1.0"
