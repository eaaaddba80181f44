"""Effects on the whole process."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.needs import ROOT
from tests.samples import encoded, noise, picture

KEPT = 25
"""MB. It is 11, and 43 without `give_back_pictures`."""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux tells a process's memory")
def test_what_large_pictures_took_goes_back_to_the_system(tmp_path):
    (tmp_path / "small.jpg").write_bytes(picture("red", format="JPEG"))
    (tmp_path / "large.jpg").write_bytes(encoded(noise((2000, 1500)).resize((4000, 3000)), "JPEG"))
    script = """
        import os, sys
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        from prodsim.images import open_rgb
        from prodsim.runtime import give_back_pictures

        def memory():
            return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

        give_back_pictures()
        with ThreadPoolExecutor(2) as pool:
            sizes = []
            for name in ("small.jpg", "large.jpg"):
                for done in [pool.submit(lambda: open_rgb(Path(sys.argv[1], name)).size) for _ in range(4)]:
                    done.result()
                sizes.append(memory())
        print(sizes[1] - sizes[0])
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) < KEPT
