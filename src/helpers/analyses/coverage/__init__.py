"""What the record rests on, and how closely two readers agree."""
