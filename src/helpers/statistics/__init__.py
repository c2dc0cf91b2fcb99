"""Methods that know nothing of states, exercises or sources."""
