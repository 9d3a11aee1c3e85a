"""重大行政决策: the record of the decision and the checks of that record. Not here: the plan's own text."""
