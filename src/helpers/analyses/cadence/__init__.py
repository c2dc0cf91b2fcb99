"""How often, when, where and how large: the calendar of the exercises."""
