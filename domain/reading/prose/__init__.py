"""Plans in prose: a tree of items, and labels that say who and when."""
