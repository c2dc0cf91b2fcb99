"""What sources say: the tables, held to their contract."""
