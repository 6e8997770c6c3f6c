# ruff: noqa: RUF001 — curly quotes are the point
"""Reading profiles: rules are data, and each line is taken by one rule at most."""

import re
import time

import pytest

from site_builder.model import Basis, Reason
from site_builder.outlet import Outlet, Rule
from site_builder.reading.text import generic
from site_builder.reading.text.profiles import run

PATIENCE = 0.5
"""Seconds that all hostile lines take together at most; each once took a second or an hour."""

TEXT = "One\n\n  Two two  \nThree\n\nFour\nFive"


def rule(pattern, where="any", **more):
    return Rule(
        name=more.pop("name", "test.rule@1"),
        where=where,
        pattern=pattern,
        reason=more.pop("reason", Reason.FOOTER),
        **more,
    )


def taken_lines(text, *rules):
    return [text[start:end].strip() for start, end in run(text, rules).lines]


@pytest.mark.parametrize(
    ("expected", "tried"),
    [
        (["One", "Two two"], rule(".+", "first", lines=2)),
        (["Four", "Five"], rule(".+", "last", lines=2)),
        (["One", "Two two", "Three", "Four", "Five"], rule(".+")),
        ([], rule("Two", "any")),
        (["Five"], rule("F.+", "last", lines=1)),
        (["One", "Two two", "Three", "Four", "Five"], rule(".+", "last", lines=99)),
    ],
)
def test_a_rule_is_tried_on_its_lines_alone(expected, tried):
    """Lines are counted without the blank ones, and a pattern fits a whole line or not at all."""
    assert expected == taken_lines(TEXT, tried)


def test_a_line_is_cut_with_its_line_feed():
    """Where a rule fits, the whole line goes, with the white space at its ends."""
    (edit,) = run(TEXT, [rule("Two two", reason=Reason.CAPTION)]).edits

    assert ("  Two two  \n", Reason.CAPTION) == (TEXT[edit.start : edit.end], edit.reason)


def test_the_first_rule_that_fits_has_the_line():
    """An outlet's rules stand before the generic ones, so they win."""
    taken = run(TEXT, [rule("Three", name="own@1"), rule("T.*", name="generic@1")])

    assert ["generic@1", "own@1"] == [edit.rule for edit in taken.edits]


def test_a_group_named_cut_is_cut_in_place_of_the_line():
    """What is run into a line can be cut and the rest of the line kept."""
    text = "  Quay Herald: the pier is closed"
    (edit,) = run(text, [rule("(?P<cut>(?P<outlet>Quay Herald): ).+")]).edits

    assert ("  Quay Herald: ", "outlet") == (text[edit.start : edit.end], edit.feeds)


def test_named_groups_feed_fields():
    """A value is stated, with the place of its words; the file's words are kept where they differ."""
    text = "Written by  Jane  Doe, Ann Lee on 4 November 2023"
    taken = run(text, [rule("Written by (?P<authors>.+) on (?P<published>.+)")])
    names, (day,) = taken.all("authors"), taken.all("published")

    assert ["Jane Doe", "Ann Lee"] == [name.value for name in names]
    assert ["Jane  Doe", ""] == [name.as_written.strip() for name in names]
    assert ("2023-11-04", "4 November 2023") == (day.value, text[slice(*day.chars)])
    assert {Basis.STATED} == {one.basis for one in (*names, day)}


def test_a_rule_with_a_note_infers():
    """What a rule only concludes is inferred, and its note says how."""
    (outlet,) = run(
        "Call the Herald", [rule("Call the (?P<outlet>.+)", note="its phone line")]
    ).all("outlet")

    assert (Basis.INFERRED, "its phone line") == (outlet.basis, outlet.note)


def test_a_rule_may_leave_its_line_in_the_text():
    """A line can tell something and stay."""
    taken = run("Herald", [rule("(?P<outlet>.+)", keep=True)])

    assert ((), "Herald") == (taken.edits, taken.all("outlet")[0].value)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("On (?P<published>.+)", "On a fine day"),
        ("On (?P<published>.+)", "On 02/01/2020"),
        ("See (?P<url>.+)", "See page two"),
    ],
)
def test_a_value_that_makes_no_sense_leaves_the_line_alone(pattern, line):
    """A doubtful line stays where a reader sees it, and feeds nothing."""
    taken = run(line, [rule(pattern)])

    assert ((), (), ()) == (taken.edits, taken.fed, taken.lines)


