"""Operators' accounts, presence and sessions."""

import asyncio
import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from weakref import WeakValueDictionary

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from handoff.domain import errors
from handoff.domain.operator import CAPACITY_RANGE, Operator
from handoff.domain.vocabulary import OperatorId, Presence
from handoff.services.assignment import requeue_conversations_of
from handoff.services.ports import NewOperator, Services, SignInFailures, Store

log = structlog.get_logger(__name__)

SESSION_COOKIE = "abonent_session"
SESSION_LIFETIME = timedelta(days=14)
FAILURE_WINDOW = timedelta(minutes=1)
FAILURES_BY_LOGIN = 5
FAILURES_BY_ADDRESS = 30
PASSWORD_LIMIT = 1_024
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def add_operator(services: Services, account: NewOperator, *, password: str) -> OperatorId:
    """Make an account; the ``password_hash`` of ``account`` is made here.

    Raises:
        LoginTaken: there is one with this login.
    """
    hashed = await asyncio.to_thread(_hasher().hash, password)
    account = replace(account, password_hash=hashed)
    return await services.store.insert_operator(account, services.clock.now())


async def sign_in(
    services: Services, login: str, password: str, *, address: str
) -> tuple[str, Operator]:
    """A new session's token and whose it is.

    Raises:
        SignInThrottled: too many wrong passwords for this login or from this address.
        SignInRefused: the login or the password is wrong.
    """
    # One attempt at a time for an address and a login: guesses side by side are counted too.
    async with _attempts(f"address {address}"), _attempts(f"login {login}"):
        now = services.clock.now()
        failures = await services.store.sign_in_failures(login, address, now - FAILURE_WINDOW)
        _ensure_not_throttled(failures, now)
        try:
            operator = await _checked_operator(services.store, login, password)
        except errors.SignInRefused:
            await services.store.note_sign_in_failure(login, address, now)
            raise
    await services.store.forget_sign_in_failures(login, address)
    return await open_session(services, operator), operator


async def open_session(services: Services, operator: Operator) -> str:
    """A session's token; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    now = services.clock.now()
    await services.store.put_session(_token_hash(token), operator.id, now, now + SESSION_LIFETIME)
    return token


async def operator_of_session(services: Services, token: str) -> Operator | None:
    """Whose session the token is of, if it holds."""
    return await services.store.session_operator(_token_hash(token), services.clock.now())


async def sign_out(services: Services, token: str) -> None:
    """End the session."""
    await services.store.delete_session(_token_hash(token))


async def set_presence(
    services: Services, operator_id: OperatorId, presence: Presence, capacity: int | None = None
) -> None:
    """Come, go, or change how many conversations one takes.

    Raises:
        HandoffError: the capacity is not 1 to 50.
    """
    if capacity is not None and capacity not in CAPACITY_RANGE:
        raise errors.HandoffError("The capacity is from 1 to 50.")
    async with services.store.begin() as transaction:
        await transaction.set_presence(operator_id, presence, capacity)


async def release_vanished(services: Services, since: datetime) -> int:
    """Take operators not seen since then for gone; their conversations go back to the queue."""
    vanished = await services.store.vanished_operators(since)
    for operator_id in vanished:
        async with services.store.begin() as transaction:
            if not await transaction.take_offline(operator_id, unseen_since=since):
                continue
        count = await requeue_conversations_of(services, operator_id)
        log.info("operator_vanished", operator=operator_id, requeued=count)
    return len(vanished)


def _attempts(of: str) -> asyncio.Lock:
    return _locks.setdefault(of, asyncio.Lock())


async def _checked_operator(store: Store, login: str, password: str) -> Operator:
    account = await store.credentials(login)
    # An unknown login costs the same time as a wrong password.
    known_hash = account.password_hash if account else await asyncio.to_thread(_nobodys_hash)
    right = await asyncio.to_thread(_matches, known_hash, password[:PASSWORD_LIMIT])
    if account is None or not right:
        raise errors.SignInRefused
    if _hasher().check_needs_rehash(known_hash):
        hashed = await asyncio.to_thread(_hasher().hash, password)
        await store.update_password_hash(account.operator.id, hashed)
    return account.operator


def _ensure_not_throttled(failures: SignInFailures, now: datetime) -> None:
    by_login = failures.by_login >= FAILURES_BY_LOGIN
    if not by_login and failures.by_address < FAILURES_BY_ADDRESS:
        return
    oldest = failures.oldest or now
    wait = (oldest + FAILURE_WINDOW - now).total_seconds()
    raise errors.SignInThrottled(retry_after_seconds=max(1, round(wait + 0.5)))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
