"""How many modules of the product run a line while one photo goes from its upload to the cards of what looks like it.

The app is warm: the demo is indexed, and another photo was searched with before. Fewer modules are fewer to understand.
"""

import logging
import os
import tempfile
from pathlib import Path

import coverage
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest

from tests.pages.cards import cards

ROOT = Path(__file__).parent.parent
cache = tempfile.TemporaryDirectory()
os.environ |= {"PRODSIM_CACHE_DIR": cache.name, "PRODSIM_ENCODER": "mini", "PRODSIM_OFFLINE": "1"}
logging.disable(logging.WARNING)

SAMPLES = sorted((ROOT / "prodsim" / "ui" / "samples").glob("*.jpg"))

page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def search_with(photo: Path) -> None:
    """Drop a photo on the page, which asks for the uploader and hands it over, and see its results."""
    (anywhere,) = [part for part in page.get("bidi_component") if part.proto.component_name == "files_from_anywhere"]
    states = page._tree.get_widget_states()
    dropped = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{anywhere.proto.id}__events"
    states.widgets.add(id=dropped, json_trigger_value='[{"event": "missing", "value": true}]')
    page._run(states)
    (uploader,) = page.file_uploader
    uploader.set_value([(photo.name, photo.read_bytes(), "image/jpeg")]).run()
    assert not page.exception, page.exception
    assert len(cards(page, "results")) == 5, "there are results"


search_with(SAMPLES[0])
watch = coverage.Coverage(data_file=None, include=[f"{ROOT}/prodsim/*", f"{ROOT}/pages/*", f"{ROOT}/app.py"])
watch.start()
search_with(SAMPLES[1])
watch.stop()
data = watch.get_data()
ran = sorted(str(Path(file).relative_to(ROOT)) for file in data.measured_files() if data.lines(file))
packages: dict[str, list[str]] = {}
for file in ran:
    folder, _, name = file.rpartition("/")
    packages.setdefault(folder, []).append(name.removesuffix(".py"))
for folder, names in packages.items():
    print(f"{folder or '.':20} {len(names):3}  {' '.join(names)}")
print(f"{len(ran)} modules, {sum(len(data.lines(str(ROOT / file)) or ()) for file in ran):,} lines")
