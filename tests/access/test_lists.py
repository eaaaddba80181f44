import pytest

from prodsim.access import Access
from prodsim.errors import ConfigError

ACCESS = Access.from_section(
    {"users": ["Ann@Shop.example"], "domains": ["firm.example"], "admins": ["boss@shop.example"]}
)


def claims(address: object, verified: object = True) -> dict[str, object]:
    return {"email": address, "email_verified": verified}


@pytest.mark.parametrize("address", ["ann@shop.example", "ANN@shop.example", "x@Firm.example", "boss@shop.example"])
def test_users_people_of_a_domain_and_admins_are_admitted(address: str) -> None:
    assert ACCESS.admits(claims(address))


@pytest.mark.parametrize(
    "address",
    [
        "bob@shop.example",
        "x@sub.firm.example",
        "x@notfirm.example",
        "firm.example",
        "x@firm.example@b.example",
        "",
        None,
        3,
    ],
)
def test_nobody_else_is(address: object) -> None:
    assert not ACCESS.admits(claims(address))


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_counts_only_if_the_provider_says_that_it_is_verified(verified: object) -> None:
    assert not ACCESS.admits(claims("ann@shop.example", verified))
    assert not ACCESS.may_change_catalogs(claims("boss@shop.example", verified))
    assert not ACCESS.admits({"email": "ann@shop.example"})


def test_without_lists_nobody_is_admitted() -> None:
    assert not Access.from_section({}).admits(claims("ann@shop.example"))
    assert not Access.from_section({"domains": [""], "users": [""]}).admits({"email_verified": True})


def test_only_admins_may_change_catalogs() -> None:
    assert ACCESS.may_change_catalogs(claims("boss@shop.example"))
    assert not ACCESS.may_change_catalogs(claims("ann@shop.example"))


@pytest.mark.parametrize("section", [{"user": ["a"]}, {"users": "ann@shop.example"}, {"admins": [1]}, "x"])
def test_a_section_that_makes_no_sense_is_answered_with_a_sentence(section: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"access"):
        Access.from_section(section)
