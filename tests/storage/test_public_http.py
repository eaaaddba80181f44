"""A file at an address that a stranger wrote down: of public machines alone, and whatever their servers do, in time."""

import gc
import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from prodsim.storage import PublicHttp, Unfetched, careful, public_http, why_not
from prodsim.storage.public_addresses import KeptOut, connect, is_public
from tests.samples import picture
from tests.shop_server import Shop, open_shop

PICTURE = picture("red")
MOST = 1 << 20
OK = b"HTTP/1.1 200 OK\r\n"
Names = dict[str, list[list[str]]]


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def inner() -> Iterator[Shop]:
    """A server of the inner network, which nobody from outside may make us ask."""
    with open_shop() as shop:
        shop.gives("/secret", b"a password")
        yield shop


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What the name server says of a name: the first time, the second, ..., the last one for ever."""
    said: Names = {}
    look_up = socket.getaddrinfo

    def looked_up(host: str, *arguments: object, **options: object) -> list[object]:
        if host not in said:
            return look_up(host, *arguments, **options)  # type: ignore[arg-type, return-value]
        numbers = said[host].pop(0) if len(said[host]) > 1 else said[host][0]
        return [found for number in numbers for found in look_up(number, *arguments, **options)]  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return said


def get(shop: Shop, url: str, most: int = MOST) -> bytes:
    return PublicHttp(judge=shop.judge()).get(url, most)


def refused(shop: Shop, url: str, most: int = MOST) -> Unfetched:
    with pytest.raises(Unfetched) as why:
        get(shop, url, most)
    assert not str(why.value).endswith(".")
    return why.value


# which addresses


INWARD = """
    127.0.0.1 127.8.8.8 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
    100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 168.63.129.16 192.88.99.1 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 fe80::1 fe80::1%1 fec0::1
    fc00::1 fd00:ec2::254 ff02::1 ff0e::1 2001:db8::1 2001::1 2001:0:7f00:1:: 2002:7f00:1:: 2002:808:808:: 3fff::1
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 5f00::1
"""  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]


@pytest.mark.parametrize("number", INWARD.split())
def test_what_is_not_public_is_not_asked(number: str) -> None:
    assert why_not(ip_address(number), 443).endswith("is no public address")


@pytest.mark.parametrize("number", PUBLIC)
def test_what_is_public_is_asked(number: str) -> None:
    assert why_not(ip_address(number), 443) == why_not(ip_address(number), 80) == ""


@pytest.mark.parametrize("port", [0, 22, 25, 6379, 8080, 8443, 65535])
def test_ports_that_are_not_the_webs_are_not_asked(port: int) -> None:
    assert str(port) in why_not(ip_address("8.8.8.8"), port)


@given(st.ip_addresses())
def test_no_address_that_python_knows_for_another_ones_is_public(address) -> None:  # type: ignore[no-untyped-def]
    if is_public(address):
        assert not (address.is_private or address.is_multicast or (address.is_reserved and address.version == 4))
        assert not (address.is_loopback or address.is_link_local or address.is_unspecified)
        assert address.version == 4 or not (address.ipv4_mapped or address.sixtofour or address.teredo)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]", "0.0.0.0", "0"]
)
def test_this_machine_is_not_asked_however_it_is_spelled(host: str) -> None:
    with pytest.raises(Unfetched, match=r"its host is not asked: .* no public address"):
        PublicHttp().get(f"http://{host}/1.jpg", MOST)


def test_a_name_that_is_public_and_private_at_once_is_not_asked(names: Names) -> None:
    names["cdn.example"] = [["8.8.8.8", "10.0.0.1"]]
    with pytest.raises(KeptOut, match=r"10\.0\.0\.1"):
        connect("cdn.example", 443, 1, why_not)


def test_a_name_that_becomes_private_once_it_was_looked_up_leads_nowhere_else(names: Names, shop: Shop) -> None:
    """DNS rebinding: only what was judged is connected to, and that is a number."""
    names["cdn.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    shop.gives("/1.jpg", PICTURE)
    assert get(shop, shop.url("/1.jpg", "cdn.example")) == PICTURE
    assert names["cdn.example"] == [["10.0.0.1"]]  # it was asked once
    assert shop.headers["Host"] == f"cdn.example:{shop.port}"
    assert "not asked" in str(refused(shop, shop.url("/1.jpg", "cdn.example")))


def test_what_is_not_asked_is_not_even_connected_to(inner: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was connected to"))
    with pytest.raises(Unfetched):
        PublicHttp().get(inner.url("/secret"), MOST)
    assert inner.asked == []


# what addresses


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://127.0.0.1/1.jpg", "gopher://127.0.0.1:6379/_INFO", "data:image/png;base64,AA==",
        "javascript:alert(1)", "//cdn.example/1.jpg", "/etc/passwd", "1.jpg", "", "http://", "http:///1.jpg", "https://[::1",
        "http://name:word@127.0.0.1/1.jpg", "http://@127.0.0.1/1.jpg", "http://127.0.0.1:99999/1.jpg", "http://a:b:c/1.jpg",
        "http://" + "a" * 5000 + "/", "http://\0/1.jpg", "http://" + "a" * 64 + ".example/1.jpg", "http://..../1.jpg",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked(shop: Shop, address: str) -> None:
    refused(shop, address)
    assert shop.asked == []


@given(address=st.text() | st.text().map("http://".__add__) | st.text().map("http://127.0.0.1:1/".__add__))
def test_whatever_an_address_holds_there_is_one_error(address: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", _nobody_is_known)
        with pytest.raises(Unfetched):
            PublicHttp().get(address, MOST)


def _nobody_is_known(host: str, *_: object, **__: object) -> None:
    host.encode("idna")
    raise socket.gaierror


def test_what_a_program_left_unescaped_is_escaped(shop: Shop) -> None:
    shop.gives("/red%20shirt%20%C3%A9.jpg?v=1", PICTURE)
    assert get(shop, shop.url("/red shirt é.jpg?v=1#top")) == PICTURE


# redirects


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://0.0.0.0/", "http://2130706433/",
        "http://[::ffff:127.0.0.1]/", "//127.0.0.1/", "http://[64:ff9b::7f00:1]/", "https://localhost/", "http://100.100.100.200/",
    ],
)  # fmt: skip
def test_a_redirect_inward_is_not_followed(shop: Shop, target: str) -> None:
    assert "not asked" in str(refused(shop, shop.leads("/1.jpg", target)))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_server_within_is_not_followed(shop: Shop, inner: Shop, status: int) -> None:
    assert "port" in str(refused(shop, shop.leads("/1.jpg", inner.url("/secret"), status)))
    assert inner.asked == []


def test_a_redirect_to_a_name_of_this_machine_is_not_followed(shop: Shop, names: Names) -> None:
    names["localtest.example"] = [["127.0.0.1"]]
    refused(shop, shop.leads("/1.jpg", "http://localtest.example/"))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://me:word@127.0.0.1/", "http://["]
)
def test_a_redirect_to_what_is_no_address_of_the_web_is_not_followed(shop: Shop, target: str) -> None:
    assert "redirected to where nothing is fetched from" in str(refused(shop, shop.leads("/1.jpg", target)))


def test_a_redirect_to_another_place_is_followed(shop: Shop) -> None:
    shop.gives("/b/r%C3%A9d.jpg", PICTURE)
    shop.leads("/b/2.jpg", "réd.jpg".encode().decode("latin-1"), 307)
    assert get(shop, shop.leads("/a/1.jpg", "../b/2.jpg", 301)) == PICTURE


def test_redirects_in_a_circle_end(shop: Shop) -> None:
    url = shop.leads("/1.jpg", "/2.jpg")
    shop.leads("/2.jpg", "/1.jpg")
    assert "redirected more than 5 times" in str(refused(shop, url))
    assert len(shop.asked) == 6


# TLS


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A certificate for a name, with its key; it is what clients trust."""

    def make(name: str) -> Path:
        key = ec.generate_private_key(ec.SECP256R1())
        called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a shop")])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        encoding = serialization.Encoding.PEM
        path = tmp_path / f"{name}.pem"
        path.write_bytes(
            key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + builder.sign(key, hashes.SHA256()).public_bytes(encoding)
        )
        monkeypatch.setattr(public_http, "DEFAULT_CA_BUNDLE_PATH", str(path))
        return path

    return make


