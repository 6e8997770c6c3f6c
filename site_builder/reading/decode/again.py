"""A file's text once more, from its bytes and what is recorded of its encoding.

The way that `docs/record-format.md` describes, so what comes out is the decoded original that edits count in.
"""


def decoded_again(content: bytes, encoding: str, *, byte_order_mark: bool) -> str:
    """Decode an original: byte order mark dropped, broken bytes shown as U+FFFD, CRLF and CR turned to LF.

    Args:
        content: The original's bytes.
        encoding: The codec's name, as `Capture.encoding` has it.
        byte_order_mark: Whether the file begins with one.

    Raises:
        LookupError: nobody knows the encoding.
    """
    text = content.decode(encoding, "replace")
    if byte_order_mark:
        text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")
