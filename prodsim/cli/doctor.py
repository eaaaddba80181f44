"""`doctor`: what is installed, set and on disk."""

import typer
from rich.text import Text

from prodsim.cli import console
from prodsim.cli.options import CacheDirOption, CatalogOption, EncoderOption, RoleOption, WeightsDirOption
from prodsim.cli.prepare import quiet
from prodsim.doctor import examine

STYLES = {"ok": "green", "note": "yellow", "problem": "bold red"}


def doctor(
    catalog: CatalogOption = None,
    role: RoleOption = None,
    encoder: EncoderOption = None,
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
) -> None:
    """Check that everything is in place.

    Versions, settings, catalog, weights, embeddings, space; and the published example, which is run where its pictures
    and weights are at hand. Exit code 1 if something keeps the app from working.
    """
    overrides = {
        "catalog": catalog,
        "roles": role or None,
        "encoder": encoder,
        "cache_dir": cache_dir,
        "weights_dir": weights_dir,
    }
    with console.stderr().status("Looking"):
        findings = list(examine(overrides, quiet))
    table = console.grid(3)
    for finding in findings:
        text = f"{finding.text}. {finding.remedy}" if finding.remedy else finding.text
        table.add_row(Text(finding.level, STYLES[finding.level]), finding.subject, console.literal(text))
    console.show(table)
    if any(finding.level == "problem" for finding in findings):
        raise typer.Exit(1)
