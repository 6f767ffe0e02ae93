"""How rows come to their verdicts."""