def test_over_tls_the_certificate_is_held_against_the_name(certificate: Callable[[str], Path], names: Names) -> None:
    names["cdn.example"] = names["other.example"] = [["127.0.0.1"]]
    with open_shop(certificate("cdn.example")) as shop:
        shop.gives("/1.jpg", PICTURE)
        assert get(shop, shop.url("/1.jpg", "cdn.example", "https")) == PICTURE
        assert "certificate" in str(refused(shop, shop.url("/1.jpg", "other.example", "https")))
        assert "certificate" in str(refused(shop, shop.url("/1.jpg", "127.0.0.1", "https")))


def test_a_certificate_that_nobody_vouches_for_is_none(certificate: Callable[[str], Path], names: Names) -> None:
    names["cdn.example"] = [["127.0.0.1"]]
    own = certificate("cdn.example")
    certificate("another.example")
    with open_shop(own) as shop:
        refused(shop, shop.url("/1.jpg", "cdn.example", "https"))
        assert shop.asked == []


def test_a_redirect_from_https_to_http_is_not_followed(
    certificate: Callable[[str], Path], names: Names, shop: Shop
) -> None:
    names["cdn.example"] = [["127.0.0.1"]]
    with open_shop(certificate("cdn.example")) as safe:
        safe.leads("/1.jpg", shop.url("/1.jpg"))
        assert "from https to http" in str(refused(safe, safe.url("/1.jpg", "cdn.example", "https")))
    assert shop.asked == []


