"""The Zalo Bot Platform: its calls, what it answers and what it brings."""
