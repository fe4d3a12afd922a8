"""The application: global options, the list of commands, and how errors become exit codes."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import zxnet
from zxnet.cli.context import Context
from zxnet.status import Status

__all__ = ["app", "main"]

app = typer.Typer(
    name="zxnet",
    help="A county's e-government extranet as code: inventory → design → configs.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    epilog="Exit codes: 0 done · 1 differences · 2 invalid input · 3 partly · 4 refused · 130 interrupted.",
)


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


def _version(value: bool) -> None:
    if value:
        print(zxnet.__version__)
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    project: Annotated[Path, typer.Option(help="The project's folder.", envvar="ZXNET_PROJECT")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Stable JSON on stdout.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of messages.", envvar="ZXNET_LANG")] = Language.EN,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Say more.")] = 0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say less.")] = False,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Global options; they may also stand after the command."""
    ctx.obj = Context(project, json, lang.value, -1 if quiet else verbose)


def _load_commands() -> None:
    """Register every command. Their modules import nothing heavy until they run."""
    from zxnet.cli import check, demo, edit, ledger, render, schema, tiers  # noqa: F401


_FLAGS = {"--json", "-q", "--quiet", "-v", "--verbose"}
_VALUED = {"--project", "--lang"}


def _globals_first(arguments: list[str]) -> list[str]:
    """Move global options in front of the command, so that they may stand anywhere before `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    front: list[str] = []
    rest: list[str] = []
    i = 0
    while i < end:
        word = arguments[i]
        if word in _VALUED and i + 1 < end:
            front += arguments[i : i + 2]
            i += 2
            continue
        (front if word in _FLAGS or word.split("=", 1)[0] in _VALUED else rest).append(word)
        i += 1
    return front + rest + arguments[end:]


def main() -> NoReturn:
    """Run the command line and exit with its status."""
    _load_commands()
    arguments = _globals_first(sys.argv[1:])
    try:
        app(arguments, prog_name="zxnet", standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(Status.INTERRUPTED)
    except BrokenPipeError:  # the reader of our output left: not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Status.DONE)
    sys.exit(Status.DONE)
