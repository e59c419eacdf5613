"""What the sandbox answers instead of what was asked.

Refusal
├── Malformed           400
├── Unauthorised        401
├── NotLocal            403
├── NotFound            404
└── StorageUnavailable  503
"""


class Refusal(Exception):
    """Answered with the specifications' ``Error``; the text is its ``message``."""

    status = 400
    code = "badRequest"


class Malformed(Refusal):
    """A body, a query or an address that is not as the specification says."""


class Unauthorised(Refusal):
    """No token, a token of somebody else's, or one that is over."""

    status = 401
    code = "unauthorised"


class NotLocal(Refusal):
    """The sandbox phone is read on the machine itself only."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """Nothing is kept by this id."""

    status = 404
    code = "notFound"


class StorageUnavailable(Refusal):
    """The database does not answer."""

    status = 503
    code = "storageUnavailable"
