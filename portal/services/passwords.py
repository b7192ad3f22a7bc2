"""Hash and check secrets with argon2id; never while holding the write gate."""

import argon2

_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# What an unknown account is checked against, so that it takes as long as a known one.
_NOBODY = _HASHER.hash("nobody has this secret")


def hash_secret(secret: str) -> str:
    """Hash a password or a passphrase."""
    return _HASHER.hash(secret)


def is_right(hashed: str | None, secret: str) -> bool:
    """Check a secret; None stands for an unknown account and takes the same time."""
    try:
        return _HASHER.verify(hashed or _NOBODY, secret) and hashed is not None
    except argon2.exceptions.VerifyMismatchError:
        return False
