"""Exceptions that reach the user, each with its exit code. Everything else is a bug."""

from __future__ import annotations

from collections.abc import Sequence

from zxnet.problems import Problem
from zxnet.status import Status

__all__ = ["InvalidInput", "Refused", "ZxnetError"]


class ZxnetError(Exception):
    """Base of all errors meant for people; `problems` say where and why."""

    status = Status.INVALID

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.place}: {p.code}" for p in problems))
        self.problems: Sequence[Problem] = problems


class InvalidInput(ZxnetError):
    """A file of the project, or an argument, is wrong."""


class Refused(ZxnetError):
    """Nothing was touched, on purpose."""

    status = Status.REFUSED
