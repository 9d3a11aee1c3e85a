"""办事: one file an errand: permission, transaction, ledger entry, outbox. Not here: HTML, arguments, tables."""
