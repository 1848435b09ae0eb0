"""What a person does with the desk, in headless Chromium. Waits are for what must appear, never for a time."""
import os
import re
import urllib.error
import urllib.request
from pathlib import Path

from conftest import TOKEN
from playwright.sync_api import expect

PICTURES = os.environ.get("COPYDESK_PICTURES")  # a folder: the screenshots of docs/ are taken here


HEADINGS = {"stories": "Latest stories", "entities": "Most named", "dead": "Dead letters", "pipeline": "Pipeline"}


def picture(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"desk-{name}.png"))


def test_desk_groups_copies_and_revisions_under_their_story(page):
    story = page.locator(".stories > li", has=page.get_by_role("link", name="Sandholm ferries stop for repairs", exact=True))
    expect(story).to_contain_text("1 copy, 1 revision")
    expect(story).to_contain_text("2026-11-20 09:15 UTC")
    expect(story.locator(".members li")).to_have_count(3)
    expect(story.locator(".members li", has_text="joined story")).to_contain_text("Kallevik boats lie still")
    expect(page.locator(".stories > li")).to_have_count(3)
    picture(page, "stories")


def test_desk_marks_entities_and_times_where_they_are(page):
    page.get_by_role("link", name="Sandholm ferries stop for repairs", exact=True).click()
    expect(page.locator(".body mark.person")).to_have_text("Ilse Brandvold")
    expect(page.locator(".body mark.place").first).to_have_text("Sandholm")
    expect(page.locator(".body mark.time")).to_have_text("Monday")
    expect(page.locator(".body p")).to_have_count(2)
    picture(page, "article")


def test_desk_shows_the_original_beside_it_with_scripts_off(page):
    page.expected_faults = ("Blocked script execution", "sandboxed")
    page.get_by_role("link", name="Sandholm ferries stop for repairs", exact=True).click()
    page.get_by_role("button", name="Show the original page").click()
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Original of the ferries")
    assert page.evaluate("window.hacked") is None
    assert page.title() == "copydesk"


def test_desk_explains_how_an_article_came_here(page):
    page.get_by_role("link", name="Sandholm ferries stop for repairs", exact=True).click()
    page.get_by_role("button", name="Explain how it came here").click()
    way = page.locator("ol.way > li")
    expect(way).to_have_count(4, timeout=30000)
    for line, place in zip(way.all(), ("news.page/0/0", "news.article/0/0", "news.unique/0/0", "news.tagged/0/0")):
        expect(line).to_contain_text(place)
    extract = way.first.locator(".step")
    expect(extract).to_contain_text("extract emitted")
    expect(extract).to_contain_text("different bytes")
    extract.locator("summary", has_text="headline").click()
    expect(extract).to_contain_text("Original of the ferries")
    dedup = way.nth(1).locator(".step")
    dedup.locator("summary", has_text="verdict").click()
    expect(dedup.locator("details[open]")).to_contain_text("unique")
    expect(page.locator("p.alias")).to_have_text(f"Story {6:032x} turned out to be part of story {1:032x}, as article {1:032x} showed.")
    picture(page, "explain")


def test_desk_explains_hostile_markup_inertly(page):
    page.get_by_role("link", name=re.compile("<script>window.hacked")).click()
    page.get_by_role("button", name="Explain how it came here").click()
    expect(page.locator("ol.way > li")).not_to_have_count(0, timeout=30000)
    for summary in page.locator("ol.way summary").all():
        summary.click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script").count() == 0


def test_desk_makes_no_stage_work_for_another_site(desk):
    """A form or picture elsewhere can send a request, but no header of its own."""
    try:
        urllib.request.urlopen(f"{desk}api/explain?id={1:032x}")
        raise AssertionError("asked the stages without the desk's header")
    except urllib.error.HTTPError as refused:
        assert refused.code == 403


def test_desk_keeps_hostile_markup_inert(page):
    link = page.get_by_role("link", name=re.compile("<script>window.hacked"))
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("article h2")).to_contain_text("<img src=x onerror=")
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script").count() == 0


def test_desk_finds_by_entity_and_by_headline_without_case(page):
    page.locator("#query").fill("tomas reyl")
    page.locator("#query").press("Enter")
    expect(page.locator(".stories > li")).to_have_count(1)
    expect(page.locator(".stories a.head")).to_have_text("Council votes on the tram line")
    page.locator("#query").fill("nobody of that name")
    page.locator("#query").press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing found")


def test_desk_shows_trending_entities_as_plots(page):
    page.get_by_role("link", name="Entities").click()
    row = page.locator("tbody tr", has_text="Sandholm")
    expect(row.locator("td.n")).to_have_text("2")
    expect(row.locator("svg polyline")).to_have_count(1)
    picture(page, "entities")


