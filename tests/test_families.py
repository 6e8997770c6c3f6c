"""Which terms stand for each other."""

import pytest
import Stemmer

from site_builder.names import Authority
from site_builder.search.families import STEMMERS, Vocabulary, families, stemmer_of
from site_builder.search.lexicon import Lexicon

from .reference_index import lexicon_of, make_row


def lexicon(rows, names=()):
    return Lexicon(lexicon_of(rows, names))


def test_every_stemmer_is_one_that_snowball_has():
    """No language leads to a stemmer that is not there."""
    assert [] == sorted(set(STEMMERS.values()) - set(Stemmer.algorithms()))


def test_the_main_subtag_chooses_the_stemmer():
    """Region and case do not matter; a language without a stemmer has none."""
    assert ["english", "english", "german", "", ""] == [
        stemmer_of(language) for language in ("en", "EN-gb", "de-AT", "ja", "")
    ]


def test_terms_that_share_a_stem_are_a_family():
    """Forms of one word in the articles of one language stand for each other; a single form is no family."""
    rows = [
        make_row("a", "Negotiations", "they negotiate"),
        make_row("b", "", "negotiating harbour"),
    ]

    assert ["negotiate", "negotiating", "negotiations"] == lexicon(rows).family("negotiate")
    assert ["harbour"] == lexicon(rows).family("harbour")


def test_languages_make_families_apart():
    """Two forms that meet only across languages are no family."""
    assert ["walls"] == lexicon(
        [make_row("a", "", "wall", language="en"), make_row("b", "", "walls", language="de")]
    ).family("walls")
    assert ["wall", "walls"] == lexicon(
        [make_row("a", "", "wall", language="en"), make_row("b", "", "walls", language="en-GB")]
    ).family("walls")


def test_an_article_of_no_known_language_makes_no_family():
    """Nothing is guessed: without a language there is no stemmer."""
    assert ["walls"] == lexicon([make_row("a", "", "wall walls", language="")]).family("walls")


def test_numbers_and_pairs_of_characters_are_not_stemmed():
    """What is no word of letters has no other forms."""
    numbers = Vocabulary({"1990", "1990s", "2s", "2", "海堤", "海"}, {})

    assert [] == families({"english": numbers}, {"1990"}, ())


@pytest.mark.parametrize(
    ("language", "text", "term", "family"),
    [
        ("ru", "красный красная красного", "красныи", ["красная", "красного", "красныи"]),
        ("ru", "включающий включает", "включает", ["включает", "включающии"]),
        ("ar", "حكومة الحكومة", "حكومه", ["الحكومه", "حكومه"]),
        ("tr", "kap\u0131lar\u0131 kap\u0131lardan", "kapilari", ["kapilardan", "kapilari"]),
        ("fr", "fermé fermée fermées", "ferme", ["ferme", "fermee", "fermees"]),
        ("de", "Gärten Gartens", "garten", ["garten", "gartens"]),
    ],
)
def test_endings_are_stemmed_as_they_are_written(language, text, term, family):
    """Folding takes letters from endings; forms of one word meet by what they were before."""
    assert family == lexicon([make_row("a", "", text, language=language)]).family(term)


def test_forms_that_fold_alike_are_one_term_with_the_families_of_both():
    """A term stands for what each of the words stands for that are written so without their marks."""
    found = lexicon([make_row("a", "", "schon schön schöne schöner", language="de")])

    assert ["schon", "schone", "schoner"] == found.family("schon")


def test_a_stem_of_one_letter_makes_no_family():
    """What a stemmer leaves of short words says nothing of what they mean."""
    words = Vocabulary({"दो", "दे", "दी", "करना", "करते"}, {})

    assert [("करते", "करना")] == families({"hindi": words}, words.words, ())


def test_names_declared_equal_are_a_family():
    """A label and its forms stand for each other, if each is one token and the archive has it."""
    names = (Authority(id="h", label="Haniyeh", forms=("Haniya", "Hanieh", "Ismail Haniyeh")),)
    known = {"haniyeh", "haniya", "ismail"}

    assert [("haniya", "haniyeh")] == families({}, known, names)
    assert [] == families({}, {"haniyeh"}, names)


def test_a_family_is_not_followed_further():
    """A term stands for the members of its own sets, not for what those belong to besides."""
    names = (Authority(id="w", label="wall", forms=("rampart",)),)
    found = lexicon([make_row("a", "", "wall walls rampart")], names)

    assert ["rampart", "wall", "walls"] == found.family("wall")
    assert ["wall", "walls"] == found.family("walls")
    assert ["rampart", "wall"] == found.family("rampart")


def test_a_lexicon_knows_its_terms_by_beginning_and_frequency():
    """Terms come by code point; a term counts once an article, wherever it stands."""
    found = lexicon([make_row("a", "sea", "sea seat"), make_row("b", "", "sea Älg 海堤")])

    assert [2, 1, 0] == [found.frequency(term) for term in ("sea", "seat", "se")]
    assert ["sea", "seat"] == found.terms("sea")
    assert ["alg", "sea", "seat", "海堤"] == found.terms("")
    assert [] == found.terms("sez")
