"""Valkey: fan-out between processes. May lose anything at any time without harm."""

from handoff.bus.bus import ValkeyBus

__all__ = ["ValkeyBus"]
