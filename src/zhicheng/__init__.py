"""知城 Zhicheng: a city's plan, run as the program it is. The floors are described in docs/structure.md."""
