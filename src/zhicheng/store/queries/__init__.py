"""Read functions for pages and use cases, one file a subject. Not here: writes, permission."""
