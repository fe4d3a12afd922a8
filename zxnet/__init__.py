"""A county's e-government extranet as code."""

__version__ = "0.1.0"
