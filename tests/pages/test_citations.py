"""Citations as a careful writer would set them."""

import msgspec
import pytest

from site_builder.model import Assertion, Basis
from site_builder.pages.citations import citations

COPY = "Harbour <Press> Archive, record 8df2367aeb56, https://archive.example/harbour/a/"


def cited(article, archive):
    return {citation.style: citation.text for citation in citations(article, archive)}


def test_all_that_is_known_stands_in_each_style(make, archive):
    """Names, headline with inner quotes turned, outlet, date in the style's form, both addresses."""
    article = make.article(
        "a",
        title="The “great” flood",
        date="2023-09-04",
        outlet="Gazette",
        authors=("Ann Doe", "Bo Roe"),
        url=make.stated("https://gazette.example/flood"),
    )
    expected = {
        "Chicago": "Ann Doe and Bo Roe, “The \u2018great\u2019 flood,” Gazette, September 4, 2023,"
        f" https://gazette.example/flood. Archived copy: {COPY} (accessed [date]).",
        "MLA": "Ann Doe and Bo Roe. “The \u2018great\u2019 flood.” Gazette, 4 Sept. 2023,"
        f" https://gazette.example/flood. {COPY}. Accessed [date].",
        "APA": "Ann Doe & Bo Roe. (2023, September 4). The “great” flood. Gazette."
        f" https://gazette.example/flood Archived copy: {COPY}. Retrieved [date].",
    }

    assert expected == cited(article, archive)


def test_what_is_unknown_is_said_in_cataloguers_words(make, archive):
    """No author is left out, no date is n.d., no publisher is [publisher not identified]."""
    expected = {
        "Chicago": f"“a,” [publisher not identified], n.d. Archived copy: {COPY} (accessed [date]).",
        "MLA": f"“a.” [publisher not identified], n.d. {COPY}. Accessed [date].",
        "APA": f"a. (n.d.). [publisher not identified]. Archived copy: {COPY}. Retrieved [date].",
    }

    assert expected == cited(make.article("a"), archive)


@pytest.mark.parametrize(
    ("date", "chicago", "mla", "apa"),
    [
        ("2023", "2023", "2023", "(2023)"),
        ("2023-11", "November 2023", "Nov. 2023", "(2023, November)"),
        ("1887-05-01", "May 1, 1887", "1 May 1887", "(1887, May 1)"),
    ],
)
def test_a_date_is_as_exact_as_the_file_makes_it(make, archive, date, chicago, mla, apa):
    """Year, month or day; never more than is known."""
    found = cited(make.article("a", date=date, outlet="G"), archive)

    assert f" G, {chicago}. Archived" in found["Chicago"]
    assert f" G, {mla}. Harbour" in found["MLA"]
    assert f"{apa}." in found["APA"]


def test_an_inferred_date_stands_in_brackets_with_a_question_mark(make, archive):
    """As cataloguers write what they have concluded."""
    article = make.article("a", date=make.inferred("2016-03-18"))

    assert ", [March 18, 2016?]." in cited(article, archive)["Chicago"]


def test_a_headline_that_ends_a_sentence_gets_no_second_sign(make, archive):
    """A question mark is enough."""
    found = cited(make.article("a", title="Who pays?", outlet="G"), archive)

    assert found["Chicago"].startswith("“Who pays?” G, ")
    assert found["MLA"].startswith("“Who pays?” G, ")
    assert found["APA"].startswith("Who pays? (n.d.). G.")


def test_a_supplied_headline_has_brackets_and_no_quotes(make, archive):
    """It is not the publisher's wording."""
    title = Assertion(value="Seals", basis=Basis.SUPPLIED)
    found = cited(make.article("a", title=title), archive)

    assert found["Chicago"].startswith("[Seals], ")
    assert found["MLA"].startswith("[Seals]. ")


def test_many_names_are_shortened(make, archive):
    """Three stand in full, more become the first and the others."""
    three = cited(make.article("a", authors=("A", "B", "C")), archive)
    four = cited(make.article("a", authors=("A", "B", "C", "D")), archive)

    assert three["MLA"].startswith("A, B, and C. ")
    assert four["MLA"].startswith("A et al. ")


def test_without_an_address_the_record_is_cited_by_its_number(make, archive):
    """The number is the beginning of the original's hash: it finds the article in any copy."""
    found = cited(make.article("a"), msgspec.structs.replace(archive, address=""))

    assert found["MLA"].endswith(" Harbour <Press> Archive, record 8df2367aeb56. Accessed [date].")
