"""Exit codes of every command (design §5)."""

from enum import IntEnum

__all__ = ["Status"]


class Status(IntEnum):
    DONE = 0
    """done, in sync, holds"""
    DIFFERS = 1
    """differences, drift, a failed check"""
    INVALID = 2
    """bad usage or invalid input"""
    PARTLY = 3
    """unreachable, or ended partly"""
    REFUSED = 4
    """refused, nothing touched"""
    INTERRUPTED = 130
