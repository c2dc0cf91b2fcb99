"""Loads, derives, analyses and draws the record of the exercises of the Collective Security Treaty Organization."""

__version__ = "0.1.0"