# servers that take their time


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no test waits for long."""
    for module, name in [
        (careful, "CONNECT_SECONDS"), (careful, "HEAD_SECONDS"), (public_http, "CONNECT_SECONDS"),
        (public_http, "SILENT_SECONDS"), (public_http, "BODY_SECONDS"),
    ]:  # fmt: skip
        monkeypatch.setattr(module, name, 0.3)


def stalls_to_connect() -> Iterator[str]:
    """A machine that takes no connection: the queue of who waits is full."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        yield f"http://127.0.0.1:{port}/1.jpg"
        for one in waiting:
            one.close()


def test_who_takes_no_connection_is_not_waited_for(impatient: None) -> None:
    for url in stalls_to_connect():
        with pytest.raises(Unfetched, match="silent, or too slow") as why:
            PublicHttp(judge=lambda *_: "").get(url, MOST)
        assert why.value.host


def test_who_takes_a_connection_and_says_nothing_is_not_waited_for(shop: Shop, impatient: None) -> None:
    assert refused(shop, shop.sends("/1.jpg", stalls=True)).host


def test_who_says_nothing_over_tls_is_not_waited_for(impatient: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(Unfetched):
        PublicHttp(judge=lambda *_: "").get(f"https://127.0.0.1:{mute.getsockname()[1]}/1.jpg", MOST)


@pytest.mark.parametrize(
    "head", [OK + b"Content-Length: 100\r\n\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", OK + b"\r\n"]
)
def test_who_falls_silent_in_the_midst_is_not_waited_for(shop: Shop, impatient: None, head: bytes) -> None:
    assert refused(shop, shop.sends("/1.jpg", head, b"the beginning", stalls=True)).host


@pytest.mark.parametrize(
    "dripped",
    [
        b"HTTP/1.1 200 OK" + b" " * 1000,
        OK + b"X: " + b"x" * 1000,
        OK + b"X: x\r\n" * 100,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    ],
)
def test_an_answer_that_drips_does_not_begin_for_ever(shop: Shop, impatient: None, dripped: bytes) -> None:
    assert "takes longer than 0.3 seconds" in str(refused(shop, shop.sends("/1.jpg", dripped, dripping=True)))


@pytest.mark.parametrize(
    ("head", "dripped"),
    [
        (OK + b"Content-Length: 1000\r\n\r\n", PICTURE * 10),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 200),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 1000),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: x\r\n" * 200),
        (OK + b"Connection: close\r\n\r\n", PICTURE * 10),
    ],
)
def test_a_body_that_drips_ends(shop: Shop, impatient: None, head: bytes, dripped: bytes) -> None:
    url = shop.sends("/1.jpg", dripped, dripping=True)
    drip = shop.answers["/1.jpg"]

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.wfile.write(head)
        drip(request)

    shop.answers["/1.jpg"] = answer
    assert "takes longer than 0.3 seconds" in str(refused(shop, url))


def test_over_tls_a_body_that_drips_ends(certificate: Callable[[str], Path], names: Names, impatient: None) -> None:
    names["cdn.example"] = [["127.0.0.1"]]
    with open_shop(certificate("cdn.example")) as shop:
        shop.sends("/1.jpg", OK + b"Content-Length: 9999\r\n\r\n" + PICTURE, dripping=True)
        refused(shop, shop.url("/1.jpg", "cdn.example", "https"))


