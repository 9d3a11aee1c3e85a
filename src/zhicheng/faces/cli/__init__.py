"""命令: every command of CONTRACT.md. Each calls one use case or one pure function."""
