"""A small OpenID Connect provider on this machine: who signs in is asked by name, and no password is wanted."""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "prodsim"


class Provider(ThreadingHTTPServer):
    """Knows `people`: e-mail address, and whether it is verified."""

    def __init__(self, people: dict[str, bool]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.people = people
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = RSAKey.generate_key(2048, parameters={"kid": "1"}, private=True)
        self.codes: dict[str, tuple[str, dict[str, str]]] = {}


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        provider = self.server
        if parts.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": provider.address,
                    **{f"{name}_endpoint": f"{provider.address}/{name}" for name in ("authorization", "token")},
                    "jwks_uri": f"{provider.address}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                }
            )
        elif parts.path == "/keys":
            self._json({"keys": [provider.key.as_dict(private=False)]})
        elif parts.path == "/authorization" and "as" in asked:
            code = secrets.token_urlsafe()
            provider.codes[code] = (asked["as"], asked)
            self.send_response(302)
            query = urlencode({"code": code, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{query}")
            self.end_headers()
        elif parts.path == "/authorization":
            links = (f'<p><a href="?{urlencode({**asked, "as": who})}">{who}</a></p>' for who in provider.people)
            self._send("".join(links).encode(), "text/html")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """The token for a code, which counts once and for who knows the verifier."""
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        who, asked = self.server.codes.pop(given["code"][0])
        verified = urlsafe_b64encode(sha256(given["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        assert verified == asked["code_challenge"] and asked["client_id"] == CLIENT
        now = int(time.time())
        claims = {
            **{"iss": self.server.address, "aud": CLIENT, "sub": who, "iat": now, "exp": now + 600},
            **{"nonce": asked["nonce"], "email": who, "email_verified": self.server.people[who]},
        }
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.server.key)
        self._json({"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def _json(self, content: dict[str, object]) -> None:
        self._send(json.dumps(content).encode(), "application/json")

    def _send(self, content: bytes, type_: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running(people: dict[str, bool]) -> Iterator[Provider]:
    """The provider, while it answers."""
    with Provider(people) as provider:
        Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()
