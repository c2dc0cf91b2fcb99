"""What can be asked of the package from a shell: `python -m helpers --help` lists it."""
