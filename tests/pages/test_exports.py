"""References as other programs read them back."""

import json

import bibtexparser
import pytest
import rispy

from site_builder.pages.exports import exports

URL = "https://gazette.example/flood?a={1}&b=%20"


@pytest.fixture(scope="module")
def full(make):
    """An article of which all is known, with signs that mean something somewhere."""
    return make.article(
        "a",
        title=r"50% of {all} \emph{quays} & #walls_ ~ $5 ^ “sank”",
        date="2023-09-04",
        outlet="Gazette & Sons",
        authors=("Ann Doe", "The Staff and Others"),
        url=make.stated(URL),
    )


def of(article, archive):
    """Give an article's references by kind."""
    return {export.kind: export.text for export in exports(article, archive)}


def test_ris_reads_as_a_newspaper_article(full, archive):
    """Every value comes back whole, the publisher's and the archive's each in its own place."""
    (found,) = rispy.loads(of(full, archive)["ris"])

    assert found["type_of_reference"] == "NEWS"
    assert found["title"] == full.title.value
    assert found["authors"] == ["Ann Doe", "The Staff and Others"]
    assert found["secondary_title"] == "Gazette & Sons"
    assert (found["year"], found["date"]) == ("2023", "2023/09/04/")
    assert found["urls"] == ["https://archive.example/harbour/a/"]
    assert found["notes"] == [f"Original URL: {URL}"]
    assert found["name_of_database"] == "Harbour <Press> Archive"


def test_csl_json_names_a_newspaper_article(full, archive):
    """Names stand whole: no program can tell family names."""
    (found,) = json.loads(of(full, archive)["csl"])

    assert found["type"] == "article-newspaper"
    assert found["author"] == [{"literal": "Ann Doe"}, {"literal": "The Staff and Others"}]
    assert found["issued"] == {"date-parts": [[2023, 9, 4]]}
    assert found["title"] == full.title.value


def test_bibtex_keeps_every_sign(full, archive):
    """What means something to TeX is escaped, and a name with `and` in it stays one name."""
    library = bibtexparser.parse_string(of(full, archive)["bibtex"])
    (found,) = library.entries
    fields = {field.key: field.value for field in found.fields}

    assert not library.failed_blocks
    assert fields["title"] == (
        r"{50\% of \{all\} \textbackslash{}emph\{quays\} \& \#walls\_ \textasciitilde{} \$5"
        r" \textasciicircum{} “sank”}"
    )
    assert fields["author"] == "{Ann Doe} and {The Staff and Others}"
    assert fields["date"] == "2023-09-04"


def test_what_is_unknown_is_left_out_or_said(make, archive):
    """No date is made up, and never is the archive the publisher."""
    found = of(make.article("a"), archive)
    (csl,) = json.loads(found["csl"])

    assert "\nPY" not in found["ris"]
    assert "\nDA" not in found["ris"]
    assert "T2  - [publisher not identified]\n" in found["ris"]
    assert "issued" not in csl
    assert found["bibtex"].startswith("@misc{")
    assert "journal" not in found["bibtex"]


@pytest.mark.parametrize(
    ("date", "ris", "csl", "bibtex"),
    [("2023", "2023///", [2023], "2023"), ("2023-11", "2023/11//", [2023, 11], "2023-11")],
)
def test_a_reference_is_as_exact_as_the_file(make, archive, date, ris, csl, bibtex):
    """A year is not the first of January."""
    found = of(make.article("a", date=date, outlet="G"), archive)

    assert f"DA  - {ris}\n" in found["ris"]
    assert json.loads(found["csl"])[0]["issued"] == {"date-parts": [csl]}
    assert f"date = {{{bibtex}}}" in found["bibtex"]


def test_no_value_ends_a_line_or_a_record(make, archive):
    """A hostile title cannot add a field or begin another record."""
    title = 'x\nER  - \nTY  - BOOK\n}, author = {M"e"}'
    found = of(make.article("a", title=title), archive)

    assert len(rispy.loads(found["ris"])) == 1
    assert len(json.loads(found["csl"])) == 1
    assert len(bibtexparser.parse_string(found["bibtex"]).entries) == 1
