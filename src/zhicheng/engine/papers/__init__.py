"""公文与文书: what a paper of a kind must hold, how its text is put together, how it is numbered. Pure.

Not here: how a sheet is drawn (store/papers), who issues one (usecases/issue_paper).
"""
