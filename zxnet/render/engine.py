"""Facts to files, through templates that are checked line by line.

Which templates make which file is data (`templates/<platform>/artifacts.yaml`). Every line of a device's
text must be allowed by the platform's rulebook; a line outside it is refused, wherever it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from zxnet.design.network import Device, OaClient
from zxnet.errors import InvalidInput
from zxnet.platforms.rulebook import Rulebook, load_rulebook
from zxnet.problems import Place, Problem, shown
from zxnet.render.templates import Templates

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


class Renderer:
    """Renders devices and OA client sets with the templates of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates = Templates(folder)
        self._entries: dict[str, dict[str, tuple[Entry, ...]]] = {}

    def entries(self, folder: str, function: str) -> tuple[Entry, ...]:
        """The artifacts of a platform (or `oa-client`) for a function, in order."""
        if folder not in self._entries:
            file = self.folder / folder / "artifacts.yaml"
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
            text, new = self.templates.render(entry.template, "device", device, kw=kw)
            path = f"{device.owner}/{device.id}/{entry.path}"
            if new:
                _refuse_unknown(book, entry, path, text)
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
                encode(entry.dialect, self.templates.render(entry.template, "client", client)[0]),
            )


def _refuse_unknown(book: Rulebook, entry: Entry, path: str, text: str) -> None:
    """Raise InvalidInput with the lines of a text that the rulebook does not allow."""
    bad = book.violations(entry.dialect, text)
    if not bad:
        return
    fixed = {"platform": book.platform, "template": f"templates/{entry.template}"}
    raise InvalidInput(
        *(
            Problem(
                "render.outside_rulebook",
                Place(path, violation.line, 1),
                {"line": shown(violation.text, 100), "view": violation.view or "?", **fixed},
            )
            for violation in bad[:20]
        )
    )


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
