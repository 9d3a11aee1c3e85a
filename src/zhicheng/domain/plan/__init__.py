"""方案: the plan's text, its compiler, its folder, its lint, its diff. Not here: how it was decided (decision)."""
