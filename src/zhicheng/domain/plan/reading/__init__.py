"""读入: a compiled text on its way to becoming a plan version: what was read, what a person corrected, what is still unread."""
