"""Render: Network in, Build out (design §2). Templates are the project's own; everything else is data."""

from zxnet.render.build import BuildResult, write_build
from zxnet.render.engine import Artifact, Renderer

__all__ = ["Artifact", "BuildResult", "Renderer", "write_build"]
