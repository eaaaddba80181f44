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


STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20"]


@pytest.mark.parametrize("start", STARTS)
def test_text_that_would_be_a_formula_gets_an_apostrophe_in_front(start):
    text = f"{start}HYPERLINK(1)"
    data = to_csv(pd.DataFrame({text: [text, "a=b"]}))
    assert data.count(b"'" + text.encode()) == 2
    assert b"'a=b" not in data


@pytest.mark.parametrize("separator", [";", "\t", "\n"])
def test_so_does_what_would_be_a_cell_of_its_own_where_lists_are_separated_otherwise(separator):
    data = to_csv(pd.DataFrame({"name": [f"shirt{separator}=1+1{separator}red"]}))
    assert f"shirt{separator}'=1+1{separator}red".encode() in data


@pytest.mark.parametrize("number", ["-5", "-0.25", "42"])
def test_a_text_that_is_a_number_stays_one(number):
    assert read(to_csv(pd.DataFrame({"size": [number]})))["size"].item() == number


@pytest.mark.parametrize("text", ["-5+1", "-", "+49", "-1,5", "-\u0663"])
def test_what_only_begins_like_a_number_does_not(text):
    assert read(to_csv(pd.DataFrame({"size": [text]})))["size"].item() == f"'{text}"


def test_numbers_stay_numbers_and_what_is_missing_stays_empty():
    data = to_csv(pd.DataFrame({"similarity": [-0.5, 1.0], "color": ["red", None]}))
    assert read(data).to_dict("records") == [
        {"similarity": "-0.5", "color": "red"},
        {"similarity": "1.0", "color": ""},
    ]


def test_a_table_without_rows_has_its_header():
    assert to_csv(pd.DataFrame(columns=["kind", "detail"])).decode("utf-8-sig").strip() == "kind,detail"
