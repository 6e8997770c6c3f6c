"""The engine as docs/search-api.md tells of it, out of a built site: in Node, and from another page."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node") or "node"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "search-api.md"

needs_node = pytest.mark.skipif(
    shutil.which("node") is None and "CI" not in os.environ,
    reason="no Node on this machine: version 20 or later runs the engine outside a browser",
)


def examples():
    """Give the page's JavaScript examples."""
    return re.findall(r"^```js\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def ran(program):
    """Run a module in Node, and give the JSON that it prints."""
    done = subprocess.run(
        [NODE, "--input-type=module", "-"],
        input=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_node
def test_a_program_can_ask_a_built_site(built_example):
    """The page's own example, with the folder of a real site, finds what the terminal finds."""
    opened = examples()[1].replace("/srv/archive/_site", built_example.site.as_posix())
    answer = ran(
        f"{opened}\nconst answer = await index.search('harbour', {{ limit: 3 }});\n"
        "console.log(JSON.stringify({ ...answer, articles: index.articles }));"
    )

    assert sorted(answer) == sorted(
        [
            "articles",
            *re.findall(
                r"^\| `(\w+)` \|",
                PAGE.read_text("utf-8").partition("## The answer")[2],
                re.MULTILINE,
            ),
        ]
    )
    assert list(answer["hits"][0]) == ["id", "url", "title", "date", "outlet", "score", "lead"]
    assert len(answer["hits"]) == 3
    assert answer["failures"] == []


@needs_node
def test_the_other_doors_are_there(built_example):
    """Facets and months can be asked for alone, and count what the search counts."""
    opened = examples()[1].replace("/srv/archive/_site", built_example.site.as_posix())
    whole, facets, months = ran(
        f"{opened}\nindex.prepare();\nconst ways = ['search', 'facets', 'months'];\n"
        "const asked = ways.map((way) => index[way]('harbour'));\n"
        "console.log(JSON.stringify(await Promise.all(asked)));"
    )

    assert facets["facets"] == whole["facets"]
    assert sum(one["count"] for one in months["months"]) == whole["total"]


@needs_node
def test_a_missing_index_is_an_error_with_a_name(tmp_path, built_example):
    """A program can tell it from its own mistakes, and a reader can be shown what it says."""
    opened = examples()[1].replace(
        "/srv/archive/_site/static", f"{built_example.site.as_posix()}/static"
    )
    opened = opened.replace("/srv/archive/_site", tmp_path.as_posix())
    told = ran(
        opened.replace("const index = await", "const index =")
        + "const told = ({ name, file, message }) => ({ name, file, message });\n"
        + "console.log(JSON.stringify(await index.catch(told)));"
    )

    assert (told["name"], told["file"]) == ("ShardError", "manifest.json")
    assert told["message"].startswith("This part of the search index could not be loaded")


def test_another_page_of_the_host_can_ask(built_example, serve_under, page, tmp_path):
    """The first example of the page, on a page that is none of ours, in a folder beside the archive."""
    shutil.copytree(built_example.site, tmp_path / "archive")
    address = serve_under(tmp_path, "/")
    program = examples()[0].replace("https://archive.example/", f"{address}archive/")
    program = program.replace('"sea wall" after:2023', "harbour")
    (tmp_path / "other.js").write_text(program, "utf-8")
    (tmp_path / "other.html").write_text('<script type="module" src="other.js"></script>', "utf-8")
    told = []
    page.on("console", lambda line: line.type == "log" and told.append(line.text))
    page.goto(f"{address}other.html")
    page.wait_for_load_state("networkidle")

    assert len(told) == 5
    assert all(f"{address}archive/" in line for line in told)
