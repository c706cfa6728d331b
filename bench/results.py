"""What one comparison found, and how it is kept and shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Result:
    """Medians of one comparison. ``ours`` and ``reference`` are in ``unit``; what was not measured is None.

    ``ratio`` is the median of the rounds' ratios, each of two neighbours in time, and not the ratio of
    the medians: the machine's speed changes from minute to minute. ``sql`` is statements per ``ours``.
    """

    name: str
    ours: float
    reference: float
    reference_name: str
    ratio: float
    unit: str
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    peak_mb: float | None = None
    sql: float | None = None


@dataclass(frozen=True)
class Round:
    """One measurement of ours beside one of the reference; latencies in milliseconds."""

    ours: float
    reference: float
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None


def summarise(
    name: str,
    rounds: Sequence[Round],
    *,
    reference_name: str,
    unit: str,
    peak_mb: float | None = None,
    sql: float | None = None,
) -> Result:
    """The medians of ``rounds``, rounded to what can be meant."""
    return Result(
        name=name,
        ours=round(median(each.ours for each in rounds), 1),
        reference=round(median(each.reference for each in rounds), 1),
        reference_name=reference_name,
        ratio=round(median(each.ours / each.reference for each in rounds), 3),
        unit=unit,
        p50_ms=_median_of(each.p50_ms for each in rounds),
        p95_ms=_median_of(each.p95_ms for each in rounds),
        p99_ms=_median_of(each.p99_ms for each in rounds),
        peak_mb=None if peak_mb is None else round(peak_mb, 1),
        sql=None if sql is None else round(sql, 2),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the sorted ``values`` do not exceed."""
    return values[min(len(values) - 1, int(share * len(values)))]


def write(results: Sequence[Result], directory: Path) -> Path:
    """Keep ``results`` as one JSON file named by the time (UTC)."""
    directory.mkdir(exist_ok=True)
    path = directory / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    return path


def table(results: Sequence[Result]) -> str:
    """``results`` for reading in a terminal."""
    head = ("", "ours", "reference", "ratio", "unit", "p50", "p95", "p99 ms", "peak MB", "SQL")
    rows = [head, *(_cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"  {result.name}: beside {result.reference_name}" for result in results]
    return "\n".join([*lines, "", *notes])


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        f"{result.ours:,.0f}",
        f"{result.reference:,.0f}",
        f"{result.ratio:.2f}",
        result.unit,
        *("-" if value is None else f"{value:.1f}" for value in (result.p50_ms, result.p95_ms, result.p99_ms)),
        "-" if result.peak_mb is None else f"{result.peak_mb:.0f}",
        "-" if result.sql is None else f"{result.sql:.2f}",
    )


def _median_of(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 1) if known else None
