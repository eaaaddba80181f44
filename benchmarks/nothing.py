"""How often a search answers "nothing in this catalog looks like this": where it should, and where it should not.

It should for 200 drawings of no clothing, of kinds that were used to choose nothing (`strangers.py`); it should not for
phone photos of clothes that were used for nothing (`validation`). Products of the catalog are asked as well.
"""

import sys
from io import BytesIO

import numpy as np
from PIL import Image

from benchmarks.given import catalog_and_photos, indexed
from benchmarks.phone_photos import held_out
from benchmarks.strangers import UNSEEN
from prodsim.encoders import REGISTRY, Available, status
from prodsim.errors import ProdsimError
from prodsim.search import Engine, Photo, PhotosQuery, ProductQuery, Query, SearchRequest
from training.strangers import drawn

EACH = 40
PRODUCTS = 400


def main() -> None:
    """Prints a row for each encoder."""
    settings, catalog, archive = catalog_and_photos(__doc__)
    asked = drawn(UNSEEN, EACH, seed=1)
    asked |= {"photos": held_out(archive)[1]}

    titles = (*UNSEEN, "drawings", "photos", "products")
    print(f"{'said nothing':14}" + "".join(f"{title:>12}" for title in titles))
    for name in REGISTRY:
        encoder = status(name, settings)
        if not isinstance(encoder, Available):
            print(f"{name:14} {encoder.reason}")
            continue
        engine = Engine(catalog, indexed(catalog, encoder, settings))
        said = {
            title: [says_nothing(engine, PhotosQuery((photo_of(title, each),))) for each in images]
            for title, images in asked.items()
        }
        said["drawings"] = [each for kind in UNSEEN for each in said[kind]]
        ids = np.random.default_rng(0).choice(catalog.table.index, min(PRODUCTS, len(catalog)), replace=False)
        said["products"] = [says_nothing(engine, ProductQuery(each)) for each in ids.tolist()]
        print(f"{name:14}" + "".join(f"{np.mean(said[title]):12.1%}" for title in titles), flush=True)


def photo_of(title: str, picture: Image.Image) -> Photo:
    """The picture as a file, of which no pixel is lost."""
    file = BytesIO()
    picture.save(file, "PNG", compress_level=0)
    return Photo(title, file.getvalue())


def says_nothing(engine: Engine, query: Query) -> bool:
    """What a visitor would read."""
    return engine.search(SearchRequest(query, engine.encoder)).nothing_alike


if __name__ == "__main__":
    try:
        main()
    except ProdsimError as error:
        sys.exit(str(error))
