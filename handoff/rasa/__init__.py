"""The bot over HTTP: one request a turn."""

from handoff.rasa.client import RasaBot

__all__ = ["RasaBot"]
