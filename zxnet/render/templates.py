"""Templates compiled: strict about everything, fast where a county of 10,000 units needs it."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from zxnet.render.filters import FILTERS

__all__ = ["Templates", "reads"]


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


def reads(template: nodes.Template, root: str) -> list[attrgetter[Any]] | None:
    """What a template reads of `root`, e.g. device.management.noc; None when that cannot be told.

    It cannot where the whole of it is handed on, or another template is run with its context.
    """
    if next(template.find_all(nodes.Include), None) is not None:
        return None
    for kind in (nodes.Import, nodes.FromImport):
        if any(getattr(found, "with_context", True) for found in template.find_all(kind)):
            return None
    chains: set[str] = set()
    inner: set[int] = set()
    for node in template.find_all(nodes.Getattr):  # the outermost of a chain comes first
        if id(node) in inner:
            continue
        names, at = [node.attr], node.node
        while isinstance(at, nodes.Getattr):
            inner.add(id(at))
            names.append(at.attr)
            at = at.node
        if isinstance(at, nodes.Name) and at.name == root:
            inner.add(id(at))
            chains.add(names[-1])
    if any(n.name == root and id(n) not in inner for n in template.find_all(nodes.Name)):
        return None
    return [attrgetter(chain) for chain in sorted(chains)]


class Templates:
    """The templates of one folder, each compiled when it is first used."""

    def __init__(self, folder: Path) -> None:
        self.environment = _Environment(
            loader=_Loader(folder),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            autoescape=False,
        )
        self.environment.filters.update(FILTERS)
        self._compiled: dict[str, _Compiled] = {}

    def render(self, name: str, root: str, facts: object, **context: object) -> tuple[str, bool]:
        """(text, whether it is new): the template printed with `facts` as its variable `root`.

        A text depends on what its template names. Where that is the same as the last time, so is the
        text: a third of a county's files, unit files and browser policies, are the same as the one before.
        """
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _Compiled(self.environment, name, root)
        return compiled.render({root: facts, **context}, facts, context)


class _Compiled:
    """One template, what it reads, and the last thing it printed."""

    def __init__(self, environment: jinja2.Environment, name: str, root: str) -> None:
        self.template = environment.get_template(name)
        assert environment.loader is not None  # given above
        source = environment.loader.get_source(environment, name)[0]
        self.paths = reads(environment.parse(source), root)
        self.key: list[Any] | None = None
        self.text = ""

    def render(
        self, variables: dict[str, object], facts: object, context: dict[str, object]
    ) -> tuple[str, bool]:
        if self.paths is None:
            return self.template.render(variables), True
        key = [*(path(facts) for path in self.paths), context]
        if key == self.key:
            return self.text, False
        self.key, self.text = key, self.template.render(variables)
        return self.text, True
