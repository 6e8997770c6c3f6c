"""An index in memory, as plain as can be: what every other way to answer a query is compared with."""

# ruff: noqa: D102, D107 — the methods are those of site_builder.search.index.Index

from array import array
from collections import Counter
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import strategies as st

from site_builder.crew import Crew
from site_builder.derived import PLACES
from site_builder.edtf import sort_key
from site_builder.model import Article, Assertion, Basis, Capture
from site_builder.names import Authority
from site_builder.search import blocks, lexicon, shards, whoosh_index
from site_builder.search.families import Vocabulary, families, stemmer_of
from site_builder.search.index import Posting
from site_builder.search.rows import IndexRow, facet_values, stored_row
from site_builder.search.tokens import tokens


def four_bits(number):
    """Give the smallest number that is not less and has at most four digits, in binary, before its zeros."""
    return next(n for n in count(number) if n == 0 or n // (n & -n) < 16)


def blocks_of(rows, folder):
    """Write the blocks of some rows into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for at in range(0, len(rows), blocks.ARTICLES):
        part = rows[at : at + blocks.ARTICLES]
        content = sha256(
            msgspec.msgpack.encode([[row.article, row.tokens, row.lead] for row in part])
        )
        paths.append(folder / content.hexdigest())
        blocks.write_block(paths[-1], part)
    return paths


def update(folder, rows, names):
    """Bring an index to some rows."""
    paths = blocks_of(rows, folder / "blocks")
    known = lexicon.gather(map(blocks.Block, paths), names)
    whoosh_index.begin_update(folder, paths, Crew())(known)


def lexicon_of(rows, names=()):
    """Give the lexicon of some rows."""
    with TemporaryDirectory() as folder:
        return lexicon.gather(map(blocks.Block, blocks_of(rows, Path(folder))), names)


def shard_artifacts(rows, names=()):
    """Give the search files of some rows."""
    with TemporaryDirectory() as folder:
        paths = blocks_of(rows, Path(folder))
        known = lexicon.gather(map(blocks.Block, paths), names)
        described = []
        for segment in shards.segments(paths, len(rows), lambda: known):
            files, description = shards.begin_segment(segment, Crew())()
            yield from files
            described.append(description)
        yield shards.manifest(paths, described)


def _often(found, term):
    return len(places_of(found.get(term, b"")))


def places_of(places):
    """Give the positions that `Tokens` has packed."""
    return array(PLACES, places).tolist()


class ReferenceIndex:
    """Answers from rows by looking at all of them, each time."""

    def __init__(self, rows, names=()):
        self.rows = list(rows)
        self.articles = len(self.rows)
        self.dates = [sort_key(row.article.published.value) for row in self.rows]
        self._counts = Counter(term for row in self.rows for term in terms_of(row))
        self._families = reference_families(self.rows, names)

    def lengths(self, field):
        return [four_bits(getattr(row.tokens, f"{field}_length")) for row in self.rows]

    def tokens(self, field):
        return sum(self.lengths(field))

    def frequency(self, term):
        return self._counts[term]

    def postings(self, term):
        return [
            Posting(number, _often(row.tokens.body, term), _often(row.tokens.title, term))
            for number, row in enumerate(self.rows)
            if term in terms_of(row)
        ]

    def positions(self, term, field, documents):
        places = {number: getattr(self.rows[number].tokens, field) for number in documents}
        return {n: places_of(found[term]) for n, found in places.items() if term in found}

    def terms(self, beginning):
        return sorted(term for term in self._counts if term.startswith(beginning))

    def family(self, term):
        return sorted({term}.union(*(family for family in self._families if term in family)))

    def values(self, facet):
        found = {}
        for number, row in enumerate(self.rows):
            for value in facet_values(row.article)[facet]:
                found.setdefault(value, []).append(number)
        return found

    def row(self, document):
        return stored_row(self.rows[document])


def terms_of(row):
    """Give the terms of an article, of title and body."""
    return row.tokens.title.keys() | row.tokens.body.keys()


def reference_families(rows, names=()):
    """Give the families of some rows."""
    spoken = {}
    for row in rows:
        if stemmer := stemmer_of(row.article.language.value):
            spoken.setdefault(stemmer, Vocabulary(set(), {})).add(terms_of(row), row.tokens.forms)
    return families(spoken, {term for row in rows for term in terms_of(row)}, names)


def make_row(id_, title="", body="", **known):
    """Make a row; `known` may give date, outlet, language, tags, authors."""
    article = Article(
        permalink=id_,
        capture=Capture(
            path=f"{id_}.md", size=0, sha256="", media_type="text/markdown", encoding=said("utf-8")
        ),
        reader="markdown",
        title=said(title),
        published=said(known.get("date", "")),
        outlet=said(known.get("outlet", "")),
        language=said(known.get("language", "en")),
        tags=tuple(known.get("tags", ())),
        authors=tuple(said(author) for author in known.get("authors", ())),
    )
    return IndexRow(article=article, tokens=tokens(title, body), lead=body)


def said(value):
    """Make an assertion that a file states, or one that is unknown."""
    return Assertion(value=value, basis=Basis.STATED) if value else Assertion()


def in_order(rows):
    """Put rows in the catalogue's order: by date, those of one date by id, descending."""
    by_id = sorted(rows, key=lambda row: row.article.permalink, reverse=True)
    return sorted(by_id, key=lambda row: sort_key(row.article.published.value))


WORDS = [
    *("storm", "storms", "storming", "stormy", "surge", "sea", "wall", "walls", "harbour"),
    *("haniya", "haniyeh", "negotiate", "negotiations", "negotiating", "the", "of", "a"),
]
SCRIPTS = [
    "café",
    "海堤沿い",
    "海",
    "шторм",
    "шторма",
    "2023",
    "well-known",
    "__proto__",
    "constructor",
]
OUTLETS = ["", "Harbour Post", "The Post", "Küsten-Zeitung"]
TAGS = ["sea wall", "storm", "Küste"]
DATES = ["", "2022", "2023", "2023-05", "2023-05-01", "2023-05-31", "2023-11-04", "2024-01-01"]
LANGUAGES = ["", "en", "en-GB", "de", "ru"]
NAMES = (Authority(id="h", label="Haniyeh", forms=("Haniya", "sea wall")),)

texts = st.lists(st.sampled_from([*WORDS, *WORDS, *SCRIPTS]), max_size=14).map(" ".join)


@st.composite
def archives(draw, size=12):
    """Give the rows of an archive, in order."""
    count = draw(st.integers(0, size))
    return in_order(
        make_row(
            f"a/{number}",
            draw(texts),
            draw(texts),
            date=draw(st.sampled_from(DATES)),
            outlet=draw(st.sampled_from(OUTLETS)),
            language=draw(st.sampled_from(LANGUAGES)),
            tags=draw(st.lists(st.sampled_from(TAGS), max_size=2)),
            authors=draw(st.lists(st.sampled_from(["Ann Lee", "Bo Marsh"]), max_size=2)),
        )
        for number in range(count)
    )


WORD = st.sampled_from(
    [*WORDS, *SCRIPTS, "stormz", "negotiator", "harbours", "sto*", "stormi~", "-sea"]
)
PHRASE = texts.map(lambda text: f'"{text}"')
FILTER = st.sampled_from(
    [
        *("outlet:post", "tag:sea", "-tag:storm", "author:lee", "language:en", "language:EN-gb"),
        *("date:2023", "date:2023-05", "after:2023-05", "before:2023-06"),
        *("title:storm", "title:sto*"),
    ]
)
ITEM = WORD | WORD | PHRASE | FILTER | st.tuples(WORD, WORD).map(" OR ".join).map("({})".format)
queries = st.lists(ITEM, max_size=4).map(" ".join)
