"""Units of measure and money: how a text writes them, and what one is worth in another."""

from __future__ import annotations

import re

# unit -> (dimension, size in the dimension's base unit). Money has no conversion: a rate is not in the text.
SIZES: dict[str, tuple[str, float]] = {
    "km": ("length", 1000.0), "m": ("length", 1.0), "cm": ("length", 0.01), "mm": ("length", 0.001),
    "mile": ("length", 1609.344), "yard": ("length", 0.9144), "foot": ("length", 0.3048), "inch": ("length", 0.0254),
    "nautical mile": ("length", 1852.0),
    "tonne": ("weight", 1000.0), "kg": ("weight", 1.0), "g": ("weight", 0.001), "pound": ("weight", 0.45359),
    "ounce": ("weight", 0.02835), "stone": ("weight", 6.35),
    "km2": ("area", 1e6), "mile2": ("area", 2.59e6), "m2": ("area", 1.0), "foot2": ("area", 0.0929),
    "hectare": ("area", 1e4), "acre": ("area", 4046.86),
    "litre": ("volume", 1.0), "gallon": ("volume", 3.785), "barrel": ("volume", 158.99),
    "km/h": ("speed", 1.0), "mph": ("speed", 1.609344), "knot": ("speed", 1.852),
    "second": ("time", 1.0), "minute": ("time", 60.0), "hour": ("time", 3600.0), "day": ("time", 86400.0),
    "week": ("time", 604800.0), "month": ("time", 2.63e6), "year": ("time", 3.156e7), "decade": ("time", 3.156e8),
    "MW": ("power", 1e6), "GW": ("power", 1e9), "kW": ("power", 1e3),
}  # fmt: skip

_WRITTEN: dict[str, str] = {
    "km2": r"(?:square|sq) (?:kilomet(?:er|re)s?|kms?)|km2|km²", "mile2": r"(?:square|sq) miles?",
    "m2": r"(?:square|sq) met(?:er|re)s?|m²", "foot2": r"(?:square|sq) (?:feet|foot|ft)",
    "km/h": r"(?:km|kilomet(?:er|re)s?)(?:/h|ph| per hour| an hour)|kph", "mph": r"mph|miles? (?:per|an) hour",
    "nautical mile": r"nautical miles?",
    "km": r"kilomet(?:er|re)s?|kms?", "mile": r"miles?", "m": r"met(?:er|re)s?|m", "cm": r"centimet(?:er|re)s?|cm",
    "mm": r"millimet(?:er|re)s?|mm", "yard": r"yards?", "foot": r"feet|foot|ft", "inch": r"inch(?:es)?",
    "tonne": r"(?:metric )?tonn?es?|tons?", "kg": r"kilogram(?:me)?s?|kilos?|kgs?", "g": r"gram(?:me)?s?",
    "pound": r"pounds?|lbs?", "ounce": r"ounces?", "stone": r"stone", "hectare": r"hectares?", "acre": r"acres?",
    "litre": r"lit(?:er|re)s?", "gallon": r"gallons?", "barrel": r"barrels?", "knot": r"knots?",
    "second": r"seconds?", "minute": r"minutes?|mins?", "hour": r"hours?|hrs?", "day": r"days?", "week": r"weeks?",
    "month": r"months?", "year": r"years?", "decade": r"decades?",
    "MW": r"MW|megawatts?", "GW": r"GW|gigawatts?", "kW": r"kW|kilowatts?",
    "percent": r"%|per ?cent\b|pct", "point": r"percentage[ -]points?|basis points?|points?|pts",
    "degree": r"degrees?(?: (?:[Cc]elsius|[Ff]ahrenheit))?|°[CF]?|(?<=\.\d)[CF]", "caliber": r"caliber|calibre",
    "EUR": r"euros?", "USD": r"(?:US )?dollars?|bucks", "GBP": r"(?:British )?pounds sterling|quid", "cent": r"cents?",
    "RUB": r"rou?bles?|RUB", "UAH": r"hryvnias?", "JPY": r"yen", "CNY": r"yuan|renminbi", "INR": r"rupees?",
    "CHF": r"(?:Swiss )?francs?", "ILS": r"shekels?", "TRY": r"liras?", "BRL": r"reais", "PLN": r"zlotys?",
    "SEK": r"kronor", "NOK": r"kroner", "KRW": r"won(?= \()", "ZAR": r"rand", "NGN": r"naira", "BTC": r"bitcoins?",
}  # fmt: skip
_NAMES = list(_WRITTEN)
_UNIT = re.compile(
    r"(?:-| )?(?:"
    + "|".join(f"(?P<u{number}>{_WRITTEN[name]})" for number, name in enumerate(_NAMES))
    + r")(?![A-Za-z0-9])"
)
_SIGN = re.compile(r"(\$US|US\$|A\$|AU\$|C\$|HK\$|NZ\$|S\$|R\$|[$€£¥₹₽₴₪₺₩]|Rs\.? ?|USD ?|EUR ?|GBP ?)$")
_SIGN_UNITS = {
    "$": "USD", "US$": "USD", "$US": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP",
    "GBP": "GBP", "¥": "JPY", "₹": "INR",
    "Rs": "INR", "Rs.": "INR", "₽": "RUB", "₴": "UAH", "₪": "ILS", "₺": "TRY", "₩": "KRW", "A$": "AUD", "AU$": "AUD",
    "C$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL",
}  # fmt: skip
MONEY = frozenset(_SIGN_UNITS.values()) | {"CNY", "CHF", "PLN", "SEK", "NOK", "ZAR", "NGN", "BTC", "cent"}
_LONGEST_SIGN = 4


def unit_after(plain: str, end: int) -> tuple[str, int] | None:
    """The unit written right after a number that ends at `end`, with the offset where the unit ends."""
    match = _UNIT.match(plain, end)
    if match is None or match.lastgroup is None:
        return None
    return _NAMES[int(match.lastgroup[1:])], match.end()


def currency_before(plain: str, start: int) -> tuple[str, int] | None:
    """The currency sign right before a number that starts at `start`, with the offset where the sign starts."""
    match = _SIGN.search(plain, max(0, start - _LONGEST_SIGN), start)
    return (_SIGN_UNITS[match[1].strip()], match.start()) if match else None


def in_base(value: float, unit: str | None) -> tuple[str, float] | None:
    """The dimension and the value in its base unit, or None when the unit converts to no other."""
    if unit not in SIZES:
        return None
    dimension, size = SIZES[unit]
    return dimension, value * size
