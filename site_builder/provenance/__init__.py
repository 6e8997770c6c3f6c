"""What proves an article's way into the archive: its record, the manifests, and their checking.

- `record.py`: Article and Reading -> record.json, as published beside the page
- `manifest.py`: path and SHA-256 of each file, one a line, in the form of BagIt (RFC 8493)
- `merkle.py`, `log.py`: one hash that stands for all articles, and the tree below it as files
- `verify.py`: a built site (`site.py`, `tree.py`, `replay.py`), an archive folder (`originals.py`) or one
  saved article (`saved.py`), checked against what they say of themselves; `findings.py`: what that comes to
- `anchors.py`: what others have signed of it
"""
