"""Drawing: functions that take frames and return a `matplotlib.figure.Figure`, and compute no result."""
