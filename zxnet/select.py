"""Names on the command line → units and devices, with a hint for a mistyped one."""

from __future__ import annotations

from collections.abc import Sequence

from zxnet.errors import InvalidInput
from zxnet.inventory.inventory import Inventory
from zxnet.problems import Place, Problem, nearest, shown

__all__ = ["select_units"]


def select_units(inventory: Inventory, names: Sequence[str]) -> list[str]:
    """Unit ids, townships before departments; all units when no name is given.

    Raises InvalidInput naming every unknown one.
    """
    unknown = [name for name in names if name not in inventory.units]
    if unknown:
        raise InvalidInput(
            *(
                Problem(
                    "argument.unit",
                    Place("<argument>"),
                    {"name": shown(name), "nearest": nearest(name, inventory.units)},
                )
                for name in unknown
            )
        )
    order = {unit.id: (unit.kind != "township", unit.id) for unit in inventory.units.values()}
    return sorted(dict.fromkeys(names) or order, key=order.__getitem__)
