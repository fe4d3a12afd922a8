"""Templates to text: one Jinja2 environment, compiled once, strict about everything.

Which templates make which file is data (`templates/<platform>/artifacts.yaml`). Every line of a device's
text must be allowed by the platform's rulebook; a line outside it is refused, wherever it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import yaml
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from zxnet.design.network import Device, OaClient
from zxnet.errors import InvalidInput
from zxnet.platforms.rulebook import load_rulebook
from zxnet.problems import Place, Problem, shown
from zxnet.render.filters import FILTERS

__all__ = ["Artifact", "Renderer", "templates_folder"]

OA_CLIENT = "oa-client"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One rendered file: where it lies in the build, whose it is, where it goes, what language it is."""

    path: str
    owner: str
    device: str | None
    function: str
    role: str
    platform: str | None
    target: str
    dialect: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an artifacts.yaml."""

    template: str  # path below templates/
    path: str
    target: str
    dialect: str
    when: tuple[str, ...]  # Device attributes of which one must be there; () = always


def templates_folder(project: Path) -> Path:
    """The project's own templates/, else the ones zxnet ships (in the wheel, or the checkout)."""
    package = Path(__file__).resolve().parent.parent
    for folder in (project / "templates", package / "_templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise InvalidInput(Problem("render.no_templates", Place("templates")))


class _Direct(CodeGenerator):
    """Compiles `a.b` and `f(x)` to Python's own.

    Jinja2 calls a function of its own for each, which tries attributes and then items, and looks for
    what wants its context: half the time of a render. Facts have attributes only and nothing here wants
    the context; a missing attribute still fails, as AttributeError.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802 - Jinja2's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - Jinja2's signature
    ) -> None:
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class _Environment(jinja2.Environment):
    code_generator_class = _Direct


class _Loader(jinja2.FileSystemLoader):
    """Puts the text of `{% include "…" %}` lines in their place before compiling.

    A config is made of a dozen sections; an include costs as much as fifty lines of text, each time.
    """

    _INCLUDE = re.compile(r'^\{% include "([^"]+)" %\}\n', re.MULTILINE)

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        text, file, fresh = super().get_source(environment, template)
        return self._INCLUDE.sub(lambda m: self.get_source(environment, m[1])[0], text), file, fresh


class Renderer:
    """Renders devices and OA client sets with the templates of one folder."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self._entries: dict[str, dict[str, tuple[Entry, ...]]] = {}

    @cached_property
    def environment(self) -> jinja2.Environment:
        environment = _Environment(
            loader=_Loader(self.templates),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            autoescape=False,
        )
        environment.filters.update(FILTERS)
        return environment

    def entries(self, folder: str, function: str) -> tuple[Entry, ...]:
        """The artifacts of a platform (or `oa-client`) for a function, in order."""
        if folder not in self._entries:
            file = self.templates / folder / "artifacts.yaml"
            raw: dict[str, list[dict[str, Any]]] = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
            self._entries[folder] = {
                name: tuple(_entry(folder, item) for item in items) for name, items in raw.items()
            }
        return self._entries[folder].get(function, ())

    def device(self, device: Device) -> Iterator[Artifact]:
        """The artifacts of one device. Raises InvalidInput when a line is outside the rulebook."""
        book = load_rulebook(device.platform)
        kw = SimpleNamespace(**device.kw)
        for entry in self.entries(device.platform, device.function):
            if entry.when and not any(getattr(device, name) for name in entry.when):
                continue
            text = self.text(entry, device=device, kw=kw)
            path = f"{device.owner}/{device.id}/{entry.path}"
            bad = book.violations(entry.dialect, text)
            if bad:
                raise InvalidInput(
                    *(
                        Problem(
                            "render.outside_rulebook",
                            Place(path, violation.line, 1),
                            {
                                "line": shown(violation.text, 100),
                                "view": violation.view or "?",
                                "platform": device.platform,
                                "template": f"templates/{entry.template}",
                            },
                        )
                        for violation in bad[:20]
                    )
                )
            yield Artifact(
                path,
                device.owner,
                device.id,
                device.function,
                device.role,
                device.platform,
                entry.target,
                entry.dialect,
                text.encode(),
            )

    def oa_client(self, client: OaClient) -> Iterator[Artifact]:
        """The OA client set of one unit."""
        for entry in self.entries(OA_CLIENT, OA_CLIENT):
            if entry.when and not any(getattr(client, name) for name in entry.when):
                continue
            yield Artifact(
                f"{client.unit}/{OA_CLIENT}/{entry.path}",
                client.unit,
                None,
                OA_CLIENT,
                OA_CLIENT,
                None,
                entry.target,
                entry.dialect,
                encode(entry.dialect, self.text(entry, client=client)),
            )

    def text(self, entry: Entry, **context: Any) -> str:
        return self.environment.get_template(entry.template).render(context)


def encode(dialect: str, text: str) -> bytes:
    """Bytes as the reader of the dialect wants them: Windows registry files are UTF-16 with CRLF."""
    if dialect == "reg":
        return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")
    return text.encode()


def _entry(folder: str, item: dict[str, Any]) -> Entry:
    when = item.get("when", [])
    return Entry(
        template=f"{folder}/{item['template']}",
        path=item["path"],
        target=item["target"],
        dialect=item["dialect"],
        when=(when,) if isinstance(when, str) else tuple(when),
    )
