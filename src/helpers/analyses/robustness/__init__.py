"""Which choices of method, sources or errors would turn a finding."""
