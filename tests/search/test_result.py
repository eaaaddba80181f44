"""What a result tells of itself: how close the best comes, and what stands over and beside its numbers."""

import numpy as np

from prodsim.index import KERNELS
from prodsim.search import Engine, Marks, Photo, SearchRequest, WordsQuery, above, heading, meanings, readable
from tests.indexes import PHOTO, catalog_of, engine_of, search
from tests.samples import FakeAvailable, MeanColor, ReadsColors, picture

BLACK = Photo("black.png", picture("black"))
ANGLES = (0, 1, 40, 80)


class MadeForColors(MeanColor):
    """Encoder that was not made for black pictures."""

    def familiarity(self, images):
        return self.encode(images).max(axis=1) - 1


def engine_with(encoder=None, number=4):
    """Products p0, p1 ... that are ever less red and more green; the first two are very close to each other."""
    catalog = catalog_of({f"p{row}": {"kind": "x" if row < 2 else "y", "hue": "ab"[row % 2]} for row in range(4)})
    radians = np.radians(ANGLES[:number])
    vectors = np.stack([np.cos(radians), np.sin(radians), np.zeros(number)], axis=1)
    return engine_of(catalog, vectors, encoder=FakeAvailable(encoder or MeanColor()))


def by_words(engine, words="red", **more):
    return engine.search(SearchRequest(WordsQuery(words), engine.encoder, **more))


# the verdict


def test_the_verdict_is_the_word_for_the_best():
    engine = engine_with()
    found = search(engine, "p0")
    assert found.verdict == found.calibration.word(found.neighbors[0].similarity) == "very close"
    assert not found.nothing_alike
    far = search(engine, "p0", filters={"hue": ["b"], "kind": ["y"]})
    assert far.verdict == "nothing alike" and far.nothing_alike


def test_nothing_is_alike_to_a_photo_that_the_encoder_was_not_made_for():
    engine = engine_with(MadeForColors())
    assert search(engine, photos=(PHOTO,)).familiar
    assert search(engine, photos=(PHOTO,)).verdict == "very close"
    strange = search(engine, photos=(BLACK,))
    assert not strange.familiar and strange.nothing_alike
    assert len(strange.neighbors) == 4, "they are shown all the same"


def test_of_several_photos_one_that_the_encoder_was_made_for_is_enough():
    engine = engine_with(MadeForColors())
    assert search(engine, photos=(BLACK, PHOTO)).familiar
    strange = search(engine, photos=(BLACK, BLACK))
    assert strange.nothing_alike and strange.calibration is None


def test_an_encoder_that_cannot_tell_takes_every_photo_and_every_product_is_familiar():
    assert search(engine_with(), photos=(BLACK,)).familiar
    assert search(engine_with(MadeForColors()), "p0").familiar


def test_without_a_neighbor_or_something_to_compare_with_there_is_no_verdict():
    engine = engine_with(MadeForColors())
    nothing = search(engine, photos=(BLACK,), filters={"kind": ["x"], "hue": ["b"]}, marks=Marks(less=("p1",)))
    assert not nothing.neighbors and not nothing.familiar
    steered = search(engine, "p0", marks=Marks(more=("p3",)))
    alone = search(engine_with(number=1), photos=(PHOTO,))
    for found in (nothing, steered, alone, by_words(engine_with(ReadsColors())), by_words(engine, "x")):
        assert found.verdict is None and not found.nothing_alike


# the heading


def test_the_heading_counts_results_and_what_passes():
    engine = engine_with()
    assert heading(search(engine, "p0")) == "The 3 most similar of 4 products"
    assert heading(search(engine, "p0", k=2, filters={"kind": ["y"]})) == "The 2 most similar of 2 products"
    assert heading(search(engine, "p0", filters={"kind": ["x"]})) == "The most similar of 2 products"
    one = {"kind": ["x"], "hue": ["b"]}
    assert heading(search(engine, "p0", filters=one)) == "The most similar of 1 product"


def test_folded_results_count_once_in_the_heading():
    assert heading(search(engine_with(), photos=(PHOTO,), fold=True)) == "The 3 most similar of 4 products"


def test_what_words_find_are_matches():
    assert heading(by_words(engine_with(), "x")) == "The 2 best matches of 4 products"
    assert heading(by_words(engine_with(), "p3", filters={"kind": ["y"]})) == "The best match of 2 products"
    assert heading(by_words(engine_with(ReadsColors()), k=3)) == "The 3 best matches of 4 products"


def test_large_numbers_have_commas():
    catalog = catalog_of({str(row): {} for row in range(1200)})
    engine = Engine(catalog)
    found = engine.search(SearchRequest(WordsQuery("7"), MeanColor.spec))
    assert heading(found) == "The best match of 1,200 products"


# the numbers


def test_a_picture_has_a_share_of_pairs_and_its_kernels_similarity():
    engine = engine_with()
    for kernel in KERNELS.values():
        told = meanings(search(engine, "p0", scoring=kernel.name))
        assert list(told) == ["Score", "Similarity", "Above … of pairs", "Encoder"]
        assert told["Similarity"] == kernel.similarity
        assert told["Above … of pairs"].endswith(f"above {engine.encoder.match_threshold} %.")
        assert told["Encoder"].startswith("Mean color, ")


def test_a_combination_has_no_share_of_pairs():
    engine = engine_with()
    for kernel in KERNELS.values():
        for found in (
            search(engine, photos=(PHOTO, BLACK), scoring=kernel.name),
            search(engine, "p0", marks=Marks(less=("p1",)), scoring=kernel.name),
        ):
            told = meanings(found)
            assert list(told) == ["Score", "Similarity", "Encoder"]
            assert told["Similarity"].startswith(kernel.to_a_combination)
            assert "0.75" in told["Similarity"] and "0.15" in told["Similarity"]


def test_words_fit_pictures_by_an_encoder_or_names_without_one():
    told = meanings(by_words(engine_with(ReadsColors())))
    assert list(told) == ["Score", "Similarity", "Encoder"] and "of the words" in told["Similarity"]
    assert told["Encoder"].startswith("Reads colors, ")
    told = meanings(by_words(engine_with(), "x"))
    assert list(told) == ["Score", "Similarity"] and "BM25F" in told["Similarity"]


def test_numbers_are_written_to_be_read():
    assert [readable(similarity) for similarity in (0.51234, -0.5, 12_345.67)] == ["0.5123", "-0.5000", "12,345.7"]
    assert [above(percentile) for percentile in (0, 99.999, 100)] == [
        "above 0.00 % of pairs",
        "above 99.99 % of pairs",
        "above 100.00 % of pairs",
    ]
