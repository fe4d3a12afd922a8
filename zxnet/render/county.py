"""Render a whole project, or some of its units and facilities, into a build folder."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zxnet.errors import InvalidInput
from zxnet.inventory.load import LEDGER
from zxnet.problems import Place, Problem, nearest, shown
from zxnet.project import Project, ledger_sha256, refuse_ledger_change, write_ledger
from zxnet.render.build import write_build
from zxnet.render.engine import OA_CLIENT, Artifact, Renderer, templates_folder

__all__ = ["Rendered", "render_county"]


@dataclass(frozen=True, slots=True)
class Rendered:
    folder: Path
    artifacts: int
    devices: int
    ledger_written: bool


def render_county(
    project: Project,
    out: Path,
    names: Sequence[str],
    *,
    locked: bool,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Rendered:
    """Write the build of the county, or of the named units and facilities, to `out`.

    The ledger is written when all is rendered and before the build is put in place: a number that
    stands in a build is one that was given, and a failed render changes nothing. Raises
    InvalidInput for an unknown name or a line outside the rulebook, Refused when `locked` and the
    ledger would change, or when `out` is something other than a build.
    """
    renderer = Renderer(templates_folder(project.root))
    work = _work(project, names)
    if locked:
        refuse_ledger_change(project)
    gc.collect()
    gc.freeze()  # the designed county lives until the end: no use in looking at it again and again
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(work))

    result = write_build(
        out,
        inputs(project, renderer),
        sorted(names) or None,
        work,
        lambda key: _artifacts(project, renderer, key),
        commit=lambda: write_ledger(project),
        jobs=jobs,
        progress=advance,
    )
    return Rendered(out, result.artifacts, result.devices, project.allocations.changed)


def _work(project: Project, names: Sequence[str]) -> list[str]:
    """Keys of everything to render: device ids, and `<unit>-oa-client`, for the owners in scope."""
    network = project.network
    known = {*project.inventory.units, *project.inventory.facilities}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InvalidInput(
            *(
                Problem(
                    "argument.owner",
                    Place("<argument>"),
                    {"name": shown(name), "nearest": nearest(name, known)},
                )
                for name in unknown
            )
        )
    keys = [*network.device_ids, *(f"{unit}-{OA_CLIENT}" for unit in network.plan.sites)]
    scope = set(names)
    return sorted(k for k in keys if not scope or k.partition("-")[0] in scope)


def _artifacts(project: Project, renderer: Renderer, key: str) -> Iterable[Artifact]:
    if key.endswith(f"-{OA_CLIENT}"):
        return renderer.oa_client(project.network.oa_client(key.removesuffix(f"-{OA_CLIENT}")))
    return renderer.device(project.network.device(key))


def inputs(project: Project, renderer: Renderer) -> dict[str, str]:
    """sha256 of everything the build depends on, by path: the user's files, the ledger, the templates."""
    found = dict(project.inventory.inputs)
    found[LEDGER] = ledger_sha256(project.allocations.ledger)
    for file in sorted(renderer.folder.rglob("*")):
        if file.is_file():
            name = f"templates/{file.relative_to(renderer.folder).as_posix()}"
            found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return dict(sorted(found.items()))
