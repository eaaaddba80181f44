"""Runs a command in a network of its own, where every address in the world is this machine, and hears what it sends.

    unshare -rn python -m tests.listening COMMAND...

Prints, as JSON, the status of the command, the names that it asked for, and the addresses beyond loopback that it sent
something to. Nothing leaves the machine.
"""

import json
import socket
import subprocess
import sys
from ipaddress import ip_address
from threading import Thread

ANY_PACKET = 3
DNS = 53


def main() -> None:
    for line in ("link set lo up", "route add local 0.0.0.0/0 dev lo", "-6 route add local ::/0 dev lo"):
        subprocess.run(["ip", *line.split()], check=line.startswith(("link", "route")), capture_output=True)
    heard = Heard()
    Thread(target=heard.listen, daemon=True).start()
    status = subprocess.run(sys.argv[1:], stdout=sys.stderr, check=False).returncode
    json.dump({"status": status, "names": sorted(heard.names), "addresses": sorted(heard.addresses)}, sys.stdout)


class Heard:
    """What was heard so far."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.addresses: set[str] = set()
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ANY_PACKET))

    def listen(self) -> None:
        """Without end: each packet from its Internet header on."""
        while True:
            self._hear(self._socket.recv(1 << 16))

    def _hear(self, packet: bytes) -> None:
        if packet[0] >> 4 == 4:
            start, protocol, target = (packet[0] & 15) * 4, packet[9], ip_address(packet[16:20])
        else:
            start, protocol, target = 40, packet[6], ip_address(packet[24:40])
        port = int.from_bytes(packet[start + 2 : start + 4])
        if protocol == socket.IPPROTO_UDP and port == DNS:
            self.names.add(_asked(packet[start + 8 :]))
        elif not (target.is_loopback or target.is_multicast) and protocol in (socket.IPPROTO_UDP, socket.IPPROTO_TCP):
            self.addresses.add(str(target))


def _asked(query: bytes) -> str:
    """The name in a query to a name server (RFC 1035)."""
    labels, place = [], 12
    while length := query[place]:
        labels.append(query[place + 1 : place + 1 + length].decode())
        place += 1 + length
    return ".".join(labels)


if __name__ == "__main__":
    main()
