"""The per-article stage: what is derived again, and what is not."""

import pytest

from site_builder.build import build

ELSEWHERE = b"what the archive's keeper shows to nobody"


@pytest.fixture
def pictured(tmp_path):
    """An archive with one article that shows a picture, built."""
    folder = tmp_path / "archive" / "articles"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("# The map\n\n![](map.png)\n", encoding="utf-8")
    (folder / "map.png").write_bytes(b"a map")
    build(tmp_path / "archive")
    return tmp_path / "archive"


def test_a_picture_that_became_a_link_to_elsewhere_is_not_published(tmp_path, pictured):
    """What was checked when the article was read is checked again at each build."""
    (tmp_path / "secret.png").write_bytes(ELSEWHERE)
    (pictured / "articles" / "map.png").unlink()
    (pictured / "articles" / "map.png").symlink_to(tmp_path / "secret.png")
    built = build(pictured)

    assert ["articles/a.md"] == [problem.path for problem in built.problems]
    assert ELSEWHERE not in [path.read_bytes() for path in (pictured / "_site").rglob("*.png")]


def test_a_picture_that_changed_is_published_anew(pictured):
    """A page's pictures are no part of its key, and are copied at each build."""
    (pictured / "articles" / "map.png").write_bytes(b"a better map")
    built = build(pictured)

    assert {"a/map.png", "rendered-sha256.txt"} == set(built.published.changed)
    assert (pictured / "_site" / "a" / "map.png").read_bytes() == b"a better map"


def test_a_static_folder_that_is_a_link_to_elsewhere_is_not_published(tmp_path, pictured):
    """Nothing outside the archive gets into the site."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "diary.txt").write_bytes(ELSEWHERE)
    (pictured / "static").symlink_to(tmp_path / "private")
    build(pictured)

    assert not (pictured / "_site" / "static" / "diary.txt").exists()
