"""A Zalo Official Account: its calls, its tokens and what it brings."""
