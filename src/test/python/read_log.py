"""Reads a log as C2SP's tlog-tiles have it, over HTTP, and says its size and root, once its signature is looked at.

Written from the texts (RFC 6962, RFC 8032, C2SP tlog-tiles, tlog-checkpoint, signed-note), with nothing but Python's own library.
Usage: read_log.py <url of the log> <user> <password>
"""
import base64
import hashlib
import sys
import urllib.request

URL, USER, PASSWORD = sys.argv[1:4]


def get(path):
    call = urllib.request.Request(f"{URL}/{path}")
    call.add_header("Authorization", "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    with urllib.request.urlopen(call) as answer:
        return answer.read()


# Ed25519 (RFC 8032): the curve -x^2 + y^2 = 1 + d x^2 y^2 over the field of 2^255 - 19.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recovered(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - x2) % P == 0, "no point"
    return P - x if x & 1 != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    return recovered(y & (2**255 - 1), y >> 255), y & (2**255 - 1)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P)


def times(n, a):
    total = (0, 1)
    while n:
        if n & 1:
            total = add(total, a)
        a, n = add(a, a), n >> 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recovered(BASE_Y, 0), BASE_Y)


def is_signed(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return s < L and times(s, BASE) == add(point(signature[:32]), times(h, point(key)))


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node(root(hashes[:k]), root(hashes[k:]))


def name(n):
    groups = [f"{n % 1000:03}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03}")
    return "/".join(groups)


def tiles(kind, count):
    for n in range((count + 255) // 256):
        width = min(256, count - n * 256)
        yield n, width, get(f"tile/{kind}/{name(n)}" + ("" if width == 256 else f".p/{width}"))


text, signatures = get("checkpoint").decode().rsplit("\n\n", 1)
text += "\n"
origin, size, claimed = text.splitlines()[:3]
size = int(size)

vkey = get("key").decode().splitlines()[0].split("+", 2)
typed = base64.b64decode(vkey[2])
key_id = hashlib.sha256(vkey[0].encode() + b"\n" + typed).digest()[:4]
assert vkey[0] == origin and key_id.hex() == vkey[1] and typed[0] == 1, "another key"
mine = [line for line in signatures.splitlines() if line.startswith(f"— {origin} ")]
blob = base64.b64decode(mine[0].split(" ")[2])
assert blob[:4] == key_id and is_signed(typed[1:], text.encode(), blob[4:]), "not signed"

level, leaves, count = 0, [], size
above = []
while count:
    hashes = []
    for n, width, tile in tiles(level, count):
        assert len(tile) == width * 32, "a tile of another width"
        hashes += [tile[i : i + 32] for i in range(0, len(tile), 32)]
    if level == 0:
        leaves = hashes
    else:
        assert hashes == above, f"level {level} is not what is below it"
    above = [root(hashes[i : i + 256]) for i in range(0, len(hashes) // 256 * 256, 256)]
    level, count = level + 1, count // 256

place = 0
for n, width, bundle in tiles("entries", size):
    at = 0
    for _ in range(width):
        length = int.from_bytes(bundle[at : at + 2], "big")
        entry = bundle[at + 2 : at + 2 + length]
        assert hashlib.sha256(b"\x00" + entry).digest() == leaves[place], f"entry at {place}"
        at, place = at + 2 + length, place + 1
    assert at == len(bundle), "a bundle of another length"

assert root(leaves) == base64.b64decode(claimed), "another root"
print("signed")
print(size)
print(base64.b64encode(root(leaves)).decode())
