"""The figures as one table on the screen."""

from rich import box
from rich.table import Table

from bench.figures import Figure, Report, Spread, middle

LEAST_WIDTH = 126


def table(report: Report) -> Table:
    """Lay out a report."""
    laid_out = Table(
        title=_title(report), caption=_caption(report), box=box.SIMPLE, padding=(0, 1, 0, 0)
    )
    laid_out.add_column("", no_wrap=True)
    for heading in ("p50 or value", "p95", "p99", "unit"):
        laid_out.add_column(heading, justify="right", no_wrap=True)
    laid_out.add_column("beside it (p50)", no_wrap=True)
    laid_out.add_column("ratio", justify="right", no_wrap=True)
    part = None
    for figure in report.figures:
        if figure.part != part:
            part = figure.part
            laid_out.add_section()
            laid_out.add_row(f"[bold]{part}[/bold]")
        laid_out.add_row(*_cells(figure))
    return laid_out


def _cells(figure: Figure) -> tuple[str, ...]:
    measured, tail, name = figure.measured, ("", ""), f"  {figure.name}"
    if isinstance(measured, Spread):
        tail = (_number(measured.p95), _number(measured.p99))
        name += f" (n={measured.count})"
    beside = figure.beside
    against = f"{_number(middle(beside.measured))} {beside.name}" if beside else ""
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    return (name, _number(middle(measured)), *tail, figure.unit, against, ratio)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1000:
        return f"{int(value)}"
    return (
        f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    )


def _title(report: Report) -> str:
    kind = " (quick: a trial, not a measurement)" if report.is_quick else ""
    return f"Abonent {report.version}, {report.taken_at}{kind}"


def _caption(report: Report) -> str:
    machine = report.machine
    return (
        f"{machine.cores} cores of {machine.processor}, {machine.memory_gb:g} GB, "
        f"{machine.system}, Python {machine.python}; {report.seconds:.0f} s in all"
    )
