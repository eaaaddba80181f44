"""The engines that all visitors share."""

from dataclasses import replace

import numpy as np
import pytest

from prodsim.catalog import Catalog
from prodsim.search import Engine
from prodsim.ui.engines import OPEN_AT_ONCE, Engines
from tests.indexes import catalog_of, indexed
from tests.samples import FakeAvailable


def engine_of(catalog: Catalog, encoder: FakeAvailable) -> Engine:
    return Engine(catalog, indexed(catalog, np.eye(1), encoder=encoder))


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of({"a": {}})


def test_an_engine_is_found_by_its_catalog_and_encoder(catalog: Catalog, encoder: FakeAvailable) -> None:
    engines, engine = Engines(), engine_of(catalog, encoder)
    engines.keep(engine, encoder)
    assert engines.find(catalog, encoder) is engine
    assert engines.find(catalog, FakeAvailable(fingerprint="f" * 16)) is None


def test_a_catalog_that_was_read_anew_has_no_engine_yet_and_then_its_own(
    catalog: Catalog, encoder: FakeAvailable
) -> None:
    engines, again = Engines(), replace(catalog)
    engines.keep(engine_of(catalog, encoder), encoder)
    assert engines.find(again, encoder) is None
    engines.keep(newer := engine_of(again, encoder), encoder)
    assert engines.find(again, encoder) is newer and engines.find(catalog, encoder) is None


def test_of_more_than_a_few_the_first_that_was_opened_goes(catalog: Catalog) -> None:
    engines = Engines()
    encoders = [FakeAvailable(fingerprint=f"{number:016}") for number in range(OPEN_AT_ONCE + 1)]
    for encoder in encoders:
        engines.keep(engine_of(catalog, encoder), encoder)
    assert [engines.find(catalog, encoder) is not None for encoder in encoders] == [False, *[True] * OPEN_AT_ONCE]


def test_pictures_are_tried_again_once_when_the_engine_is_next_opened(catalog: Catalog, encoder: FakeAvailable) -> None:
    engines, engine = Engines(), engine_of(catalog, encoder)
    engines.keep(engine, encoder)
    engines.try_again(catalog, encoder)
    assert engines.find(catalog, encoder) is None and engines.is_to_try_again(catalog, encoder)
    engines.keep(engine, encoder)
    assert not engines.is_to_try_again(catalog, encoder)
