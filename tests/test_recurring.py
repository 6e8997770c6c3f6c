"""Lines that recur at the ends of an outlet's texts are proposed as cuts, ready to be pasted."""

import pytest

from site_builder.build import Options, build, inspect

FOOTERS = [
    "Quay Herald (Saltmere) keeps the tide [daily] + more?",
    'It\'s the "Herald" that says so \\ no other.',
]


def an_archive(root, texts, footer):
    """Write texts of one outlet, with a line below each; the page of one is longer than its ends."""
    folder = root / "articles"
    folder.mkdir()
    for number in range(texts):
        body = "\n\n".join(
            f"Sentence {line} of text {number} is told here by nobody else." for line in range(9)
        )
        head = f"---\ntitle: Pier {number}\noutlet: Quay Herald\ndate: 2021-01-0{number + 1}\n---\n"
        (folder / f"pier-{number}.txt").write_text(f"{head}{body}\n\n{footer}\n", "utf-8")
    return root


def proposed(root):
    """Give what `check` proposes for outlets' files."""
    return [found for found in inspect(root, Options(jobs=1)) if "[[cut]]" in found.hint]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_proposed_cut_can_be_pasted_and_cuts_the_line(tmp_path, footer):
    """What `check` says to write is TOML that the build takes, and the line is gone from each page."""
    root = an_archive(tmp_path, 3, footer)
    (found,) = proposed(root)
    (root / "outlets").mkdir()
    cut = found.hint.partition("\n")[2]
    (root / found.path).write_text(f'name = "Quay Herald"\n\n{cut}\n', "utf-8")
    made = build(root, options=Options(jobs=1))

    assert footer in (root / "articles/pier-0.txt").read_text("utf-8")
    assert "outlets/quay-herald.toml" == found.path
    assert [] == proposed(root)
    assert 3 == made.articles


def test_a_line_of_two_files_is_not_proposed(tmp_path):
    """Two may be chance."""
    assert [] == proposed(an_archive(tmp_path, 2, FOOTERS[0]))
