"""The ledger: which slot of which pool was given to whom, one line an allocation.

    lan wufeng 1234
    vlan:pop wufeng/gongan 220 released 2009-06-30

It is a lock file: written by zxnet alone, committed, merged by git line by line (`merge=union` in
.gitattributes). Slots are probed from a hash of pool and owner, so two branches that add different
units rarely pick the same one; where they did, `doubles` finds it and `settle` mends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from zxnet.problems import Place, Problem, shown

__all__ = ["Ledger", "doubles", "format_ledger", "parse_ledger", "preferred", "settle"]

HEADER = (
    "# zxnet ledger 1: numbers given out, one line each: pool owner slot [released date].\n"
    "# Written by zxnet; commit it. After a merge, `zxnet check` finds doubles.\n"
)

_LINE = re.compile(r"([a-z_]+(?::[a-z][a-z0-9]*)?) ([a-z0-9/-]+) (\d{1,9})(?: released (\d{4}-\d\d-\d\d))?")


@dataclass
class Ledger:
    """slots[pool][owner] = slot; `released` has the date for owners that are gone."""

    slots: dict[str, dict[str, int]] = field(default_factory=dict)
    released: dict[tuple[str, str], date] = field(default_factory=dict)

    def copy(self) -> Ledger:
        return Ledger({pool: dict(given) for pool, given in self.slots.items()}, dict(self.released))

    def remove(self, pool: str, owner: str) -> None:
        del self.slots[pool][owner]
        self.released.pop((pool, owner), None)


def preferred(pool: str, owner: str, size: int) -> int:
    """The slot (1 … size-1) at which probing for this owner starts. Slot 0 is never given."""
    digest = blake2b(f"{pool} {owner}".encode(), digest_size=8).digest()
    return 1 + int.from_bytes(digest) % (size - 1)


def parse_ledger(text: str, file: str) -> tuple[Ledger, list[Problem]]:
    """Read the file's text. Lines that are not ledger lines, or give an owner two slots, are problems."""
    ledger, problems = Ledger(), []
    match = _LINE.fullmatch
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line[0] == "#":
            continue
        found = match(line)
        if found is None:
            problems.append(Problem("ledger.syntax", Place(file, number, 1), {"got": shown(line)}))
            continue
        pool, owner, slot, released = found.groups()
        given = ledger.slots.setdefault(pool, {})
        if given.setdefault(owner, int(slot)) != int(slot):
            params = {"pool": pool, "owner": owner, "first": str(given[owner]), "second": slot}
            problems.append(Problem("ledger.two_slots", Place(file, number, 1), params))
        if released:
            try:
                ledger.released[pool, owner] = date.fromisoformat(released)
            except ValueError:
                problems.append(Problem("ledger.syntax", Place(file, number, 1), {"got": shown(line)}))
        else:  # after a merge a live line wins over a released one
            ledger.released.pop((pool, owner), None)
    return ledger, problems


def format_ledger(ledger: Ledger) -> str:
    """The file's text: sorted, so that the same ledger is always the same bytes."""
    lines = [HEADER]
    for pool in sorted(ledger.slots):
        for owner, slot in sorted(ledger.slots[pool].items()):
            released = ledger.released.get((pool, owner))
            lines.append(f"{pool} {owner} {slot}{f' released {released}' if released else ''}\n")
    return "".join(lines)


def doubles(ledger: Ledger) -> list[tuple[str, int, list[str]]]:
    """Slots given to more than one owner: (pool, slot, owners)."""
    found = []
    for pool, given in sorted(ledger.slots.items()):
        owners: dict[int, list[str]] = {}
        for owner, slot in given.items():
            owners.setdefault(slot, []).append(owner)
        found += [(pool, slot, sorted(who)) for slot, who in sorted(owners.items()) if len(who) > 1]
    return found


def settle(ledger: Ledger, sizes: dict[str, int]) -> tuple[Ledger, list[tuple[str, str]]]:
    """Take each double away from all owners but one; (new ledger, [(pool, owner) that lost its slot]).

    It stays with a live owner before a released one, then with the one whose hash prefers it, then
    with the first by name. Who lost gets a new slot at the next allocation.
    """
    settled, lost = ledger.copy(), []
    for pool, slot, owners in doubles(ledger):

        def claim(owner: str, pool: str = pool, slot: int = slot) -> tuple[bool, bool, str]:
            prefers = preferred(pool, owner, sizes[pool]) == slot if pool in sizes else False
            return ((pool, owner) in ledger.released, not prefers, owner)

        for owner in sorted(owners, key=claim)[1:]:
            settled.remove(pool, owner)
            lost.append((pool, owner))
    return settled, lost
