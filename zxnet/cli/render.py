"""`zxnet render`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable


@command("render", example="zxnet render -o build")
def render(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[UNIT…]", help="Units or facilities; all if none is given.")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The build folder.")] = Path("build"),
    locked: Annotated[bool, typer.Option("--locked", help="Fail if the ledger would change.")] = False,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, max=64, help="Worker processes.")] = 1,
) -> Status:
    """Write the configuration of the county, and a manifest, to a build folder: all of it or nothing."""
    from zxnet.project import open_project
    from zxnet.render.county import render_county

    context: Context = ctx.obj
    project = open_project(context.project)
    context.print_problems(project.warnings, stream=_stderr(context))
    with _progress(context) as progress:
        result = render_county(project, output, names or [], locked=locked, jobs=jobs, progress=progress)
    if context.json:
        context.print_json(
            {
                "build": str(result.folder),
                "artifacts": result.artifacts,
                "devices": result.devices,
                "ledger_written": result.ledger_written,
            }
        )
    else:
        if result.ledger_written:
            context.note(context.say("ledger.written", count=len(project.allocations.new)))
        params = {"artifacts": result.artifacts, "devices": result.devices, "folder": result.folder}
        context.print(context.say("render.done", **params))
    return Status.DONE


def _stderr(context: Context) -> object:
    import io
    import sys

    return sys.stderr if context.verbosity >= 0 else io.StringIO()


class _progress:  # noqa: N801 - a context manager used like a function
    """A progress bar on stderr when someone watches; nothing otherwise."""

    def __init__(self, context: Context) -> None:
        import sys

        self.shown = sys.stderr.isatty() and context.verbosity >= 0 and not context.json
        self.bar: object = None

    def __enter__(self) -> Callable[[int, int], None]:
        if not self.shown:
            return lambda _done, _total: None
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        bar.start()
        task = bar.add_task("render", total=None)
        self.bar = bar
        return lambda done, total: bar.update(task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()  # type: ignore[attr-defined]
