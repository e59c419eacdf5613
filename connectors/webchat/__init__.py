"""The web chat: the ``/chat`` socket of the widget."""

from connectors.webchat.views import WebChat

__all__ = ["WebChat"]
