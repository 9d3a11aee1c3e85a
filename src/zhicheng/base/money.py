"""Money (元、分) and rates (基点). Not here: amounts as written in a text, which the plan compiler reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zhicheng.base.errors import UnreadableInput

_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_WRITTEN = re.compile(r"^\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(百万|千万|千|万|亿)?\s*元\s*$")
_PERCENT = re.compile(r"^\s*([0-9]+(?:\.[0-9]+)?)\s*[%％]\s*$")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """A sum in renminbi, held as whole fen (分)."""

    fen: int

    @classmethod
    def yuan(cls, amount: int | str | Decimal) -> Money:
        """Exact sum from yuan (元); raises UnreadableInput below one fen or for what is no number."""
        try:
            fen = Decimal(amount) * 100
        except InvalidOperation:
            raise UnreadableInput(f"“{amount}”不是金额", todo="写成例如 100000 或 100000.00") from None
        if fen != fen.to_integral_value():
            raise UnreadableInput(f"“{amount}”小于一分", todo="金额最多两位小数")
        return cls(int(fen))

    @classmethod
    def written(cls, text: str) -> Money:
        """A sum as people write it in YAML: 100万元, 1.5亿元, 2000元. A bare number is refused (DESIGN 2.3)."""
        match = _WRITTEN.match(str(text))
        if match is None:
            raise UnreadableInput(f"“{text}”没有写明单位", todo="写成例如 100万元")
        number, scale = match.groups()
        return cls.yuan(Decimal(number.replace(",", "")) * _SCALES[scale or ""])

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> Money:
        return Money(self.fen * times)

    @property
    def decimal_yuan(self) -> str:
        """The sum at a boundary: a decimal string of yuan with two places."""
        sign, fen = ("-" if self.fen < 0 else ""), abs(self.fen)
        return f"{sign}{fen // 100}.{fen % 100:02d}"

    def __str__(self) -> str:
        """The sum as an office writes it: 10万元, 1亿元, 1.5万元, 2,000元."""
        fen = abs(self.fen)
        sign = "−" if self.fen < 0 else ""
        for name, size in (("亿元", 10**10), ("万元", 10**6)):
            if fen >= size and fen % (size // 100) == 0:
                return f"{sign}{Decimal(fen) / size:f}{name}"
        yuan = f"{fen // 100:,}" + (f".{fen % 100:02d}" if fen % 100 else "")
        return f"{sign}{yuan}元"


def basis_points(text: str) -> int:
    """A rate as people write it (50%, 0.15%) in whole basis points; raises UnreadableInput for a bare number."""
    match = _PERCENT.match(str(text))
    if match is None:
        raise UnreadableInput(f"“{text}”不是比例", todo="写成例如 50%")
    points = Decimal(match.group(1)) * 100
    if points != points.to_integral_value():
        raise UnreadableInput(f"“{text}”细于万分之一", todo="比例最多两位小数")
    return int(points)
