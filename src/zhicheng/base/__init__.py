"""地基: money, days, text, citations, errors. Not here: anything that knows a procedure, a plan or a table."""
