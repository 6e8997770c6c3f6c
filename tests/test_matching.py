"""Which documents answer a query, and in what order: docs/search-format.md, section 4."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.names import Authority
from site_builder.search import FACETS, Kind, Note, search
from site_builder.search.spelling import allowed, distance, near

from .reference_index import ReferenceIndex, archives, in_order, make_row, queries

HARBOUR = in_order(
    [
        make_row("undated", "Notes", "storm notes of the harbour master"),
        make_row("flood", "The flood", "a storm, a flood, a broken sea wall", date="2022-12-31"),
        make_row(
            "wall",
            "Sea wall",
            "the council negotiates over the wall by the sea",
            date="2023-05",
            outlet="Harbour Post",
            tags=["sea wall", "council"],
            authors=["Ann Lee"],
        ),
        make_row(
            "talks",
            "Negotiations",
            "negotiations go on; storms ahead",
            date="2023-05-04",
            outlet="The Evening Post",
            language="en-GB",
            authors=["Bo Lee-Marsh"],
        ),
        make_row("mauer", "Die Mauer", "der Sturm und die Mauer", date="2024", language="de"),
    ]
)


def ids(query, rows=HARBOUR, names=(), **options):
    return [hit.id for hit in search(ReferenceIndex(rows, names), query, **options).hits]


def found(query, rows=HARBOUR, names=()):
    return sorted(ids(query, rows, names))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("storm", ["flood", "talks", "undated"]),
        ('"storm"', ["flood", "undated"]),
        ("negotiation", ["talks", "wall"]),
        ("negotiate", ["talks", "wall"]),
        ('"sea wall"', ["flood", "wall"]),
        ('"wall sea"', []),
        ('"wall by the sea"', ["wall"]),
        ("sea-wall", ["flood", "wall"]),
        ("title:sea-wall", ["wall"]),
        ("title:storm", []),
        ("title:the", ["flood"]),
        ("neg*", ["talks", "wall"]),
        ("title:neg*", ["talks"]),
        ("flod~", ["flood"]),
        ("fluud~", []),
        ("outlet:post", ["talks", "wall"]),
        ('outlet:"harbour post"', ["wall"]),
        ('outlet:"post harbour"', []),
        ("author:lee", ["talks", "wall"]),
        ("author:marsh", ["talks"]),
        ("author:mar", []),
        ("tag:wall", ["wall"]),
        ("language:en", ["flood", "talks", "undated", "wall"]),
        ("language:EN-gb", ["talks"]),
        ("language:e", []),
        ("date:2023", ["talks", "wall"]),
        ("date:2023-05", ["talks", "wall"]),
        ("date:2023-05-04", ["talks"]),
        ("date:2024", ["mauer"]),
        ("date:2024-01", []),
        ("after:2024", ["mauer"]),
        ("after:2024-02", []),
        ("before:2024-12-31", ["flood", "talks", "wall"]),
        ("before:2025", ["flood", "mauer", "talks", "wall"]),
        ('outlet:"harbour post" ("sea wall" OR breakwater) -storm after:2023-05', ["wall"]),
        ('outlet:"evening post" (storm OR breakwater) -"sea wall" before:2024', ["talks"]),
        ('title:notes -(outlet:post OR "broken sea wall")', ["undated"]),
        ("after:2023-05", ["mauer", "talks", "wall"]),
        ("after:2023-05-01", ["mauer", "talks", "wall"]),
        ("after:2023-05-02", ["mauer", "talks"]),
        ("before:2023", ["flood"]),
        ("before:2023-05-31", ["flood", "talks"]),
        ("before:2023-06", ["flood", "talks", "wall"]),
        ("after:2023 before:2024", ["talks", "wall"]),
        ("-storm", ["mauer", "wall"]),
        ("-(storm OR mauer)", ["wall"]),
        ("-date:2023", ["flood", "mauer", "undated"]),
        ("council OR flood", ["flood", "wall"]),
        ("council OR -storm", ["mauer", "wall"]),
        ("(storm harbour) OR council", ["undated", "wall"]),
        ("", []),
        ("!!!", []),
        ("constructor __proto__", []),
    ],
)
def test_what_each_node_gives(query, expected):
    """Each kind of node gives the documents that the page says."""
    assert expected == found(query)


def test_a_word_is_searched_with_its_family():
    """The reader is told the other forms; a quoted word stands for itself and needs no note."""
    results = search(ReferenceIndex(HARBOUR), 'storm "flood"')

    assert (Note(kind=Kind.FAMILY, term="storm", terms=("storms",)),) == results.notes


def test_the_form_that_was_asked_for_counts_more():
    """An occurrence of another form of the word counts half."""
    rows = [make_row("as asked", "", "storm x"), make_row("other form", "", "storms x")]

    assert ["as asked", "other form"] == ids("storm", rows)
    assert ["other form", "as asked"] == ids("storms", rows)


def test_an_unknown_word_is_searched_by_its_beginning():
    """The longest known beginning, at most three code points shorter and four long, with its family."""
    results = search(ReferenceIndex(HARBOUR), "stormier")

    assert (
        Note(kind=Kind.BEGINNING, term="stormier", instead=("storm",), terms=("storm", "storms")),
    ) == results.notes
    assert 3 == results.total


def test_an_unknown_word_is_searched_by_its_nearest_spellings():
    """The three likeliest of those one edit away: those in most articles, ties by code point."""
    rows = [
        make_row("a", "", "bxarn bcarn bdarn"),
        make_row("b", "", "bxarn bdarn bfarn"),
        make_row("c", "", "bxarn barnnn"),
    ]
    results = search(ReferenceIndex(rows), "bzarn")

    assert (
        Note(
            kind=Kind.SPELLING,
            term="bzarn",
            instead=("bxarn", "bdarn", "bcarn"),
            terms=("bcarn", "bdarn", "bxarn"),
        ),
    ) == results.notes


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gverment", ("goverment",)),
        ("walled", ("walked", "wall", "waller")),
        ("wlaker", ("walker",)),
        ("bard", ("beard", "bars")),
        ("stonewalled", ("stonewall",)),
        ("stonxwxll", ("stonewall",)),
    ],
)
def test_the_likeliest_spellings_stand_in(word, expected):
    """A likely slip weighs four times, a known beginning is as near as one edit, the rarest are left out."""
    bodies = [
        *["walked wall walker bars"] * 3,
        *["goverment"] * 21,
        *["stonewall"] * 2,
        "governent beard waller",
    ]
    rows = [make_row(str(number), "", body, language="") for number, body in enumerate(bodies)]
    (note,) = search(ReferenceIndex(rows), word).notes

    assert expected == note.instead


def test_a_word_like_nothing_finds_nothing_and_says_so():
    """What was not found is reported too, once."""
    results = search(ReferenceIndex(HARBOUR), "zzzz zzzz")

    assert (Note(kind=Kind.NOTHING, term="zzzz"),) == results.notes
    assert 0 == results.total


OFFERING = [
    *(make_row(f"{number}", "", "harbour 2011a wall") for number in range(50)),
    make_row("rare", "", "harbor 2012a wail harbours"),
    make_row("twice", "", "harbourx"),
    make_row("again", "", "harbourx"),
]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("harbor", ["harbour"]),
        ('"harbor"', []),
        ("harbours", []),
        ("harbourx", []),
        ("wail", []),
        ("2012a", []),
        ("harbour", []),
    ],
)
def test_a_rare_word_near_a_common_one_is_searched_and_the_common_one_offered(query, offered):
    """One edit away, fifty times as common; never for a quoted or short word, a digit, or another form."""
    results = search(ReferenceIndex(OFFERING), query)
    offers = [note.instead[0] for note in results.notes if note.kind is Kind.OFFER]

    assert offered == offers


def test_a_prefix_stands_for_no_more_than_64_terms():
    """Those in most articles are kept, ties by code point."""
    body = " ".join(f"pre{number:03}" for number in range(70))
    rows = [
        make_row("many", "", body),
        make_row("last", "", "pre069"),
        make_row("cut", "", "pre063"),
    ]

    assert ["last", "many", "cut"][:2] == sorted(found("pre*", rows[:2]))[:2]
    assert ["cut", "last", "many"] == found("pre*", rows)
    assert ["many"] == found("pre*", [rows[0], make_row("out", "", "other")])


def test_names_declared_equal_are_searched_together():
    """A name in one spelling finds the other; in quotes it does not."""
    rows = [make_row("a", "", "Haniya spoke"), make_row("b", "", "Haniyeh spoke")]
    names = (Authority(id="h", label="Haniyeh", forms=("Haniya",)),)

    assert ["a", "b"] == found("haniya", rows, names)
    assert ["a"] == found('"haniya"', rows, names)


def test_overlapping_phrases_all_count():
    """Each place where a phrase begins is an occurrence."""
    twice, once = make_row("twice", "", "la la la x"), make_row("once", "", "la la x x")

    assert ["twice", "once"] == ids('"la la"', [once, twice])


def test_a_phrase_never_spans_two_fields():
    """The end of a title and the beginning of a body are no neighbours."""
    assert [] == found('"sea wall"', [make_row("a", "the sea", "wall")])


def test_documents_with_every_word_come_first():
    """With fewer than ten of them, those with some follow, and the reader is told where."""
    results = search(ReferenceIndex(HARBOUR), "storm flood council")

    assert (0, 4) == (results.complete, results.total)
    results = search(ReferenceIndex(HARBOUR), "storm flood")

    assert (1, 3) == (results.complete, results.total)
    assert "flood" == results.hits[0].id


def test_words_that_stand_together_are_looked_for_apart_where_too_few_have_them_so():
    """A compound word, and a run of a script without spaces, come first whole, then in their parts."""
    rows = [
        make_row("whole", "", "a well-known wall"),
        make_row("parts", "", "known as well for a wall"),
        make_row("run", "", "海堤沿い", language="ja"),
        make_row("pairs", "", "海堤 沿い", language="ja"),
    ]
    compound = search(ReferenceIndex(rows), "well-known")
    run = search(ReferenceIndex(rows), "海堤沿い")

    assert (["whole", "parts"], 1) == ([hit.id for hit in compound.hits], compound.complete)
    assert (["run", "pairs"], 1) == ([hit.id for hit in run.hits], run.complete)
    assert ["whole"] == ids('"well-known"', rows)
    assert () == run.notes


def test_a_title_that_has_the_query_comes_first():
    """The larger the part of the query in the title, the more it adds."""
    rows = [
        make_row("text", "Minutes", "sea wall sea wall sea wall sea wall"),
        make_row("half", "The sea", "a wall by the sea with a sea wall"),
        make_row("title", "Notes on the sea wall of the town", "it stands"),
        make_row("none", "Other", "nothing of it"),
    ]

    assert "title" == ids("sea wall", rows)[0]


def test_strict_items_hold_for_all():
    """What is filtered, excluded or quoted is never given up for a longer list."""
    assert ["talks"] == found("storm council date:2023-05-04")
    assert ["flood"] == found('"storm" flood council')
    assert ["wall"] == found("storm council -storm")


def test_one_loose_item_is_not_given_up():
    """With a single loose item there is nothing to give up."""
    assert [] == found("council date:2022")


def test_ten_complete_documents_are_enough():
    """Those with some words follow only where fewer than ten have all."""
    rows = [make_row(f"{n:02}", "", "storm flood") for n in range(10)]
    some = make_row("some", "", "storm")

    assert 10 == search(ReferenceIndex(in_order([*rows, some])), "storm flood").total
    assert 10 == search(ReferenceIndex(in_order([*rows[1:], some])), "storm flood").total
    assert 9 == search(ReferenceIndex(in_order([*rows[1:], some])), "storm flood").complete


def test_filters_take_away_before_the_ten_are_counted():
    """Ten complete documents of which a filter leaves nine are not enough."""
    rows = [make_row(f"{n:02}", "", "storm flood", outlet="Post" if n else "") for n in range(10)]
    index = ReferenceIndex(in_order([*rows, make_row("some", "", "storm", outlet="Post")]))
    results = search(index, "storm flood", filters={"outlet": ["Post"]})

    assert (9, 10) == (results.complete, results.total)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"outlet": ["Harbour Post"]}, ["wall"]),
        ({"outlet": ["Harbour Post", ""]}, ["flood", "mauer", "undated", "wall"]),
        ({"year": ["2023"]}, ["talks", "wall"]),
        ({"year": ["", "2022"]}, ["flood", "undated"]),
        ({"language": ["en"]}, ["flood", "undated", "wall"]),
        ({"tag": ["council", "nothing"]}, ["wall"]),
        ({"year": ["2023"], "language": ["en"]}, ["wall"]),
        ({"year": []}, []),
        ({"outlet": ["constructor"]}, []),
    ],
)
def test_filters_alone_give_every_document_they_leave(filters, expected):
    """Values of one facet are alternatives, facets hold together, and an empty choice is none."""
    results = search(ReferenceIndex(HARBOUR), "", filters=filters)

    assert expected == sorted(hit.id for hit in results.hits)
    assert {0.0} >= {hit.score for hit in results.hits}


def test_facets_are_counted_without_their_own_filter():
    """The counts say what choosing another value of the same facet would give; most first."""
    results = search(ReferenceIndex(HARBOUR), "storm", filters={"year": ["2023"]})

    assert {"": 1, "2022": 1, "2023": 1} == results.facets["year"]
    assert {"The Evening Post": 1} == results.facets["outlet"]
    assert {"en-GB": 1} == results.facets["language"]
    assert {} == results.facets["tag"]


def test_equal_scores_go_by_date_and_then_by_id():
    """Newer before older, undated last; of one date the smaller id first."""
    rows = in_order(
        make_row(id_, "", "storm", date=date)
        for id_, date in [("b", "2023"), ("a", "2023"), ("c", "2024"), ("d", "")]
    )

    assert ["c", "a", "b", "d"] == ids("storm", rows)


def test_sorted_by_date_the_newest_comes_first_in_each_part():
    """Score does not matter then, but documents with every word still come first."""
    assert ["talks", "flood", "undated"] == ids("storm", sort="date")
    assert ["undated", "talks", "wall", "flood"] == ids("storm OR wall harbour", sort="date")[:4]


def test_a_page_of_hits_is_a_part_of_the_list():
    """Limit and offset cut the same list; the total stays."""
    whole = ids("storm OR wall OR mauer")
    results = search(ReferenceIndex(HARBOUR), "storm OR wall OR mauer", limit=2, offset=1)

    assert whole[1:3] == [hit.id for hit in results.hits]
    assert len(whole) == results.total


def test_a_hit_says_what_a_list_shows():
    """Its page's address is percent-encoded; what is not known is empty."""
    rows = [make_row("orte/küste", "Die Küste", "Sturm")]
    hit = search(ReferenceIndex(rows), "sturm").hits[0]

    assert ("orte/küste", "orte/k%C3%BCste/", "Die Küste", "", "") == (
        hit.id,
        hit.url,
        hit.title,
        hit.date,
        hit.outlet,
    )


