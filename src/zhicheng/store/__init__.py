"""存储: the only place that knows tables, files and queues. Not here: permission, or what a fact means."""