def test_what_is_under_way_ends_when_it_is_stopped(shop: Shop) -> None:
    client = PublicHttp(judge=shop.judge())
    url = shop.sends("/1.jpg", OK + b"Content-Length: 9\r\n\r\n", stalls=True)
    failed: list[Unfetched] = []

    def ask() -> None:
        with pytest.raises(Unfetched) as why:
            client.get(url, MOST)
        failed.append(why.value)

    asking = threading.Thread(target=ask)
    asking.start()
    while not shop.asked:
        time.sleep(0.005)
    client.stop()
    asking.join(timeout=5)
    assert [*map(str, failed)] == ["it was stopped"]
    with pytest.raises(Unfetched, match="it was stopped"):
        client.get(url, MOST)


# servers that lie


def test_what_says_that_it_is_too_large_is_not_read(shop: Shop) -> None:
    url = shop.sends("/1.jpg", OK + f"Content-Length: {10**15}\r\n\r\n".encode(), stalls=True)
    assert str(refused(shop, url)) == "it has more than 1 MB"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (OK + b"Connection: close\r\n\r\n", b"x" * 65536),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    ],
)
def test_what_never_ends_is_read_up_to_the_limit(shop: Shop, head: bytes, piece: bytes) -> None:
    assert str(refused(shop, shop.never_ends("/1.jpg", head, piece))) == "it has more than 1 MB"


@pytest.mark.parametrize("head", [OK + b"X: x\r\n", OK + b"X: ", b"HTTP/1.1 100 Continue\r\nX: x\r\n"])
def test_a_head_that_never_ends_is_not_read_for_ever(shop: Shop, impatient: None, head: bytes) -> None:
    refused(shop, shop.never_ends("/1.jpg", head, b"Y: y\r\n" if head.endswith(b"\n") else b"y" * 1000))


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "gzip, gzip", "x" * 1000])
def test_what_comes_packed_is_not_unpacked(shop: Shop, packing: str) -> None:
    bomb = gzip.compress(gzip.compress(bytes(10**7)))
    reason = str(refused(shop, shop.gives("/1.jpg", bomb, Content_Encoding=packing)))
    assert "comes packed" in reason and len(reason) < 100
    assert shop.headers["Accept-Encoding"] == "identity"


NO_ANSWERS = [
    b"",
    b"\0" * 100,
    b"SSH-2.0-x\r\n",
    b"HTTP/9.9 abc\r\n\r\n",
    OK + b"Content-Length: 10\r\n\r\nhello",
    OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello",
]


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_or_not_all_of_it_is_one_error(shop: Shop, answer: bytes) -> None:
    assert refused(shop, shop.sends("/1.jpg", answer)).again


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_lengths_are_one_error(shop: Shop) -> None:
    """urllib3 leaves this answer to the collector of garbage."""
    refused(shop, shop.sends("/1.jpg", OK + b"Content-Length: 5, 6\r\n\r\nhello"))
    gc.collect()


@pytest.mark.parametrize(
    ("status", "host", "again"),
    [(404, False, None), (410, False, None), (204, False, None), (206, False, None), (304, False, None),
     (403, True, None), (401, True, None), (429, True, 1), (500, True, 1), (503, True, 1)],
)  # fmt: skip
def test_what_is_no_file_says_whether_to_ask_again(shop: Shop, status: int, host: bool, again: float | None) -> None:
    url = shop.gives("/1.jpg", b"", status)
    why = refused(shop, url)
    assert str(status) in str(why) and (why.host, why.again) == (host, again)


@pytest.mark.parametrize(
    ("asked", "again"),
    [("7", 7), ("3600", None), ("Wed, 21 Oct 2099 07:28:00 GMT", None), ("soon", 1), ("9" * 5000, 1)],
)
def test_a_server_may_say_when_to_ask_again(shop: Shop, asked: str, again: float | None) -> None:
    assert refused(shop, shop.gives("/1.jpg", b"", 429, Retry_After=asked)).again == again


# what is sent


def test_nothing_is_sent_but_the_request(
    shop: Shop, inner: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No cookie of before, no password of `.netrc`, nothing to a proxy of the environment."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password word")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, inner.url(""))
    client = PublicHttp(judge=shop.judge())
    url = shop.gives("/1.jpg", PICTURE, Set_Cookie="me=1; Path=/")
    assert client.get(url, MOST) == client.get(url, MOST) == PICTURE
    assert {*shop.headers} == {"Host", "Accept", "Accept-Encoding", "User-Agent"}
    assert shop.headers["User-Agent"].startswith("prodsim ")
    assert inner.asked == []


def test_a_connection_serves_for_the_next_picture(shop: Shop) -> None:
    client = PublicHttp(judge=shop.judge())
    for number in range(5):
        client.get(shop.gives(f"/{number}.jpg", PICTURE), MOST)
    assert len(shop.peers) == 1
