"""How long the compiler takes on the bundled page once, ten and a hundred times over, and against a naive scan of the same text.

Not here: whether it reads right (tests). Run: python -m benchmarks.compiler
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from zhicheng.domain.plan.compiler import compile_text

PAGE = Path(__file__).parent.parent / "plans" / "yantai-2022-2024" / "source.txt"
# The scan somebody would write in a minute: brackets of units, sums, percentages, numbered headings, years.
_NAIVE = re.compile(
    r"[（(]责任单位[:：]([^）)]*)[）)]|(?:最高|不超过)[^。,，]{0,12}?(\d+(?:\.\d+)?)\s*(万|亿)?元?|(\d+(?:\.\d+)?)\s*[%％]"
    r"|^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])|到?(20\d\d)年",
    re.MULTILINE,
)


def naive(text: str) -> int:
    """Hits of the one-pass scan."""
    return sum(1 for _ in _NAIVE.finditer(text))


def seconds(work: Callable[[], object], repeat: int) -> float:
    """Processor seconds, best of `repeat` runs: other work on the machine does not count."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def measure(text: str | None = None) -> dict[str, float]:
    """Seconds for the page and for 10 and 100 copies; growth: seconds per copy against the single page."""
    page = text if text is not None else PAGE.read_text(encoding="utf-8")
    compile_text(page)  # loaded: modules, compiled patterns, caches
    one = seconds(lambda: compile_text(page).to_json(), 5)
    ten = seconds(lambda: compile_text(page * 10).to_json(), 2)
    hundred = seconds(lambda: compile_text(page * 100).to_json(), 1)
    scan = seconds(lambda: naive(page), 20)
    return {
        "characters": len(page),
        "page_s": one,
        "ten_pages_s": ten,
        "hundred_pages_s": hundred,
        "growth_10": ten / one / 10,
        "growth_100": hundred / one / 100,
        "naive_scan_s": scan,
        "against_naive_scan": one / scan,
    }


def main() -> None:
    """Ratios first."""
    got = measure()
    print(f"compiler  growth 10x {got['growth_10']:.2f}  100x {got['growth_100']:.2f}  (1.00 = linear)")
    print(f"compiler  against a naive one-pass scan {got['against_naive_scan']:.0f}x")
    print(
        f"compiler  page {got['page_s']:.3f} s  10 pages {got['ten_pages_s']:.2f} s  100 pages {got['hundred_pages_s']:.2f} s"
    )


if __name__ == "__main__":
    main()
