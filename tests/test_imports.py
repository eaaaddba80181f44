"""The import rules of the design: what may import what, and what costs nothing until it is needed."""

import ast
import subprocess
import sys
import textwrap
from functools import cache

import numpy as np
import pytest

from prodsim.encoders import REGISTRY, status
from prodsim.hashes import HashMemory
from prodsim.store import EmbeddingStore
from tests.needs import ROOT

LAYERS = (
    # ground: knows nothing of the others but itself
    {"errors", "config", "similarity", "cache", "database", "measures", "hubness", "nearest", "projection"}
    | {"closeness", "agreement", "kaggle", "folders", "turns", "access", "labels", "blocks", "sealed", "scratch"}
    | {"rocchio"},
    # parts: pictures, tables, encoders, and where they are kept
    {"images", "containers", "rgb", "hashes", "table", "delimited", "archive", "catalog", "statistics", "facets"}
    | {"library", "names", "staging", "export", "demo", "datasets", "sources", "encoders", "store", "relevance"}
    | {"heat", "swatches", "framing", "flaws"},
    # services: parts put together
    {"indexing", "search", "evaluate", "report", "reports", "results", "doctor", "failures", "speed"}
    | {"words", "attribution", "meanings", "sharing", "steering", "folding", "judgments", "judged"},
    # edges: what a person touches
    {"cli", "ui", "__main__"},
)
"""Modules and packages of `prodsim`, from the ground up. None imports from a layer above its own."""

PACKAGE = sorted((ROOT / "prodsim").rglob("*.py"))
PAGES = sorted([*ROOT.glob("app.py"), *(ROOT / "pages").glob("*.py")])
CODE = [*PACKAGE, *PAGES]
EVERYTHING = [
    *CODE,
    *(ROOT / "training").glob("*.py"),
    *(ROOT / "docs").glob("*.py"),
]

modules = pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def within(path, *folders):
    return any((ROOT / folder) == path or (ROOT / folder) in path.parents for folder in folders)


def imports(node):
    """Dotted names of all that is imported below a node."""
    for part in ast.walk(node):
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            assert part.level == 0, "imports are absolute"
            yield part.module
            yield from (f"{part.module}.{alias.name}" for alias in part.names)


def packages(path):
    return {name.partition(".")[0] for name in imports(tree(path))}


def at_import_time(node):
    """The statements that run when a module is imported: all but the bodies of functions and of `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from at_import_time(child)


def home(path):
    """The name under which a file of `prodsim` is listed in LAYERS."""
    return path.relative_to(ROOT / "prodsim").parts[0].removesuffix(".py")


def level(name):
    return next((number for number, layer in enumerate(LAYERS) if name in layer), None)


# the rules


@modules
def test_streamlit_is_imported_by_the_app_alone(path):
    if not within(path, "app.py", "pages", "prodsim/ui"):
        assert "streamlit" not in packages(path)


@modules
def test_tensorflow_and_keras_are_imported_by_encoders_alone_and_when_they_are_needed(path):
    heavy = {"tensorflow", "keras", "keras_hub"}
    if not within(path, "prodsim/encoders"):
        assert not heavy & packages(path)
    for node in at_import_time(tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert not heavy & {name.partition(".")[0] for name in imports(node)}


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_imports_from_a_layer_above(path):
    mine = level(home(path))
    if home(path) == "__init__":
        assert not any(name.startswith("prodsim") for name in imports(tree(path)))
        return
    assert mine is not None, f"{home(path)} is in no layer"
    for name in imports(tree(path)):
        top, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if top == "prodsim" and other and not other.startswith("__"):
            assert level(other) is not None, f"{other} is in no layer"
            assert level(other) <= mine, f"{home(path)} imports {name}, which is above it"


def test_no_module_is_in_two_layers():
    assert sum(map(len, LAYERS)) == len(set().union(*LAYERS))


def test_no_two_modules_import_each_other():
    """Nor do more of them in a circle, packages taken as one."""
    edges = {}
    for path in PACKAGE:
        names = {name.split(".")[1] for name in imports(tree(path)) if name.startswith("prodsim.")}
        edges.setdefault(home(path), set()).update(names - {home(path)})
    left = dict(edges)
    while free := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"a circle among {', '.join(left)}"


@modules
def test_only_the_edges_print_and_exit(path):
    if within(path, "app.py", "pages", "prodsim/ui", "prodsim/cli", "prodsim/cli.py", "prodsim/__main__.py"):
        return
    called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not called & {"print", "sys.exit", "exit", "quit", "os._exit", "input"}
    raised = {ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Raise)}
    assert not any("SystemExit" in statement for statement in raised)


@modules
def test_nothing_unpickles_and_no_text_becomes_html(path):
    assert not {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"} & packages(path)
    names = {node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.keyword)}
    assert not names & {"allow_pickle", "unsafe_allow_html", "safe_mode", "persist"}
    called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not called & {"eval", "exec", "st.html", "pd.read_pickle"}
    assert not any(name.endswith("load_model") for name in called)


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_picture_is_opened_by_images_alone(path):
    """Others call `images.open_rgb`, and nobody lets Pillow accept what is cut."""
    assert "LOAD_TRUNCATED_IMAGES" not in ast.unparse(tree(path))
    called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not any(name.endswith(("load_img", "imread", "decode_image", "ImageFile.Parser")) for name in called)
    assert "PIL.Image.open" not in set(imports(tree(path)))
    if not within(path, "prodsim/images.py"):
        assert not any(name.endswith("Image.open") for name in called)


@modules
def test_the_app_needs_nothing_of_what_trains(path):
    assert not {"torch", "safetensors", "training"} & packages(path)


# what is paid for


def imported_by(script, *arguments):
    """The packages that a Python process has in memory after this script."""
    code = textwrap.dedent(script) + "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_browsing_and_searching_from_a_product_do_not_import_tensorflow(make_catalog, settings):
    """The encoder is a network with weights on disk, which are garbage: whoever loads them fails."""
    catalog = make_catalog({"1": "red", "2": "blue"}, {"1": {"articleType": "Caps"}})
    settings.weights_dir.mkdir()
    (settings.weights_dir / REGISTRY["mobilenet_025"].weights.file).write_bytes(b"garbage")
    encoder = status("mobilenet_025", settings)
    hashes = HashMemory(settings.folder() / "hashes.sqlite").of(catalog.images)
    EmbeddingStore.of(encoder, settings).add(dict(zip(hashes, np.eye(2, 256, dtype=np.float32), strict=True)), {})
    script = """
        import sys
        from pathlib import Path
        from prodsim.config import load_settings
        from prodsim.encoders import status
        from prodsim.search import Searcher
        from prodsim.sources import open_catalog
        from prodsim.statistics import counts, overview, problem_counts

        catalog, cache, weights = map(Path, sys.argv[1:])
        settings = load_settings(catalog=catalog, cache_dir=cache, weights_dir=weights)
        opened = open_catalog(settings)
        counts(opened, "articleType"), overview(opened), problem_counts(opened)
        (neighbor,) = Searcher.open(opened, status("mobilenet_025", settings), settings).by_product("1")
        assert neighbor.product_id == "2"
    """
    loaded = imported_by(script, catalog.folder, settings.cache_dir, settings.weights_dir)
    assert "prodsim" in loaded
    assert not loaded & {"tensorflow", "keras", "h5py", "streamlit", "sklearn"}
