"""业务: the subject in pure Python, one wing a subject. Not here: Django, a clock, the network."""
