"""Pages wrapped as browsers and mail programs save them. The layouts are those that the programs are known to write."""

import base64
import plistlib
import quopri

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
FRAME = b"<html><body><p>advertisement</p></body></html>"


def part(
    kind: str, data: bytes, encoding: str = "quoted-printable", *, headers: str = "", charset: str | None = "utf-8"
) -> bytes:
    """One part of a message with its header."""
    label = f'; charset="{charset}"' if charset else ""
    head = f"Content-Type: {kind}{label}\r\nContent-Transfer-Encoding: {encoding}\r\n{headers}\r\n".encode()
    if encoding == "base64":
        return head + base64.encodebytes(data).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        # Line ends of the text are part of the page: they are written out, so that the bytes come back as they were.
        lines = data.replace(b"\r\n", b"\n").split(b"\n")
        ending = b"\r\n" if b"\r\n" in data else b"=0A=\r\n"
        return head + ending.join(quopri.encodestring(line).replace(b"\n", b"\r\n") for line in lines)
    return head + data


def multipart(kind: str, parts: list[bytes], boundary: str = "----MultipartBoundary--x1----", more: str = "") -> bytes:
    """Parts in one body, with its header field."""
    head = f'Content-Type: multipart/{kind}; type="text/html"; boundary="{boundary}"{more}\r\n\r\n'.encode()
    line = b"--" + boundary.encode()
    return head + b"".join(b"\r\n" + line + b"\r\n" + p for p in parts) + b"\r\n" + line + b"--\r\n"


BLINK = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: Form 2\r\nDate: Mon, 14 Nov 2022 01:00:00 -0000\r\nMIME-Version: 1.0\r\n"
INTERNET_EXPLORER = b'From: "Saved by Windows Internet Explorer 8"\r\nSubject: Form 2\r\nDate: Mon, 14 Nov 2022 09:00:00 +0800\r\nMIME-Version: 1.0\r\n'


def mhtml(page: bytes, encoding: str = "quoted-printable", charset: str | None = "utf-8", head: bytes = BLINK) -> bytes:
    """A page saved as one file, with a style sheet, a picture and a frame."""
    parts = [
        part("text/html", page, encoding, charset=charset, headers="Content-Location: https://example.org/\r\n"),
        part("text/css", b"body { color: red }", headers="Content-Location: cid:css-1@mhtml.blink\r\n"),
        part("image/png", PICTURE, "base64", charset=None, headers="Content-Location: https://example.org/a.png\r\n"),
        part("text/html", FRAME, headers="Content-ID: <frame-1@mhtml.blink>\r\n"),
    ]
    return head + multipart("related", parts)


def mail(parts: list[bytes], text: bytes = b"Here is the page.\r\n") -> bytes:
    """A mail with a covering text and further parts."""
    head = b"From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 14 Nov 2022 09:00:00 +0800\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
    return head + multipart("mixed", [part("text/plain", text, "7bit"), *parts], boundary="xyz")


def attached(name: str, data: bytes, kind: str = "text/html", encoding: str = "base64") -> bytes:
    """An attachment."""
    told = f'Content-Disposition: attachment; filename="{name}"\r\n'
    return part(kind, data, encoding, charset=None, headers=told)


def mbox(mails: list[bytes]) -> bytes:
    """Mails in a mailbox, line ends as on Unix."""
    out = b""
    for message in mails:
        body = message.replace(b"\r\n", b"\n")
        body = b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in body.split(b"\n"))
        out += b"From a@example.org Mon Nov 14 09:00:00 2022\n" + body + b"\n\n"
    return out


def webarchive(page: bytes, label: str = "UTF-8") -> bytes:
    """A page as Safari saves it."""
    main = {"WebResourceData": page, "WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": label}
    frame = {"WebMainResource": {"WebResourceData": FRAME, "WebResourceMIMEType": "text/html"}}
    picture = {"WebResourceData": PICTURE, "WebResourceMIMEType": "image/png"}
    told = {"WebMainResource": main, "WebSubframeArchives": [frame], "WebSubresources": [picture]}
    return plistlib.dumps(told, fmt=plistlib.FMT_BINARY)
