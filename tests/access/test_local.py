import pytest

from prodsim.access import is_local

NAMES = ("localhost", "127.0.0.1", "::1")
HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "[::1]:8501", "app.localhost"])
def test_who_comes_from_this_machine_by_one_of_its_names_is_local(peer: str, host: str) -> None:
    assert is_local(peer, {"Host": host, "Origin": f"http://{host}"}, NAMES)
    assert is_local(peer, {"host": host, "origin": f"https://{host}"}, NAMES)


@pytest.mark.parametrize(
    "peer", [None, "", "192.168.0.7", "172.17.0.1", "::ffff:10.0.0.1", "fe80::1", "localhost.evil.example"]
)
def test_another_machine_is_not(peer: str | None) -> None:
    assert not is_local(peer, HERE, NAMES)


@pytest.mark.parametrize("host", ["", "shop.example", "192.168.0.7:8501", "localhost.evil.example", "evil@", "[::1"])
def test_nor_is_one_who_calls_it_by_another_name(host: str) -> None:
    assert not is_local("127.0.0.1", {"Host": host, "Origin": f"http://{host}"}, NAMES)
    assert not is_local("127.0.0.1", {}, NAMES)


@pytest.mark.parametrize("origin", ["https://shop.example", "http://localhost:3000", "null", ""])
def test_nor_a_page_of_another_address_or_what_is_no_page(origin: str) -> None:
    assert not is_local("127.0.0.1", {**HERE, "Origin": origin}, NAMES)
    assert not is_local("127.0.0.1", {"Host": HERE["Host"]}, NAMES), "a proxy that says nothing passes on scripts"


@pytest.mark.parametrize(
    "name",
    ["Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-FORWARDED-PROTO", "Via", "X-Real-IP", "CF-Connecting-IP"],
)
def test_nor_who_comes_through_a_proxy(name: str) -> None:
    assert not is_local("127.0.0.1", {**HERE, name: "127.0.0.1"}, NAMES)


@pytest.mark.parametrize("names", [[], ["*"], [*NAMES, "shop.example"], ["*.shop.example"]])
def test_where_the_app_has_another_name_nobody_is(names: list[str]) -> None:
    assert not is_local("127.0.0.1", HERE, names)