def test_filters_and_grammar_hold_together():
    """What is written in the query limits every count; what is chosen beside it, all counts but its own."""
    index = ReferenceIndex(HARBOUR)
    results = search(
        index, "-outlet:evening storm OR mauer OR wall", filters={"year": ["", "2024"]}
    )

    assert {"mauer", "undated"} == {hit.id for hit in results.hits}
    assert {"": 1, "2022": 1, "2023": 1, "2024": 1} == results.facets["year"]
    assert {"": 2} == results.facets["outlet"]
    assert {"de": 1, "en": 1} == results.facets["language"]


def test_an_unknown_facet_or_order_is_a_fault_of_the_caller():
    """Readers cannot choose what is not offered."""
    with pytest.raises(ValueError, match="'colour'"):
        search(ReferenceIndex(HARBOUR), "storm", filters={"colour": ["red"]})
    with pytest.raises(ValueError, match="'size'"):
        search(ReferenceIndex(HARBOUR), "storm", sort="size")


@given(archives(), queries)
@settings(max_examples=100, deadline=None)
def test_every_answer_holds_together(rows, query):
    """Complete documents are part of the total, hits are counted once, and facets add up."""
    results = search(ReferenceIndex(rows), query, limit=100)
    scores = [hit.score for hit in results.hits]

    assert results.total == len({hit.id for hit in results.hits})
    assert results.complete <= results.total
    assert sorted(scores[: results.complete], reverse=True) == scores[: results.complete]
    assert {results.total} == {sum(results.facets[f].values()) for f in FACETS if f != "tag"}


