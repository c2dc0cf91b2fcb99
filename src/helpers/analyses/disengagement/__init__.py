"""One member's attendance and its steps away and back."""
