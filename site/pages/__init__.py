"""Builders of the pages, a module a page, and `assemble`, which runs them all.

The folder above bears the name of a module of Python's standard library, so it is no package itself and is never imported:
`python site` runs it, and who builds in process puts it on `sys.path` and says `from pages import assemble`.
"""

from pages.assembly import assemble

__all__ = ["assemble"]
