"""Pages, one file a subject. Not here: what is true or allowed (domain, usecases), reads (store/queries)."""
