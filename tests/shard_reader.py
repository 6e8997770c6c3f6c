"""Reads the files of the search back as docs/search-format.md says, with no help from what wrote them."""

import json
import re
from itertools import accumulate
from pathlib import Path

from site_builder.model import Artifact

PAGE = Path(__file__).parent.parent / "docs" / "search-format.md"
FIELDS = ("title", "body")


def published_reader():
    """Give what the page's own Python defines: `Bits`, `terms` and `lengths`."""
    names = {}
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(  # noqa: S102 — the page's twenty lines, which are tested here
        f"import base64, re\nfrom itertools import accumulate, count, islice\n{code}", names
    )
    return names["Bits"], names["terms"], names["lengths"]


Bits, read_terms, read_lengths = published_reader()


class Shards:
    """The files of a build."""

    def __init__(self, files):
        """Take the files as `shards` gives them."""
        self.files = {file.path: json.loads(file.content) for file in files}
        self.manifest = self.files["search/manifest.json"]
        self.segments = self.manifest["segments"]

    @classmethod
    def of(cls, site):
        """Read the files of a site."""
        paths = (site / "search").rglob("*.json")
        return cls(
            Artifact(path=path.relative_to(site).as_posix(), content=path.read_bytes())
            for path in paths
        )

    def read(self, segment, name):
        """Give a file of a segment."""
        return self.files[f"search/{segment['folder']}/{name}.json"]

    def ranges(self, segment, kind):
        """Give the starts of a segment's ranges, and the number of each with its file's path."""
        starts = list(read_terms(segment["lexicon" if kind == "lexicon" else "terms"]))
        return starts, [f"{kind}/{number // 1000}/{number}" for number in range(len(starts))]

    def bases(self):
        """Give the number of each segment's first article."""
        return [0, *accumulate(segment["articles"] for segment in self.segments)][:-1]

    def lengths(self, segment):
        """Give how long each article of a segment is, by field, rounded."""
        written = segment.get("lengths") or self.read(segment, "lengths")
        return {field: list(read_lengths(written[field])) for field in FIELDS}

    def postings(self):
        """Give for each term its articles with their places in title and body."""
        found = {}
        for base, segment in zip(self.bases(), self.segments, strict=True):
            lengths = self.lengths(segment)
            _, names = self.ranges(segment, "terms")
            for number, name in enumerate(names):
                read = self.read(segment, name)
                bits = Bits(read["postings"])
                places = Bits(
                    self.read(segment, f"positions/{number // 1000}/{number}")["positions"]
                )
                for term in read_terms(read["terms"]):
                    rows = unpacked(bits, places, lengths, segment["articles"])
                    found.setdefault(term, {}).update((base + doc, row) for doc, row in rows)
        return found

    def lexicon(self):
        """Give for each term its number of articles, and all families."""
        articles, families = {}, set()
        for segment in self.segments[-1:]:
            for name in self.ranges(segment, "lexicon")[1]:
                read = self.read(segment, name)
                bits = Bits(read["articles"])
                articles.update((term, bits.gamma()) for term in read_terms(read["terms"]))
            for name in self.ranges(segment, "terms")[1]:
                for line in self.read(segment, name)["families"]:
                    families.add(members(line))
        return articles, families

    def dates(self):
        """Give each article's date."""
        return [
            date
            for segment in self.segments
            for date in accumulate(self.read(segment, "facets")["date"])
        ]

    def column(self, name):
        """Give a facet's values, article by article."""
        found = []
        for segment in self.segments:
            read = self.read(segment, "authors" if name == "author" else "facets")[name]
            assert sorted(read["values"]) == read["values"]
            bits = Bits(read["articles"])
            rows = [[] for _ in range(segment["articles"])]
            for value in read["values"]:
                for place in bits.rising(bits.gamma(), segment["articles"]):
                    rows[place].append(value)
            found += map(tuple, rows)
        return found

    def records(self):
        """Give the rows of all articles."""
        found, block = [], self.manifest["block"]
        for base, segment in zip(self.bases(), self.segments, strict=True):
            count = -(-segment["articles"] // block)
            blocks = [self.read(segment, f"records/{n // 1000}/{n}") for n in range(count)]
            assert all(len(rows) == block for rows in blocks[:-1])
            found += (row for rows in blocks for row in rows)
            assert base + segment["articles"] == len(found)
        return found


def members(line):
    """Give the members of a family that a file has as one text."""
    shared, *rests = line.split(" ")
    return tuple(shared + rest for rest in rests)


def unpacked(bits, places, lengths, articles):
    """Give a term's articles, and its places in each."""
    count = bits.gamma()
    documents = bits.rising(count, articles)
    titled = bits.gamma() - 1
    titles = dict.fromkeys(bits.rising(titled, count)) if titled else {}
    titles = {place: bits.gamma() for place in titles}
    bodies = [n + (place not in titles) for place, n in enumerate(bits.counts(count))]
    found = {document: ([], []) for document in documents}
    for field, counts in enumerate(([titles.get(n, 0) for n in range(count)], bodies)):
        for document, often in zip(documents, counts, strict=True):
            if often:
                limit = lengths[FIELDS[field]][document]
                found[document][field].extend(places.rising(often, limit))
    return found.items()
