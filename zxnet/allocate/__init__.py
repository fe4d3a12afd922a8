"""Allocate: who holds which number, for ever. The only stage with memory (design §2)."""

from zxnet.allocate.allocations import Allocations, allocate
from zxnet.allocate.ledger import Ledger, format_ledger, parse_ledger

__all__ = ["Allocations", "Ledger", "allocate", "format_ledger", "parse_ledger"]
