"""`encoders`: which there are, and what to do about those that cannot be used yet."""

from rich.text import Text

from prodsim.cli import console
from prodsim.cli.options import CacheDirOption, WeightsDirOption
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, Available, Unavailable, status


def encoders(cache_dir: CacheDirOption = None, weights_dir: WeightsDirOption = None) -> None:
    """List the encoders and where their weights are.

    For those that cannot be used yet, what to do about it.
    """
    settings = load_settings().replace(cache_dir=cache_dir, weights_dir=weights_dir)
    table = console.grid(2)
    for name in REGISTRY:
        found = status(name, settings)
        mark = " (default)" if name == settings.encoder else ""
        table.add_row(Text(name, "bold"), Text(f"{found.spec.title}{mark}", "bold"))
        table.add_row("", Text(f"{found.spec.dim} numbers per picture{_license(found)}"))
        if isinstance(found, Available):
            table.add_row("", Text.assemble(("available", "green"), console.literal(_weights(found))))
        else:
            table.add_row("", Text.assemble(("not available", "yellow"), f": {found.reason}"))
            table.add_row("", console.literal(found.remedy))
    console.show(table)


def _license(found: Available | Unavailable) -> str:
    source = found.spec.source
    return f"; weights: {source.license}" if source else ""


def _weights(found: Available) -> str:
    if found.weights is None:
        return ""
    published = "" if found.weights.published else " (not the published weights)"
    return f": {found.weights.path}{published}"
