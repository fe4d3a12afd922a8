"""How a command is declared: its context, and errors that become messages and exit codes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import typer

from zxnet.cli.app import app
from zxnet.cli.context import Context
from zxnet.status import Status

__all__ = ["command"]


def command(name: str, *, example: str, group: typer.Typer | None = None) -> Callable[..., Any]:
    """Register a function as a command. It returns a Status; ZxnetError becomes its message and code."""

    def register(function: Callable[..., Status]) -> Callable[..., Status]:
        @functools.wraps(function)
        def run(ctx: typer.Context, *args: Any, **kwargs: Any) -> None:
            raise typer.Exit(_guarded(ctx.obj, functools.partial(function, ctx, *args, **kwargs)))

        # \b keeps click from re-wrapping the example.
        (group or app).command(name, epilog=f"Example: {example}")(run)
        return function

    return register


def _guarded(context: Context, call: Callable[[], Status]) -> int:
    from zxnet.errors import ZxnetError

    try:
        return call()
    except ZxnetError as error:
        if context.json:
            context.print_json([p.as_json(context.lang) for p in error.problems])
        else:
            context.print_problems(error.problems, stream=sys.stderr)
        return error.status
