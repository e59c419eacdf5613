"""The console's REST: sign-in, history, operators."""

from handoff.api.views import Api

__all__ = ["Api"]
