"""The questions: one folder a notebook, each with what it measures, draws and says."""