def test_what_stands_before_the_start_is_no_line():
    """Front matter is no part of the text that the rules see."""
    taken = run(TEXT, [rule(".+", "first", lines=1)], start=TEXT.index("Three"))

    assert [(TEXT.index("Three"), TEXT.index("Three") + 5)] == list(taken.lines)


def test_every_generic_rule_can_be_written_in_the_record():
    """Each has a name with a version, a pattern that compiles, and groups that are fields."""
    fields = {"published", "modified", "retrieved", "outlet", "authors", "url", "title", "section"}
    fields |= {"language", "captions", "rights", "tags", "cut"}
    odd = [
        one.name
        for one in generic.rules()
        if not re.fullmatch(r"[a-z]+\.[a-z-]+@\d+", one.name)
        or set(re.compile(one.pattern).groupindex) - fields
    ]

    assert [] == odd


SENTENCES = """
The pier is closed, the harbour board said on Tuesday.
Share prices fell at noon.
Subscribers to the ferry pay less.
Follow us into the harbour, the pilot called.
Photo finish at the regatta as two boats cross the line
Home is where the harbour is
The News / Sport split in the town's only paper is over
Published poets met at the quay.
Update the charts, the pilot said
By Tuesday the work was done
Source of the Lenn found
Date palms on the promenade
Print is dead, said the printer
Copyrights are sold by the yard
Tags on the nets tell whose they are
Cookies and tea were served
Tweet, said the bird
Copyright law was changed in 2001
Share to rise, says bank
Share this, and be merry
Subscribe to the harbour letter, he said, and you will know
Sign up for the regatta by noon
Get the right app for the job, he said
Mayor Unveils Apple TV
Print this on the fish boxes
"""


@pytest.mark.parametrize("line", SENTENCES.strip().split("\n"))
def test_an_ordinary_line_is_no_boilerplate(line):
    """Lines of news that begin as boilerplate does stay in the text, at its top as at its end."""
    text = f"{line}\n\nThe board met.\n\n{line}"

    assert () == run(text, generic.rules()).lines


BOILERPLATE = """
Share
Share this article on Facebook
Share via e-mail
Tweet
Print this page
Subscribe now!
Subscribe to our newsletter
Sign up for daily updates from the harbour
Follow us on Twitter, Facebook and YouTube
Follow Quay Herald on Telegram
Download our app on Google Play
Quay Herald News Roku
Exit mobile version
This website uses cookies to improve your experience.
Accept all cookies
Leave a comment
© Quay Herald 2021
Copyright © 2021 Quay Herald
Copyright 2021 Quay Herald. All rights reserved.
All Rights Reserved
www.herald.example
Coast Radio can also be heard at the following frequencies:
Quay Herald’s website can also be accessed at the following alternate addresses:
"""


@pytest.mark.parametrize("line", BOILERPLATE.strip().split("\n"))
def test_boilerplate_goes_from_the_last_lines_alone(line):
    """What sites repeat below every article is cut at the end of a text, and nowhere else."""
    body = "The pier is closed.\n" * 9

    assert [line] == taken_lines(f"{body}{line}", *generic.rules())
    assert [] == taken_lines(f"{line}\n{body}", *generic.rules())


def test_a_declared_outlet_is_known_by_name():
    """A name that does not sound like a publisher's is taken as one where the archive declares it."""
    line = "Coastwatch, 5 January 2015\n\nThe pier is closed."
    outlets = (Outlet(id="coastwatch", name="Coastwatch"),)

    assert () == run(line, generic.rules()).all("outlet")
    assert ["Coastwatch"] == [one.value for one in run(line, generic.rules(outlets)).all("outlet")]


def test_a_hostile_line_takes_no_longer_than_a_plain_one():
    """Patterns meet long runs of what they look for without running away."""
    hostile = [
        *("> " * 900, "/  " * 600, "A " * 900, "(Photo by " * 150, "By " + "Aa " * 500),
        *(f"Home{f'{sign:^19}a' * 20}." for sign in ">/"),
        *(f"{label}{' ' * 1900}{'x' * 70}|" for label in ("Published", "Updated", "Retrieved")),
    ]
    started = time.process_time()
    edits = [edit for line in hostile for edit in run(line, generic.rules()).edits]

    assert [] == edits
    assert time.process_time() - started < PATIENCE
