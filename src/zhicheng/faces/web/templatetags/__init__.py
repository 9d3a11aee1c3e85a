"""Template tags of the web face. Not here: any rule or query."""
