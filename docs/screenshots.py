"""Take the screenshots of README and model card from the running app, on the demo: `python docs/screenshots.py`.

Needs chromium (Debian: `apt-get install chromium`) and requirements-dev.txt.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.serving import serve  # noqa: E402 - found through the path above
from tests.browser.visiting import settled  # noqa: E402

IMAGES = Path(__file__).parent / "images"
PAGES = {
    "search": "/?product=10001",
    "start": "/",
    "why": "/?product=10001&tab=why",
    "compare": "/?product=10001&tab=compare",
    "catalog": "/catalog?gender=Women",
    "statistics": "/catalog?tab=statistics",
    "quality": "/quality",
    "mini-bow-tie": "/?product=10072",
    "mini-t-shirt": "/?product=10009",
}
"""Name of an image -> the address that it shows. `mini` is the model that is wanted: nothing is said of others."""

with (
    tempfile.TemporaryDirectory() as home,
    serve(Path(home), PRODSIM_ENCODER="mini") as address,
    sync_playwright() as playwright,
):
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    expect.set_options(timeout=120_000)
    page.goto(f"{address}/quality")
    page.get_by_role("button", name="Measure Mini").click()
    expect(page.get_by_text("Quality against speed")).to_be_visible()
    for name, path in PAGES.items():
        page.goto(address + path)
        settled(page)
        page.wait_for_load_state("networkidle")
        page.mouse.move(0, 0)
        page.screenshot(path=IMAGES / f"{name}.png")
    browser.close()
