"""Plans made up at random, in the layouts and formats offices use, with their answers known."""
