"""后台: the worker and the due-date pass (tick)."""
