from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.provider import CLIENT, running
from tests.browser.serving import serve
from tests.pages.running import rainbow, two_colored
from tests.samples import write_catalog

SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a secret of this test, which is long enough"
client_id = "{client}"
client_secret = "another secret of this test"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[access]
domains = ["firm.example"]
admins = ["boss@shop.example"]
"""


def test_visitors_sign_in_and_see_what_they_may(page: Page, browser: Browser, tmp_path: Path) -> None:
    people = {"ann@firm.example": True, "liar@firm.example": False, "eve@shop.example": True, "boss@shop.example": True}
    pictures = {id_: two_colored(color) for id_, color in rainbow(6).items()}
    shop = write_catalog(tmp_path / "shop", pictures, suffix=".png")
    with running(people) as provider:
        secrets = tmp_path / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir()
        secrets.write_text(SECRETS.format(client=CLIENT, provider=provider.address))
        with serve(tmp_path, PRODSIM_CATALOG=str(shop), PRODSIM_ENCODER="pixels") as address:
            page.goto(f"{address}/catalogs")
            expect(page.get_by_role("link")).to_have_text(["Sign in"])
            for who, admitted in (
                ("eve@shop.example", False),
                ("liar@firm.example", False),
                ("ann@firm.example", True),
            ):
                page.get_by_role("link", name="Sign in").click()
                page.get_by_role("link", name=who).click()
                if admitted:
                    expect(page.get_by_role("heading", name="What looks like this?")).to_be_visible()
                else:
                    expect(page.get_by_text("which may not use this app")).to_be_visible()
                    page.get_by_role("link").get_by_text("Sign out").click()
            page.get_by_role("link", name="Catalogs").click()
            expect(page.get_by_role("heading", name="Catalogs kept here")).to_be_visible()
            expect(page.get_by_role("radio", name="Upload", exact=True)).to_have_count(0)
            page.get_by_role("button", name="Sign out").click()
            page.get_by_role("link", name="Sign in").click()
            page.get_by_role("link", name="boss@shop.example").click()
            page.get_by_role("link", name="Catalogs").click()
            expect(page.get_by_role("radio", name="Upload", exact=True)).to_be_visible()

            stranger = browser.new_page()
            stranger.goto(f"{address}/?product=100")
            expect(stranger.get_by_role("link")).to_have_text(["Sign in"])
            stranger.close()
