"""Rules of the house that neither the linter nor its contracts on imports can hold."""

import ast
import re
import subprocess
import sys
import textwrap
import tomllib
from fnmatch import fnmatch

import numpy as np

from prodsim.encoders import REGISTRY, status
from prodsim.index import EmbeddingStore, HashMemory
from tests.needs import ROOT

FORBIDDEN = {"allow_pickle", "unsafe_allow_html", "safe_mode", "persist"}
"""Arguments by which a file's code would run, a text become HTML, or a visitor's data stay on disk."""


def test_no_call_unpickles_makes_html_of_a_text_or_keeps_a_visitors_data():
    code = [*(ROOT / "prodsim").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    assert len(code) > 100
    for path in code:
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        named = {keyword.arg for call in calls for keyword in call.keywords}
        assert not named & FORBIDDEN, path
        called = {ast.unparse(call.func) for call in calls}
        assert not called & {"eval", "exec", "input", "st.html"}, path
        assert not any(name.endswith(("load_model", "load_img", "imread", "decode_image")) for name in called), path


def test_the_library_ends_no_program():
    """Commands and pages may."""
    for path in (ROOT / "prodsim").rglob("*.py"):
        if not {"cli", "ui"} & {*path.relative_to(ROOT).parts}:
            raised = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Raise)]
            assert not any("SystemExit" in ast.unparse(node) for node in raised), path


def test_pages_import_from_faces_and_nothing_that_is_for_others():
    """The contracts on imports end at `prodsim`: scripts are no package."""
    pages = [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
    foreign = {"keras", "sqlite3", "tensorflow", "tests", "tools", "torch", "training", "typer"}
    for path in pages:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                top, *rest = name.split(".")
                assert top not in foreign, f"{path}: {name}"
                assert top != "prodsim" or len(rest) < 2 or rest[0] == "ui", f"{path}: {name} is behind a face"


def test_a_wheel_holds_all_that_lies_beside_the_code():
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    beside = [path for path in (ROOT / "prodsim").rglob("*.*") if path.suffix not in (".py", ".pyc")]
    assert len(beside) > 5
    for path in beside:
        place = path.relative_to(ROOT / "prodsim")
        patterns = [*packed["*"], *packed.get(f"prodsim.{place.parts[0]}", [])]
        assert any(fnmatch(path.name, pattern) or place.match(pattern) for pattern in patterns), place


def imported_by(script, *arguments):
    """The packages that a Python process has in memory after this script."""
    code = textwrap.dedent(script) + "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_server_starts_without_what_only_a_page_needs():
    """It imports `app.py`, and draws no page outside of a session."""
    loaded = imported_by("import app")
    assert {"prodsim", "streamlit", "starlette"} <= loaded
    assert not loaded & {"numpy", "pandas", "pyarrow", "sklearn", "tensorflow"}


def test_documents_name_files_that_are_there():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    places = set(
        re.findall(r"(?<=[`(])(?!pages/test_)(?:prodsim|pages|tests|tools|training|benchmarks|docs)/[\w./-]+", text)
    )
    tests = {
        f"tests/{name.removesuffix('.py')}.py"
        for name in re.findall(r"`(?!tests/)((?:\w+/)?test_\w+\.py|\w+/test_\w+)`", text)
    }
    assert len(places) > 20 and len(tests) > 10
    assert [place for place in sorted(places | tests) if not (ROOT / place).exists()] == []


def test_browsing_and_searching_from_a_product_do_not_import_tensorflow(make_catalog, settings):
    """The encoder is a network with weights on disk, which are garbage: whoever loads them fails."""
    catalog = make_catalog({"1": "red", "2": "blue"}, {"1": {"articleType": "Caps"}})
    settings.weights_dir.mkdir()
    (settings.weights_dir / REGISTRY["mobilenet_025"].weights.file).write_bytes(b"garbage")
    encoder = status("mobilenet_025", settings)
    hashes = HashMemory.in_cache(settings).of(catalog.images)
    EmbeddingStore.of(encoder, settings).add(dict(zip(hashes, np.eye(2, 256, dtype=np.float32), strict=True)), {})
    script = """
        import sys
        from pathlib import Path
        from prodsim.config import load_settings
        from prodsim.encoders import status
        from prodsim.index import open_index
        from prodsim.search import Engine, ProductQuery, SearchRequest
        from prodsim.catalog import counts, open_catalog, overview, problem_counts

        catalog, cache, weights = map(Path, sys.argv[1:])
        settings = load_settings(catalog=catalog, cache_dir=cache, weights_dir=weights)
        opened = open_catalog(settings)
        counts(opened, "articleType"), overview(opened), problem_counts(opened)
        encoder = status("mobilenet_025", settings)
        engine = Engine(opened, open_index(opened, encoder, settings))
        (neighbor,) = engine.search(SearchRequest(ProductQuery("1"), encoder.spec)).neighbors
        assert neighbor.product_id == "2"
    """
    loaded = imported_by(script, catalog.folder, settings.cache_dir, settings.weights_dir)
    assert "prodsim" in loaded
    assert not loaded & {"tensorflow", "keras", "h5py", "streamlit", "sklearn"}
