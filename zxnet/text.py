"""Free text from people, which must never become a command.

Names, posts and banners are typed by people and end up in router configs, shell scripts, registry
files and web pages. A `FreeText` cannot be printed by accident: turning it into `str` raises, so a
template has to name the filter that quotes it for its own language (`| descr`, `| json`, `| sh` …).
That makes "no inventory string can add, end or alter a command" (design §6.4) hold by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FreeText", "UnquotedTextError"]


class UnquotedTextError(TypeError):
    """A template printed free text without saying for which language to quote it."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """Text a person typed; `raw` is for the quoting filters alone."""

    raw: str

    def __str__(self) -> str:
        raise UnquotedTextError(
            f"free text {self.raw!r} was printed without a quoting filter; "
            "add the filter of the artifact's language, e.g. `| descr`"
        )

    __html__ = __str__

    def __format__(self, _spec: str) -> str:
        return str(self)

    def __bool__(self) -> bool:
        return bool(self.raw)

    def __add__(self, other: FreeText | str) -> FreeText:
        return FreeText(self.raw + (other.raw if isinstance(other, FreeText) else other))

    def __radd__(self, other: str) -> FreeText:
        return FreeText(other + self.raw)
