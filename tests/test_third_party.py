"""What the page about the work of others says of weights and packages is what the code wants."""

import re

import pytest

from prodsim.encoders import REGISTRY
from prodsim.encoders.base import Preset
from tests.needs import ROOT

PAGE = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
REQUIREMENTS = [*ROOT.glob("requirements*.txt"), ROOT / "training" / "requirements.txt"]


def line_of(name: str) -> str:
    (line,) = [line for line in PAGE.splitlines() if re.match(rf"\|.*`{name}`.*\|", line.partition(" | ")[0] + "|")]
    return line


@pytest.mark.parametrize("name", REGISTRY)
def test_every_encoder_is_named_with_its_weights_and_their_license(name: str) -> None:
    source = REGISTRY[name].source
    line = line_of(name)
    if source is None:
        assert "| none |" in line
        return
    file = source.handle if isinstance(source, Preset) else source.file
    assert f"{file}` | {source.license} | " in line
    assert f"{source.size:,}" in line
    digest = getattr(source, "digest", "") or getattr(source, "sha256", "")
    assert digest.rpartition(":")[2] in line if digest != "size" else "none is published" in line


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_direct_requirement_is_named_below_its_file(path) -> None:
    file = path.relative_to(ROOT).as_posix()
    rows = re.search(rf"^\| `{re.escape(file)}` \|.*\n(\| \|.*\n)*", PAGE, re.MULTILINE)[0]
    named = {word for row in rows.splitlines() for word in re.findall(r"[\w-]+", row.rsplit("|", 2)[1])}
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {re.match(r"[\w-]+", line)[0] for line in lines if line and not line.startswith(("#", "-"))} <= named
