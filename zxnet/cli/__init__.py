"""The command line. It parses arguments, calls one function and prints; nothing is decided here."""

from zxnet.cli.app import main

__all__ = ["main"]
