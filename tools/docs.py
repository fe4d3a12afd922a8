#!/usr/bin/env python3
"""Write the reference pages that come from the code: `make docs`. A test keeps them the same."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from zxnet.design.rules import RULES
from zxnet.inventory.schema import SCHEMAS, json_schema
from zxnet.platforms.catalog import PLATFORMS, load_platform
from zxnet.platforms.rulebook import load_rulebook

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by `make docs`; edit the code instead. -->\n\n"
COMMANDS = (
    (),
    ("check",),
    ("tiers",),
    ("render",),
    ("new", "unit"),
    ("set",),
    ("schema",),
    ("ledger", "settle"),
    ("demo",),
)


def schemas() -> Iterator[tuple[str, str]]:
    """One JSON Schema a file, for editors."""
    for name in SCHEMAS:
        yield f"schema/{name}.json", json.dumps(json_schema(name), indent=1, ensure_ascii=False) + "\n"


def cli() -> str:
    """Every command's own help, 80 columns wide."""
    page = [f"# Command line\n\n{NOTE}"]
    environment = os.environ | {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}
    for command in COMMANDS:
        call = [sys.executable, "-c", "from zxnet.cli import main; main()", *command, "--help"]
        text = subprocess.run(call, check=True, capture_output=True, text=True, env=environment).stdout
        heading = " ".join(("zxnet", *command))
        body = "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
        page.append(f"## {heading}\n\n```\n{body}\n```\n")
    return "\n".join(page)


def platforms() -> str:
    """What each platform can do, and how much of its syntax is verified."""
    page = [f"# Platforms\n\n{NOTE}"]
    page.append(
        "A cell is rendered only when every line has a source. `verified` means the syntax was read in the "
        "source; `unverified` that it is known and the source is named but was not seen.\n"
    )
    for name in PLATFORMS:
        platform, book = load_platform(name), load_rulebook(name)
        status = Counter(command.status for command in book.commands)
        page.append(f"## {platform.title} (`{name}`)\n")
        page.append(f"{status['verified']} commands verified, {status['unverified']} unverified.\n")
        page.append("| function | address families | private zones |\n|---|---|---|")
        for function, families in sorted(platform.matrix.items()):
            listed = ", ".join(f"IPv{f}" for f in sorted(families))
            page.append(f"| {function} | {listed} | {'yes' if function in platform.zones else 'no'} |")
        page.append("\n| model | ports | functions | releases |\n|---|---|---|---|")
        for model in platform.models.values():
            cells = (model.ports, model.functions, model.releases)
            page.append(f"| {model.name} | " + " | ".join(", ".join(cell) for cell in cells) + " |")
        if platform.missing:
            page.append("\nNot rendered, for want of a source:\n")
            page += [f"- {cell}: {source}" for cell, source in sorted(platform.missing.items())]
        unverified = [c for c in book.commands if c.status == "unverified"]
        if unverified:
            page.append("\nUnverified syntax:\n")
            page += [f"- `{c.syntax}` ({c.view}; {', '.join(c.source)})" for c in unverified]
        page.append("")
    return "\n".join(page)


def rules() -> str:
    """The design rules and their sources."""
    page = [f"# Design rules\n\n{NOTE}| rule | decides | source |\n|---|---|---|"]
    page += [f"| `{r.name}` | {r.says} | {r.source} |" for r in RULES.values()]
    return "\n".join(page) + "\n"


def messages() -> str:
    """Every message a file or an argument can cause."""
    text = (ROOT / "zxnet/messages/en.yaml").read_text("utf-8")
    entries: dict[str, str | list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    page = [
        f"# Messages of `zxnet check` and friends\n\n{NOTE}| code | message | what to do |\n|---|---|---|"
    ]
    for code, entry in sorted(entries.items()):
        sentence, hint = (entry, "") if isinstance(entry, str) else entry
        page.append(f"| `{code}` | {sentence} | {hint} |".replace("\n", " "))
    return "\n".join(page) + "\n"


def pages() -> dict[str, str]:
    """Every generated page by its path below docs/."""
    made = dict(schemas())
    return made | {
        "cli.md": cli(),
        "platforms.md": platforms(),
        "rules.md": rules(),
        "messages.md": messages(),
    }


def main() -> None:
    """Write them all."""
    for name, text in pages().items():
        path = ROOT / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
