"""Browser modules joined into one file: each as it was, or a fault that says which and why."""

import shutil
import subprocess

import pytest

from site_builder.errors import ArchiveError
from site_builder.pages.assets import Assets
from site_builder.pages.scripts import join, joined
from site_builder.pages.small import small_script

MODULES = {
    "page.js": 'import { greet } from "./words.js";\nimport "./marks.js";\nconst name = 1;\ngreet(name);\n',
    "words.js": (
        'import { MARK } from "./marks.js";\n'
        "const name = `a  ${`b  c`}`; // not page.js's\n"
        "export function greet(who) {\n  console.log(name, who, MARK, /[/\"]  x/.test('\"  x'));\n}\n"
    ),
    "marks.js": '/** Said first. */\nconsole.log("marks");\nexport const MARK = "!";\n',
}


def test_a_joined_script_does_what_its_modules_do(tmp_path):
    """In their order, each once, with its own names; strings and patterns stay as they are."""
    node = shutil.which("node") or pytest.skip("no Node on this machine")
    (tmp_path / "page.mjs").write_text(join("page.js", MODULES), "utf-8")
    ran = subprocess.run([node, tmp_path / "page.mjs"], capture_output=True, text=True, check=True)

    assert "marks\na  b  c 1 ! true\n" == ran.stdout


def test_only_what_is_loaded_by_itself_is_published():
    """Modules that others import are part of these; engine.js is for other sites too."""
    modules = {
        **MODULES,
        "engine.js": "export const a = 1;\n",
        "b.js": 'import { a } from "./engine.js";\n',
    }

    assert {"b.js", "engine.js", "page.js"} == set(joined(modules))
    assert joined(modules)["engine.js"].endswith("export{a};\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { x } from "./gone.js";\n', "imports gone.js, which is not there"),
        ('import { x } from "https://elsewhere.example/x.js";\n', "cannot be joined"),
        ('import x from "./marks.js";\n', "cannot be joined"),
        ("export default 1;\n", "cannot be joined"),
        ("const a = `no end;\n", "a template does not end"),
        ('import "./page.js";\n', "imports itself by way of"),
        ('import "./marks.js";\nexport const MARK = 2;\n', "marks.js exports 'MARK' too"),
    ],
)
def test_what_cannot_be_joined_is_said(text, message):
    """The fault names the module and what is wrong in it."""
    modules = {**MODULES, "page.js": 'import "./own.js";\n', "own.js": text}
    with pytest.raises(ArchiveError) as told:
        join("page.js", modules)

    assert message in told.value.message
    assert told.value.path in {"static/own.js", "static/page.js"}


def test_an_archives_module_stands_in_place_of_ours(tmp_path):
    """It is joined with the others; its scripts of other names are published as they are."""
    ours = {file.path: file.content for file in Assets(tmp_path).files()}
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "article.js").write_text("console.log( 'own' ); // own\n", "utf-8")
    (tmp_path / "static" / "map.js").write_text("let map  =  1; // as it is\n", "utf-8")
    files = {file.path: file.content for file in Assets(tmp_path).files()}

    assert b"console.log('own');" in files["static/article.js"]
    assert b"let map  =  1; // as it is\n" == files["static/map.js"]
    assert ours["static/worker.js"] == files["static/worker.js"]


@pytest.mark.parametrize(
    ("written", "small"),
    [
        ("a  +  b; // why\nc", "a+b;c"),
        ("a + +b - -c / /d e/.f / 2", "a+ +b- -c/ /d e/.f/2"),
        ("return  /[/'\"]  x/g . test ( y )", "return/[/'\"]  x/g.test(y)"),
        ("x = a\n  (b)\n", "x=a\n(b)"),
        ("if (a) {\n  b\n}\n\n\nc", "if(a){b}\nc"),
        (
            "`a  // ${ b ? ` and  ${ {c : 1}.c }` : '' }  /* d */`",
            "`a  // ${b?` and  ${{c:1}.c}`:''}  /* d */`",
        ),
        ("'a  \\' // b' /* c\n */ + 1 .d", "'a  \\' // b'\n+1 .d"),
        ("this . #x = /* c */ new  Y", "this.#x=new Y"),
    ],
)
def test_a_small_script_says_the_same(written, small):
    """Comments and idle white space go; texts, patterns and the ends of lines stay."""
    assert small + "\n" == small_script(written)


def test_addresses_carry_a_mark_of_the_content(tmp_path):
    """A changed file has another address, and so has the script that loads it."""
    before = Assets(tmp_path)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "worker.js").write_text("console.log(1);\n", "utf-8")
    after = Assets(tmp_path)
    page = {file.path: file.content.decode() for file in after.files()}["static/search-page.js"]

    for name in ("worker.js", "search-page.js"):
        assert before.address(name) != after.address(name)
    assert before.address("engine.js") == after.address("engine.js")
    assert f'"./{after.address("worker.js").removeprefix("static/")}"' in page
    assert "static/gone.js" == after.address("gone.js")
