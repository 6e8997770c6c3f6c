"""The queries of the cold search, chosen by rule from an archive's words: for both engines the same."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from pathlib import Path

from lxml import html

from site_builder.pages.body.visible import visible_text
from site_builder.search.analysis import terms

EACH = 5
"""How many queries of a kind are chosen; the figures are their medians."""
RARE = range(5, 13)
"""In so many articles a rare word is: at least the five that are shown."""
MID = (0.02, 0.08)
"""In this share of the articles a mid word is."""
COMMON = 30
"""The words in most articles, of which phrases are made."""
SENTENCE = "the president of the united states"
SHORTEST = 4


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is indexed of one article."""

    title: str
    body: str

    @property
    def text(self) -> str:
        """Headline and text."""
        return f"{self.title}\n{self.body}"

    @cached_property
    def words(self) -> list[str]:
        """Its words in order, by the project's own analysis."""
        return [term for field in (self.title, self.body) for term in terms(field)]


def read_page(content: bytes) -> Page:
    """Take what both engines index out of an article's page."""
    tree = html.fromstring(content.decode())
    title, body = (
        "\n".join(map(_inner, tree.xpath(f"//*[@data-{name}]"))) for name in ("title", "text")
    )
    return Page(title=title, body=body)


def _inner(element: html.HtmlElement) -> str:
    """Give an element's words; its own tags are cut off."""
    written = html.tostring(element, encoding="unicode", with_tail=False)
    return visible_text(written[written.index(">") + 1 : written.rindex("<")])


class Choice:
    """Chooses queries from the pages of an archive."""

    def __init__(self, pages: Sequence[Page], known: Path | None, each: int = EACH) -> None:
        """Take an archive's pages in order, and the known-item queries that `scale.py` wrote for them."""
        self.pages = pages
        self.each = each
        self.known = _known(known)
        self.articles = Counter(word for page in pages for word in set(page.words))

    def kinds(self) -> dict[str, list[str]]:
        """Give some queries of each kind."""
        low, high = (round(share * len(self.pages)) for share in MID)
        mid = range(max(low, RARE.stop), max(high, RARE.stop + 1))
        common = self._common(2 * self.each)
        return {
            "one rare word": self._words(RARE),
            "two rare words": self._pairs(RARE, together=1),
            "two mid words": self._pairs(mid, together=5),
            "two very common words": [
                " ".join(pair) for pair in zip(common[::2], common[1::2], strict=True)
            ],
            "a sentence of common words": [SENTENCE],
            "exact phrase of common words": self._phrases(),
            "a title": self._titles(),
            "a misspelt word": self._misspelt(),
        }

    def _common(self, count: int) -> list[str]:
        return sorted(self.articles, key=lambda word: (-self.articles[word], word))[:count]

    def _chosen(self, wanted: range) -> set[str]:
        """Give the plain words that are in so many articles."""
        return {
            word
            for word, count in self.articles.items()
            if count in wanted and len(word) >= SHORTEST and word.isascii() and word.isalpha()
        }

    def _words(self, wanted: range) -> list[str]:
        return _spread(sorted(self._chosen(wanted)), self.each)

    def _pairs(self, wanted: range, together: int) -> list[str]:
        """Give pairs of words that share some articles, from articles spread over the archive."""
        chosen = self._chosen(wanted)
        shared: Counter[tuple[str, str]] = Counter()
        for page in self.pages:
            shared.update(combinations(sorted(chosen.intersection(page.words)), 2))
        apart = (
            " ".join(pair)
            for pair, count in shared.items()
            if count >= together and pair[0][:SHORTEST] != pair[1][:SHORTEST]
        )
        return _spread(sorted(apart), self.each)

    def _phrases(self) -> list[str]:
        """Give the sequences of three common words that are found most often."""
        common = set(self._common(COMMON))
        found = Counter(
            three
            for page in self.pages
            for three in _threes(page.words)
            if common.issuperset(three)
        )
        most = sorted(found, key=lambda three: (-found[three], three))
        written = (" ".join(three) for three in most)
        return [f'"{phrase}"' for phrase in islice(filter(self._is_written, written), self.each)]

    def _is_written(self, phrase: str) -> bool:
        """Tell a phrase of running text from words that only punctuation joins."""
        return any(f" {phrase} " in page.body for page in self.pages)

    def _titles(self) -> list[str]:
        if self.known:
            return [query["text"] for query in self.known if query["kind"] == "title"][: self.each]
        return _spread(
            [page.title for page in self.pages if len(page.title.split()) > SHORTEST], self.each
        )

    def _misspelt(self) -> list[str]:
        if self.known:
            return [query["text"] for query in self.known if query["kind"] == "typo"][: self.each]
        return [misspelt(title) for title in self._titles()]


def misspelt(title: str) -> str:
    """Take a title's two longest words, and leave a letter out of the longest.

    >>> misspelt("Notes from the harbour wall")
    'harour Notes'
    """
    longest = sorted(title.split(), key=lambda word: (-len(word), word))[:2]
    middle = len(longest[0]) // 2
    return " ".join((longest[0][:middle] + longest[0][middle + 1 :], *longest[1:]))


def _threes(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def _spread(choice: Sequence[str], count: int) -> list[str]:
    """Take some of many at even distances.

    >>> _spread("abcdefgh", 4)
    ['a', 'c', 'e', 'g']
    """
    step = max(1, len(choice) // count)
    return list(choice[::step][:count])


def _known(path: Path | None) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path else []


def read_pages(paths: Iterable[Path]) -> list[Page]:
    """Read the articles' pages of a built site."""
    return [read_page(path.read_bytes()) for path in paths]
