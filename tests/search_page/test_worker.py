"""The engine works beside the page, and in it where it must."""

from playwright.sync_api import expect


def test_the_engine_runs_in_a_worker(search, page):
    """The page's own thread loads no engine."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    search("?q=harbour")
    expect(page.locator(".status")).to_contain_text("26 articles found")

    assert [worker.url.rpartition("/")[2].partition("?")[0] for worker in page.workers] == [
        "worker.js"
    ]
    assert page.evaluate("performance.getEntriesByType('resource').length") < len(asked)


def test_without_workers_the_page_answers_itself(search, page):
    """Where a worker cannot be made, or does not start, results come all the same."""
    page.add_init_script("delete window.Worker")
    search("?q=harbour")

    expect(page.locator(".status")).to_contain_text("26 articles found")
    assert page.workers == []


def test_a_worker_that_does_not_start_is_replaced(search, page):
    """An error before its first word means that there will be none."""
    page.add_init_script(
        """window.Worker = class extends EventTarget {
          constructor() { super(); setTimeout(() => this.onerror(new Event('error'))); }
          postMessage() {}
        }"""
    )
    search("?q=harbour")

    expect(page.locator(".status")).to_contain_text("26 articles found")


def test_facets_are_fetched_after_the_results_and_only_where_they_are_seen(search, page):
    """On a phone, where they are folded away, nothing is fetched for them until they are opened."""
    columns = []
    page.on(
        "request",
        lambda request: request.url.endswith("facets.json") and columns.append(request.url),
    )
    page.set_viewport_size({"width": 390, "height": 800})
    search("?q=harbour")
    expect(page.locator(".hit-excerpt mark").first).to_be_visible()
    page.wait_for_timeout(1500)
    before = len(columns)
    page.locator("details.facets > summary").click()
    expect(page.locator(".facets input").first).to_be_visible()

    assert before == 0
    assert columns


def test_a_question_overtaken_is_not_shown(search, page):
    """While one answer is held up, the reader asks something else; only that is shown."""
    search()
    held = []
    page.route("**/terms/**", lambda route: held.append(route))  # noqa: PLW0108 — Playwright marks it
    page.fill(".search [name=q]", "harbour")
    page.wait_for_timeout(500)
    page.fill(".search [name=q]", "painted")
    page.wait_for_timeout(500)
    for route in held:
        route.continue_()
    page.unroute("**/terms/**")
    expect(page.locator(".hit-excerpt mark").first).to_be_visible()

    assert set(page.locator(".hit-excerpt mark").all_text_contents()) <= {"painted", "storm"}


def test_the_first_results_come_before_the_rest(search, page):
    """The first answer begins with five results and their excerpts; then the others follow by themselves."""
    held = []
    page.route("**/note-*/", lambda route: held.append(route))  # noqa: PLW0108 — Playwright marks it
    search("?q=harbour")
    expect(page.locator(".hits > li")).to_have_count(5)
    first = [route.request.url for route in held]
    expect(page.locator(".hits > li")).to_have_count(10)

    assert len(first) <= 5
    assert page.locator(".hits > li").first.is_visible()
