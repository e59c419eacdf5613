"""The operators' live queue, on ``websockets``."""

from handoff.live.server import Desk

__all__ = ["Desk"]
