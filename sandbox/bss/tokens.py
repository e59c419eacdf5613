"""Bearer tokens that need no storage: what they say is signed. Pure."""

import base64
import hashlib
import hmac
import json
from datetime import datetime

LIFE_SECONDS = 600


class Tokens:
    """Issues and checks tokens; all processes with the same secret agree."""

    def __init__(self, client_id: str, client_secret: str) -> None:
        self._client_id = client_id
        self._secret = client_secret
        self._key = hashlib.sha256(f"bss token {client_secret}".encode()).digest()

    def knows(self, client_id: str, client_secret: str) -> bool:
        """Whether these are the client's credentials."""
        same_id = hmac.compare_digest(client_id.encode(), self._client_id.encode())
        same_secret = hmac.compare_digest(client_secret.encode(), self._secret.encode())
        return same_id and same_secret

    def issue(self, now: datetime) -> str:
        """A token for the client, good for ``LIFE_SECONDS``."""
        said = {"client": self._client_id, "until": now.timestamp() + LIFE_SECONDS}
        payload = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=")
        return f"{payload.decode()}.{self._signature(payload)}"

    def accepts(self, token: str, now: datetime) -> bool:
        """Whether a token was issued here and is not over."""
        payload, _, signature = token.encode(errors="replace").partition(b".")
        if not hmac.compare_digest(signature, self._signature(payload).encode()):
            return False
        said = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))
        return bool(said["client"] == self._client_id and said["until"] > now.timestamp())

    def _signature(self, payload: bytes) -> str:
        return hmac.new(self._key, payload, hashlib.sha256).hexdigest()
