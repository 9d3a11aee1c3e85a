"""公文的版面与存放: fonts of this machine, PDF, Word, serial numbers.

Not here: the words of a paper (engine/papers), who issues one (usecases/issue_paper).
"""