def test_desk_draws_the_pipeline_with_its_topics(page):
    page.get_by_role("link", name="Pipeline").click()
    expect(page.locator("svg[role=img]").first).to_have_attribute("aria-label", re.compile("extract.*dedup.*tag"))
    expect(page.locator("tbody tr", has_text="news.tagged").locator("td.n").nth(1)).to_have_text("5")
    picture(page, "pipeline")


def test_desk_works_with_the_keyboard(page):
    expect(page.locator(".stories > li")).to_have_count(3)
    page.keyboard.press("/")
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#main").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".stories > li").nth(1)).to_have_class("current")
    headline = page.locator(".stories > li.current a.head").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("article h2")).to_have_text(headline)
    page.keyboard.press("Escape")
    expect(page.locator(".stories > li")).to_have_count(3)


def test_desk_fits_a_telephone(page):
    page.set_viewport_size({"width": 400, "height": 800})
    for view, heading in HEADINGS.items():
        page.goto(page.url.split("#")[0] + f"#/{view}")
        expect(page.locator("main h2")).to_have_text(re.compile(heading))
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, view
        # a word that is broken into letters fits anywhere
        broken = page.evaluate("""() => [...document.querySelectorAll("th, td")].filter(cell => /^[\\w.]{2,40}$/.test(cell.textContent.trim()) &&
          cell.getClientRects()[0].height > 0 && (() => { const range = document.createRange(); range.selectNodeContents(cell);
            return new Set([...range.getClientRects()].map(r => Math.round(r.top / 8))).size > 2; })()).map(cell => cell.textContent)""")
        assert broken == [], view
    picture(page, "telephone")


def test_desk_sends_a_dead_letter_again_only_with_the_token(page, desk):
    page.get_by_role("link", name=re.compile("Dead letters")).click()
    expect(page.locator("tbody tr")).to_have_count(2)
    picture(page, "dead")
    target = f"{desk}api/dead/retry?topic=news.page.dead&partition=0&offset=0"
    for headers in ({}, {"Authorization": "Bearer wrong-token-of-another-length"}, {"Authorization": "Bearer " + "x" * len(TOKEN)}):
        try:
            urllib.request.urlopen(urllib.request.Request(target, method="POST", headers=headers))
            raise AssertionError("sent without the token")
        except urllib.error.HTTPError as refused:
            assert refused.code == 401
    page.on("dialog", lambda dialog: dialog.accept(TOKEN))
    page.get_by_role("button", name="Retry").first.click()
    expect(page.locator("tbody")).to_contain_text("sent again")
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody tr", has_text="retried")).to_have_count(1)
    expect(page.get_by_role("button", name="Retry")).to_have_count(1)


def test_desk_is_accessible_in_the_basics(page):
    """Names for every control and picture, one h1, headings in order, a label for the field, contrast of 4.5 in both colour schemes."""
    for view, heading in {**HEADINGS, "article/00000000000000000000000000000001": "Sandholm"}.items():
        page.goto(page.url.split("#")[0] + f"#/{view}")
        expect(page.locator("main h2").first).to_have_text(re.compile(heading))
        faults = page.evaluate("""() => {
          const out = [];
          for (const e of document.querySelectorAll("a, button")) if (!e.textContent.trim() && !e.ariaLabel) out.push("no name: " + e.outerHTML);
          for (const e of document.querySelectorAll("svg")) if (!e.getAttribute("aria-label")) out.push("picture without words");
          for (const e of document.querySelectorAll("input")) if (!e.labels.length) out.push("field without label");
          if (document.querySelectorAll("h1").length !== 1) out.push("h1");
          let last = 1;
          for (const h of document.querySelectorAll("h1, h2, h3")) { const n = +h.tagName[1]; if (n > last + 1) out.push("heading jumps"); last = n; }
          if (!document.documentElement.lang) out.push("no language");
          return out;
        }""")
        assert faults == [], view
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        low = page.evaluate("""() => {
          const lum = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; });
            return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
          const back = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return "rgb(255, 255, 255)"; };
          const out = [];
          for (const e of document.querySelectorAll("a, p, dt, dd, mark, button, h1, h2, h3, li")) {
            if (!e.textContent.trim() || e.matches(".skip")) continue;
            const [a, b] = [lum(getComputedStyle(e).color), lum(back(e))].sort((x, y) => y - x);
            if ((a + .05) / (b + .05) < 4.5) out.push(e.tagName + " " + e.className + " " + e.textContent.slice(0, 20));
          }
          return out;
        }""")
        assert low == [], scheme


def test_desk_refuses_a_foreign_host_name(desk):
    try:
        urllib.request.urlopen(urllib.request.Request(desk, headers={"Host": "attacker.example"}))
        raise AssertionError("answered to a foreign name")
    except urllib.error.HTTPError as refused:
        assert refused.code == 421


def test_desk_answers_with_strict_headers(desk):
    with urllib.request.urlopen(desk) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