def slow_distance(one, other):
    """Optimal string alignment, straight from its definition."""
    if not one or not other:
        return len(one) + len(other)
    choices = [
        slow_distance(one[:-1], other) + 1,
        slow_distance(one, other[:-1]) + 1,
        slow_distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if one[-2:] == other[:-3:-1] and len(one) > 1 and len(other) > 1:
        choices.append(slow_distance(one[:-2], other[:-2]) + 1)
    return min(choices)


@given(st.text("ab", max_size=5), st.text("abc", max_size=5))
@settings(max_examples=150, deadline=None)
def test_distances_are_those_of_the_definition(one, other):
    """Insertions, deletions, substitutions and swaps of neighbours, each one edit."""
    exact = slow_distance(one, other)

    assert exact == distance(one, other, 9)
    for limit in (1, 2):
        assert min(exact, limit + 1) == min(distance(one, other, limit), limit + 1)


@given(st.text("abç", min_size=3, max_size=9), st.lists(st.text("abç", max_size=10), max_size=8))
@settings(max_examples=150, deadline=None)
def test_near_spellings_are_all_within_the_distance(term, others):
    """The quick look at lengths and letters leaves nothing out."""
    expected = [other for other in others if distance(term, other, 9) <= allowed(term)]

    assert expected == [other for _, other in near(term, others)]
