import io

import pandas as pd
import pytest

from prodsim.export import to_csv


def read(data):
    return pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype=str, keep_default_na=False)


def test_the_columns_are_written_without_the_index_and_excel_knows_that_it_is_utf_8():
    data = to_csv(pd.DataFrame({"id": ["1"], "name": ["Mütze, rot"]}, index=["row"]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data).to_dict("records") == [{"id": "1", "name": "Mütze, rot"}]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_be_a_formula_gets_an_apostrophe_in_front(start):
    text = f"{start}HYPERLINK(1)"
    data = to_csv(pd.DataFrame({text: [text, "a=b"]}))
    assert data.count(b"'" + text.encode()) == 2
    assert b"'a=b" not in data


def test_numbers_stay_numbers_and_what_is_missing_stays_empty():
    data = to_csv(pd.DataFrame({"similarity": [-0.5, 1.0], "color": ["red", None]}))
    assert read(data).to_dict("records") == [
        {"similarity": "-0.5", "color": "red"},
        {"similarity": "1.0", "color": ""},
    ]


def test_a_table_without_rows_has_its_header():
    assert to_csv(pd.DataFrame(columns=["kind", "detail"])).decode("utf-8-sig").strip() == "kind,detail"
