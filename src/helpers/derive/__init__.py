"""What follows from the reports: membership, register, attendance, scope."""
