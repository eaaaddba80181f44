import re

import pytest

from prodsim.catalog import in_words
from prodsim.ui.text import label, literal, literal_in_figure, plain, with_code

ISOLATE, END = "\u2068", "\u2069"


def depth(text: str) -> list[int]:
    """How many isolates are open after each character; a mark that ends none changes nothing."""
    depths = [0]
    for letter in text:
        change = (letter in "\u2066\u2067\u2068") - (letter == END)
        depths.append(max(0, depths[-1] + change))
    return depths[1:]


def test_a_text_from_left_to_right_is_left_as_it_is() -> None:
    assert plain("Blue shirt, 50 % ü 中 :smile:") == "Blue shirt, 50 % ü 中 :smile:"


@pytest.mark.parametrize(
    "text", ["a\u202eb", "א", "a\u2069\u202eb", "\u2066\u2067", "\u2069\u2069", "\u2066a\u2069\u2069"]
)
def test_what_turns_the_direction_stands_in_an_isolate_that_it_cannot_leave(text: str) -> None:
    shown = plain(text)
    assert text in shown
    *inside, last = depth(shown)
    assert min(inside) > 0 and last == 0


def test_line_breaks_are_spaces() -> None:
    assert plain("one\ntwo\r\n\u2028three") == literal("one\ntwo\r\n\u2028three") == "one two three"


def test_markdown_has_every_mark_escaped() -> None:
    assert literal("*a* [b](c)") == r"\*a\* \[b\]\(c\)"


@pytest.mark.parametrize("text", ["->", "<-", "--", ">=", "~=", ":streamlit:", "https://b.de", "WWW.b.de", "me@b.de"])
def test_what_streamlit_replaces_although_it_is_escaped_is_taken_apart_and_has_no_other_character(text: str) -> None:
    assert re.sub(r":color\[(\\.)\]", r"\1", literal(text)).replace("\\", "") == text
    assert ":color[" in literal(text)
    assert plain(text) == text


def test_what_stands_between_backticks_is_code_and_the_rest_letter_for_letter() -> None:
    text = with_code("Run `python -m x_y --z` or put *a*.h5 into C:\\`d`e.")
    assert text == r"Run `python -m x_y --z` or put \*a\*\.h5 into C\:\\`d`e\."


@pytest.mark.parametrize("text", ["put it into /a`b", "`", "``a``", "a``b", "`a` `", "`a``b`"])
def test_backticks_that_are_no_pairs_are_part_of_a_name(text: str) -> None:
    assert with_code(text) == literal(text)


def test_figures_get_the_marks_that_they_would_read_by_number() -> None:
    assert literal_in_figure("<b> & \"c\" 'd' $e$") == "&#60;b&#62; &#38; &#34;c&#34; &#39;d&#39; &#36;e&#36;"
    assert not re.search("[<>\"'$]", literal_in_figure("<a href='x'>$y$</a>"))


def test_attributes_are_called_in_words() -> None:
    assert in_words("articleType") == "Article type"
    assert label("base_Colour*") == r"Base colour\*"
