"""A proxy between clients and one broker that spoils requests of Kafka's protocol on demand, so that the broker itself refuses them, or that
loses requests or answers. The broker must advertise the proxy's address: Kafka(…, advertised__listeners=…)."""
import socket
import struct
import threading

PRODUCE, FETCH, TXN_OFFSET_COMMIT, END_TXN = 0, 1, 28, 26


def varint(frame, at):
    value = shift = 0
    while True:
        value |= (frame[at] & 127) << shift
        shift += 7
        at += 1
        if frame[at - 1] < 128:
            return value, at


def after_header(frame, flexible):
    """Where the body begins: key, version, correlation id and client id (an old-style string in every version) stand before it."""
    length, = struct.unpack_from(">h", frame, 8)
    at = 10 + max(length, 0)
    return at + 1 if flexible else at  # no tagged fields


def another_generation(frame):
    """A TxnOffsetCommit of a member that a rebalance has left behind: the broker answers ILLEGAL_GENERATION."""
    version, = struct.unpack_from(">h", frame, 2)
    assert version == 3, version
    at = after_header(frame, True)
    for _ in range(2):  # transactional id, group
        length, at = varint(frame, at)
        at += length - 1
    generation = at + 10  # behind producer id and epoch
    return frame[:generation] + struct.pack(">i", struct.unpack_from(">i", frame, generation)[0] + 1000) + frame[generation + 4:]


class Rule:
    """What happens to the next `count` requests `api` of the client whose id begins with `client`."""

    def __init__(self, client, api, what, count):
        self.client, self.api, self.what, self.left, self.hits = client.encode(), api, what, count, 0

    def takes(self, api, client):
        if self.left <= 0 or api != self.api or not client.startswith(self.client):
            return False
        self.left -= 1
        self.hits += 1
        return True


class FaultyProxy:
    def __init__(self, target=None):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.target, self.rules, self.lock = target, [], threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def spoil(self, client, api, what, count=1):
        """`what`: a function of the request's bytes; "lose request" or "lose answer" end the connection, too; "hush" keeps the request and says
        nothing. Returns the rule: see hits."""
        rule = Rule(client, api, what, count)
        with self.lock:
            self.rules.append(rule)
        return rule

    def _rule(self, frame):
        api, _, _, length = struct.unpack_from(">hhih", frame)
        with self.lock:
            return next((rule for rule in self.rules if rule.takes(api, bytes(frame[10:10 + max(length, 0)]))), None)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                broker = socket.create_connection(self.target)
            except OSError:
                continue
            for end in (client, broker):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            lost = threading.Event()
            threading.Thread(target=self._requests, args=(client, broker, lost), daemon=True).start()
            threading.Thread(target=self._answers, args=(broker, client, lost), daemon=True).start()

    @staticmethod
    def _close(*ends):
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _requests(self, client, broker, lost):
        stream = client.makefile("rb")
        try:
            while len(size := stream.read(4)) == 4:
                frame = stream.read(struct.unpack(">i", size)[0])
                rule = self._rule(frame)
                if rule and rule.what == "lose request":
                    break
                if rule and rule.what == "hush":
                    continue
                if rule and rule.what == "lose answer":
                    lost.set()
                elif rule:
                    frame = rule.what(frame)
                broker.sendall(size + frame)
        except OSError:
            pass
        if not lost.is_set():
            self._close(client, broker)

    def _answers(self, broker, client, lost):
        try:
            while data := broker.recv(1 << 16):
                if lost.is_set():
                    break
                client.sendall(data)
        except OSError:
            pass
        self._close(client, broker)

    def close(self):
        self.listener.close()
