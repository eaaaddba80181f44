"""What a visitor has chosen, kept in the address so that a reload or a link shows the same.

The address is read when it changed since it was written here (a link, the back button); else the widgets are right.
They are right as well when they changed: a visitor quicker than the last answer sends the address from before it.
What is wrong in it is said. Widgets take their value from `st.session_state` by the parameter's name.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from prodsim.catalog import OTHER, Catalog, Filters, Library, filterable, other_than
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, encoder_spec
from prodsim.errors import ProdsimError, QueryError
from prodsim.index import COSINE, KERNELS
from prodsim.search import MAX_K
from prodsim.ui import kept
from prodsim.ui.ways import FROM_CATALOG, IN_WORDS, SET_ASIDE, WAY

CATALOG, ENCODER, K, SCORING, INCLUDE_QUERY = "catalog", "encoder", "k", "scoring", "include_query"
PRODUCT, WORDS, FIND, PAGE = "product", "words", "find", "page"
MORE, LESS = "more", "less"

HOW = (CATALOG, ENCODER, K, SCORING, INCLUDE_QUERY)
"""How to search, which every link carries along."""
WHAT = (PRODUCT, WORDS, FIND, PAGE, MORE, LESS)
"""What is looked at, which belongs to a page. MORE and LESS are lists of ids, see `Marks`."""

MARKED_FOR = "marked for"
"""The session's key for the query that MORE and LESS belong to; without it they belong to the next one."""

LONGEST_WORDS = 200
"""Characters of a query in words; more would make an address that not every server takes."""

Value = str | int | bool
Address = Mapping[str, Sequence[str]]
Readers = Mapping[str, tuple[Callable[[str], Value], str]]
"""Parameter -> how its text is read, and the text that stands for it if the address does not say."""

_WRITTEN, _CHOSEN = "address written", "chosen when the address was written"
_PLACE, _TO_READ = "page of the address", "address to read"


def seed_how(settings: Settings, page: str) -> list[str]:
    """Put how to search into the session, from the address or else the defaults. Returns sentences on what is wrong.

    Comes first on every page, and decides for all of `page` whether the address is read.
    """
    arrived = page != st.session_state.get(_PLACE)
    changed = _address() != st.session_state.get(_WRITTEN)
    st.session_state[_PLACE], st.session_state[_TO_READ] = page, changed and (arrived or not _chosen_since())
    kept.arrive(page)
    library = Library(settings)
    if st.session_state.get(CATALOG) not in library.names():  # deleted meanwhile: what is shown of it is as well
        st.session_state.pop(CATALOG, None)
        st.session_state[_TO_READ] = True
    return _seed(
        {
            CATALOG: (lambda text: _one_of(text, library.names(), CATALOG), library.default),
            ENCODER: (lambda text: encoder_spec(text).name, settings.encoder),
            K: (lambda text: _number(text, MAX_K, K), "5"),
            SCORING: (lambda text: _one_of(text, [*KERNELS], SCORING), COSINE.name),
            INCLUDE_QUERY: (lambda text: _one_of(text, ("true", "false"), INCLUDE_QUERY) == "true", "false"),
        }
    )


def seed_what(catalog: Catalog) -> list[str]:
    """The same for what is looked at: product or words, search text, page, marks and filters of this catalog.

    A product, words and a way to give them last from page to page, until an address names others.
    """
    query = kept.restore(CATALOG)
    product = query.get(PRODUCT)
    problems = _seed(
        {
            PRODUCT: (
                lambda text: catalog.product(text).id,
                product if product in catalog.rows else catalog.table.index[0],
            ),
            WORDS: (lambda text: text[:LONGEST_WORDS], query.get(WORDS, "")),
            FIND: (str, ""),
            PAGE: (lambda text: _number(text, len(catalog), PAGE), "1"),
        }
    )
    for name in (MORE, LESS):
        st.session_state.setdefault(name, [])
    if st.session_state[_TO_READ]:
        address = _address()
        if WORDS in address:
            st.session_state[WAY] = IN_WORDS
        elif PRODUCT in address:
            st.session_state[WAY] = FROM_CATALOG
            st.session_state.pop(SET_ASIDE, None)
        if not query or {PRODUCT, WORDS, MORE, LESS} & address.keys():
            problems += _seed_marks(catalog, address)
        for name in filter_names(catalog):
            problems += _seed_filter(catalog, name, address.get(name, []))
        unknown = [name for name in address if name not in (*HOW, *WHAT, *filter_names(catalog))]
        if unknown:
            problems.append(f"In the address: nothing here is called {', '.join(unknown)}. It is left out.")
        _remember(address)  # it is read, even if a visitor's next step comes before it is written anew
    else:
        for name in filter_names(catalog):
            kept.say_anew(filter_key(name))
    kept.keep(CATALOG, WAY, PRODUCT, WORDS)
    return problems


