"""网页: pages and forms. Each view asks the store, or calls one use case."""
