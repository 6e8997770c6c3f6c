"""What proves an article's way into the archive: its record, the manifests, and their checking.

- `record.py`: Article and Reading -> record.json, as published beside the page
- `manifest.py`: path and SHA-256 of each file, one a line, in the form of BagIt (RFC 8493)
- `verify.py`: a built site or an archive folder, checked against what they say of themselves
"""
