"""Turns a folder of articles into a static, searchable archive website with provenance."""

__version__ = "0.1.0"