def show(catalog: str) -> None:
    """Turn to the catalog of this name, searching as now; what was looked at belongs to the one before."""
    st.session_state[CATALOG] = catalog
    for name in [name for name in st.session_state if name in WHAT or str(name).startswith(filter_key(""))]:
        del st.session_state[name]
    kept.forget()
    address = link()
    st.query_params.from_dict(address)
    _remember(address)


def filter_key(name: str) -> str:
    """The session's key for the values of a filter: of an attribute, or `other_than` one."""
    return f"filter {name}"


def filter_names(catalog: Catalog) -> list[str]:
    """All that the products of this catalog can be filtered by."""
    return [name for attribute in filterable(catalog) for name in (attribute, other_than(attribute))]


def filters(catalog: Catalog) -> Filters:
    """The filters that are set, without those that accept everything."""
    chosen = {name: st.session_state.get(filter_key(name), []) for name in filter_names(catalog)}
    return {name: list(values) for name, values in chosen.items() if values}


def link(**what: str | Sequence[str]) -> dict[str, list[str]]:
    """The address of a page that searches as now, for something: `link(product="1995")`, `link(gender=["Men"])`."""
    how = {name: [_text(st.session_state[name])] for name in HOW if name in st.session_state}
    return how | {name: [values] if isinstance(values, str) else list(values) for name, values in what.items()}


def write(catalog: Catalog, *what: str) -> None:
    """Put the choices into the address: how to search, the filters, and those parameters of WHAT that are named.

    Of product and words it is the one that is searched with, and marks go with a product: no address holds a photo.
    """
    left_out = {_unused()} if st.session_state.get(WAY) == FROM_CATALOG else {_unused(), MORE, LESS}
    shown = [name for name in what if name not in left_out and st.session_state[name] not in ("", 1, [])]
    address = link(**{name: _texts(st.session_state[name]) for name in shown})
    address |= {attribute: list(values) for attribute, values in filters(catalog).items()}
    if address != _address() or st.session_state[_TO_READ]:  # where it was read, the browser may have lost it since
        st.query_params.from_dict(address)
    _remember(address)
    kept.keep(CATALOG, WAY, PRODUCT, WORDS)


def keep_unused() -> None:
    """Keep the product or the words although nothing that is drawn shows them: Streamlit would forget them."""
    st.session_state[_unused()] = st.session_state[_unused()]


def _unused() -> str:
    return PRODUCT if st.session_state.get(WAY) == IN_WORDS else WORDS


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _remember(address: Address) -> None:
    st.session_state[_WRITTEN], st.session_state[_CHOSEN] = address, _choices()


def _choices() -> dict[str, object]:
    """What the widgets say now."""
    keys = [str(key) for key in st.session_state]
    return {key: st.session_state[key] for key in keys if key in (*HOW, *WHAT, WAY) or key.startswith(filter_key(""))}


def _chosen_since() -> bool:
    """Whether a widget changed since the address was written; what another page had and this one lacks did not."""
    before, now = st.session_state.get(_CHOSEN, {}), _choices()
    return any(now[key] != before[key] for key in now.keys() & before.keys())


def _seed(readers: Readers) -> list[str]:
    address = _address()
    problems = []
    for name, (read, default) in readers.items():
        if name in st.session_state and not st.session_state[_TO_READ]:
            kept.say_anew(name)
            continue
        text = address.get(name, [default])[-1]
        try:
            st.session_state[name] = read(text)
        except ProdsimError as error:
            place = "In the address" if name in address else "In the environment"
            st.session_state[name] = read(default) if name in address else next(iter(REGISTRY))
            problems.append(f"{place}: {error} {st.session_state[name]} is shown instead.")
    return problems


def _seed_marks(catalog: Catalog, address: Address) -> list[str]:
    st.session_state.pop(MARKED_FOR, None)
    problems, seen = [], set()
    for name in (MORE, LESS):
        known = []
        for product_id in dict.fromkeys(address.get(name, [])):
            try:
                product = catalog.product(product_id)
                if product_id in seen:
                    raise QueryError(f"{product.name} ({product_id}) is in both {MORE} and {LESS}.")
                known.append(product_id)
            except ProdsimError as error:
                problems.append(f"In the address: {error} It is left out of {name}.")
        st.session_state[name] = known
        seen.update(known)
    return problems


def _seed_filter(catalog: Catalog, name: str, values: Sequence[str]) -> list[str]:
    attribute = name.removesuffix(OTHER)
    known = set(catalog.coded(attribute).categories)
    st.session_state[filter_key(name)] = [value for value in dict.fromkeys(values) if value in known]
    return [
        f"In the address: no product has {attribute}={value}. It is left out." for value in values if value not in known
    ]


def _number(text: str, largest: int, name: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= largest):
        raise QueryError(f"{name} is {text}, which is no number from 1 to {largest:,}.")
    return int(text)


def _one_of(text: str, known: Sequence[str], name: str) -> str:
    if text not in known:
        raise QueryError(f"{name} is {text!r}, which is none of: {', '.join(known)}.")
    return text


def _texts(value: Value | list[str]) -> str | list[str]:
    return value if isinstance(value, list) else _text(value)


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
