// desk: reads the JSON of the desk's server and shows it. Whatever comes from a page is set as text, never as markup.
"use strict";

const main = document.getElementById("main");
const notice = document.getElementById("notice");
const query = document.getElementById("query");
const REFRESH_MS = 2000;
let view = "stories", argument = "", timer = 0, current = -1, drawn = "";

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat()) if (child !== undefined && child !== null) made.append(child);
  return made;
}

function drawing(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, String(value));
  for (const child of children.flat()) made.append(child);
  return made;
}

const number = n => n === null || n === undefined || n < 0 ? "–" : Number(n).toLocaleString("en");
const clock = text => text ? String(text).replace("T", " ").replace(/(:\d\d)(\.\d+)?Z$/, " UTC") : "";
const host = url => { try { return new URL(url).hostname.replace(/^www\./, ""); } catch { return ""; } };

async function ask(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.message || `${path}: ${answer.status}`);
  return body;
}

// --- stories ------------------------------------------------------------------------------

const counted = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;

// What is wider than the window scrolls by itself, with the keyboard, too.
function scroller(label, child) {
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, child);
}

const STATUS = { exact: "exact copy", near: "near copy", revision: "revision", unique: "first" };

function member(item) {
  return element("li", {},
    element("span", { class: "badge" }, item.status === "unique" ? "joined story" : STATUS[item.status] || item.status || "?"),
    element("a", { href: `#/article/${encodeURIComponent(item.id)}` }, item.headline || "(no headline)"),
    element("span", { class: "meta" }, ` ${host(item.url)} ${clock(item.time)}`));
}

function story(item, index) {
  const first = item.members[0];
  const others = item.members.slice(1);
  const counts = [item.copies && counted(item.copies, "copy", "copies"), item.revisions && counted(item.revisions, "revision", "revisions")].filter(Boolean).join(", ");
  return element("li", { class: index === current ? "current" : null },
    element("a", { class: "head", href: `#/article/${encodeURIComponent(first.id)}` }, first.headline || "(no headline)"),
    element("div", { class: "meta" }, [host(first.url), clock(first.time), counts].filter(Boolean).join(" · ")),
    first.entities.length ? element("div", { class: "meta" }, first.entities.join(" · ")) : null,
    others.length ? element("ul", { class: "members" }, others.map(member)) : null);
}

async function showStories() {
  const data = await ask(`/api/stories?q=${encodeURIComponent(argument)}`);
  const title = argument ? `Stories with “${argument}”` : "Latest stories";
  return [element("h2", {}, title),
    data.stories.length ? element("ul", { class: "stories" }, data.stories.map(story))
      : element("p", { class: "soft" }, argument ? "Nothing found in what is kept." : "No articles yet. Send some: copydesk send FILE…")];
}

// --- one article --------------------------------------------------------------------------

// Spans are in code points; text is cut as an array of them.
function marked(text, spans) {
  const letters = Array.from(text);
  const out = [];
  let at = 0;
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start < at || span.end > letters.length) continue;
    out.push(letters.slice(at, span.start).join(""));
    const inside = letters.slice(span.start, span.end).join("");
    out.push(element("mark", { class: span.type, title: span.title, "data-entity": span.name, tabindex: span.name ? 0 : null }, inside));
    at = span.end;
  }
  out.push(letters.slice(at).join(""));
  return out;
}

function spansOf(article, field) {
  const spans = [];
  for (const entity of article.entities || [])
    for (const mention of entity.mentions || [])
      if ((mention.field || "articleBody") === field)
        spans.push({ start: mention.start, end: mention.end, type: entity.type, name: entity.name,
          title: `${entity.type}: ${entity.name}${entity.countryCode ? ` (${entity.countryCode})` : ""}` });
  for (const time of article.times || [])
    if ((time.field || "articleBody") === field)
      spans.push({ start: time.start, end: time.end, type: "time", title: `${time.type} ${time.value}` });
  return spans;
}

function paragraphs(article) {
  const text = article.articleBody || "";
  const spans = spansOf(article, "articleBody");
  const out = [];
  let at = 0;
  for (const part of text.split("\n\n")) {
    const length = Array.from(part).length, start = at;
    out.push(element("p", {}, marked(part, spans.filter(s => s.start >= start && s.end <= start + length)
      .map(s => ({ ...s, start: s.start - start, end: s.end - start })))));
    at += length + 2;
  }
  return out;
}

function facts(article, at) {
  const rows = [["By", (article.author || []).map(a => a.name + (a.email ? ` <${a.email}>` : "")).join(", ")], ["Credit", article.creditText],
    ["Published", clock(article.datePublished)], ["Modified", clock(article.dateModified)], ["Section", article.articleSection],
    ["Language", article.inLanguage && article.inLanguage.tag], ["Kind", article.pageType], ["Words", article.wordCount]];
  const verdict = article.duplicate || {};
  rows.push(["Verdict", STATUS[verdict.status] || verdict.status], ["Story", verdict.story], ["Copy of", verdict.of],
    ["Revision", verdict.revision], ["Similarity", verdict.similarity], ["Source", `${at.topic}/${at.partition}/${at.offset}`], ["Id", article.id]);
  const list = element("dl", {});
  for (const [name, value] of rows) if (value !== undefined && value !== null && value !== "") list.append(element("dt", {}, name), element("dd", {}, String(value)));
  return list;
}

// Why the article is as it is: its records, and what each stage answers when it is asked again.
const QUOTED = new Set(["text", "value", "cleaned", "mention", "with", "name"]);

function noteLine(note) {
  const parts = [];
  for (const [name, value] of Object.entries(note)) {
    if (name === "step") continue;
    if (parts.length) parts.push(", ");
    parts.push(element("span", { class: "meta" }, `${name} `), QUOTED.has(name) ? `“${value}”` : String(value));
  }
  return element("li", {}, parts);
}

function noteGroups(trace) {
  const groups = new Map();
  for (const note of trace || []) groups.set(note.step, [...(groups.get(note.step) || []), note]);
  return [...groups].map(([step, notes]) => element("details", {},
    element("summary", {}, step, element("span", { class: "meta" }, notes.length > 1 ? ` ${notes.length}` : "")), element("ul", {}, notes.map(noteLine))));
}

function stepLines(step) {
  const again = step.rerun;
  return element("div", { class: "step" },
    element("p", {}, element("strong", {}, step.stage), ` ${step.outcome}`, step.writtenBy ? element("span", { class: "meta" }, ` by ${step.writtenBy}`) : null),
    again ? element("p", { class: "meta" }, `Asked again: ${again.verdict}${again.reason ? ` (${again.reason})` : ""}`,
      step.agrees ? `, ${step.agrees}` : "", `, ${again.cpuMs.toFixed(1)} ms of CPU`) : null,
    again && again.error ? element("p", {}, `${again.error.code}: ${again.error.message}`) : null,
    step.note ? element("p", { class: "meta" }, step.note) : null,
    again ? noteGroups(again.trace) : null);
}

function aliasLine(alias) {
  return element("p", { class: "alias" }, "Story ", element("span", { class: "meta" }, alias.id), " turned out to be part of story ",
    element("span", { class: "meta" }, alias.story), ", as article ", element("span", { class: "meta" }, alias.by), " showed.");
}

function explanation(told) {
  return told.records.map(record => element("li", {},
    element("span", {}, record.place), element("span", { class: "meta" }, record.missing ? ` gone: ${record.missing}` : ` ${clock(record.time)}, ${number(record.bytes)} bytes`),
    record.dead ? element("p", {}, `Dead letter: ${record.dead.code}: ${record.dead.message}`) : null,
    told.steps.filter(step => step.input === record.place).map(stepLines)));
}

async function explain(id, button, place) {
  button.disabled = true;
  place.replaceChildren(element("p", { class: "soft", role: "status" }, "Asking the stages…"));
  try {
    const told = await ask(`/api/explain?id=${encodeURIComponent(id)}`, { headers: { "x-desk": "1" } });
    place.replaceChildren(element("ol", { class: "way", tabindex: -1 }, explanation(told)), ...(told.aliases || []).map(aliasLine),
      ...(told.aliasesNote ? [element("p", { class: "soft" }, `Whether its story became part of another can't be told: ${told.aliasesNote}`)] : []));
    place.firstChild.focus({ preventScroll: true });
  } catch (error) {
    place.replaceChildren(element("p", { role: "alert" }, error.message));
    button.disabled = false;
  }
}

async function showArticle() {
  const data = await ask(`/api/article?id=${encodeURIComponent(argument)}`);
  const article = data.article;
  const place = element("div", {});
  const original = element("button", { type: "button", onclick: () => {
    place.replaceChildren(element("iframe", { src: `/original?id=${encodeURIComponent(article.id)}`, sandbox: "", referrerpolicy: "no-referrer",
      title: "The page as it came, scripts off" }));
  } }, "Show the original page");
  const way = element("section", { "aria-label": "How it came here" });
  const why = element("button", { type: "button", onclick: () => explain(article.id, why, way) }, "Explain how it came here");
  const entities = element("ul", {}, (article.entities || []).map(e => element("li", {},
    element("mark", { class: e.type }, e.name), element("span", { class: "meta" }, ` ${e.type}, ${(e.mentions || []).length}×`))));
  const times = (article.times || []).map(t => element("li", {}, t.text, element("span", { class: "meta" }, ` ${t.value || ""}`)));
  return [element("div", { class: "article" },
    element("article", {},
      element("h2", {}, marked(article.headline || "(no headline)", spansOf(article, "headline"))),
      element("p", { class: "meta" }, [article.publisher && (article.publisher.name || article.publisher), host(article.url)].filter(Boolean).join(" · ")),
      element("div", { class: "body" }, paragraphs(article)),
      (article.image || []).map(i => i.caption ? element("p", { class: "meta" }, `▣ ${i.caption}${i.credit ? ` / ${i.credit}` : ""}`) : null),
      element("h3", {}, "Why"), why, way),
    element("aside", { "aria-label": "About this article" },
      facts(article, data.at),
      element("h3", {}, "Entities"), entities,
      times.length ? [element("h3", {}, "Times"), element("ul", {}, times)] : null,
      element("h3", {}, "Original"), original, place))];
}

// --- entities over the last hours -----------------------------------------------------------

function trend(counts) {
  const width = 160, height = 26, top = Math.max(1, ...counts);
  const points = counts.map((c, i) => `${(i * (width - 4) / Math.max(1, counts.length - 1) + 2).toFixed(1)},${(height - 3 - c * (height - 6) / top).toFixed(1)}`);
  return drawing("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `mentions over time: ${counts.join(", ")}` },
    drawing("polyline", { class: "trend", points: points.join(" ") }));
}

async function showEntities() {
  const data = await ask("/api/entities");
  return [element("h2", {}, `Most named in the last ${data.hours} hours of news`),
    data.entities.length ? scroller("Entities", element("table", {},
      element("thead", {}, element("tr", {}, element("th", {}, "Entity"), element("th", {}, "Type"), element("th", { class: "n" }, "Articles"), element("th", {}, "Over time"))),
      element("tbody", {}, data.entities.map(e => element("tr", {},
        element("td", {}, element("a", { href: `#/stories/${encodeURIComponent(e.name)}` }, e.name)),
        element("td", {}, element("mark", { class: e.type }, e.type)),
        element("td", { class: "n" }, number(e.articles)), element("td", {}, trend(e.buckets))))))) : element("p", { class: "soft" }, "No entities yet.")];
}

// --- the pipeline as a picture ----------------------------------------------------------------

function pipelinePicture(data) {
  const step = 230, width = step * data.stages.length + 130, height = 170;
  const picture = drawing("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "The pipeline: " +
    data.stages.map(s => `${s.name}: ${s.rate.toFixed(1)} messages a second, lag ${number(s.lag)}`).join("; ") });
  data.stages.forEach((stage, i) => {
    const x = 100 + i * step;
    picture.append(
      drawing("path", { class: "pipe", d: `M ${x - 95} 60 H ${x}` }),
      drawing("text", { x: x - 92, y: 50, class: "soft" }, stage.in),
      drawing("rect", { x, y: 28, width: 130, height: 64, rx: 6, class: `box${stage.lag > 0 && stage.rate === 0 ? " late" : ""}` }),
      drawing("text", { x: x + 12, y: 50 }, stage.name),
      drawing("text", { x: x + 12, y: 68, class: "soft" }, `${stage.rate.toFixed(1)} msg/s`),
      drawing("text", { x: x + 12, y: 84, class: "soft" }, `lag ${number(stage.lag)}`),
      drawing("path", { class: "pipe", d: `M ${x + 65} 92 V 120` }),
      drawing("text", { x: x + 12, y: 138, class: "soft" }, `† ${number(stage.dead)} dead`));
    if (stage.duplicates !== undefined) picture.append(drawing("text", { x: x + 12, y: 156, class: "soft" }, `= ${counted(stage.duplicates, "copy", "copies")}`));
  });
  const end = 100 + data.stages.length * step;
  picture.append(drawing("path", { class: "pipe", d: `M ${end - 95} 60 H ${end + 20}` }), drawing("text", { x: end - 92, y: 50, class: "soft" }, "news.tagged"));
  return picture;
}

async function showPipeline() {
  const data = await ask("/api/pipeline");
  return [element("h2", {}, "Pipeline"), scroller("Picture", pipelinePicture(data)),
    scroller("Topics", element("table", {},
      element("thead", {}, element("tr", {}, ["Topic", "Partitions", "Messages kept", "Per second", "Last minute"].map((t, i) => element("th", { class: i && i < 4 ? "n" : null }, t)))),
      element("tbody", {}, data.topics.map(t => element("tr", {}, element("td", {}, t.name), element("td", { class: "n" }, number(t.partitions)),
        element("td", { class: "n" }, number(t.messages)), element("td", { class: "n" }, t.rate.toFixed(1)), element("td", {}, trend(t.history)))))))];
}

// --- dead letters -------------------------------------------------------------------------------

async function retry(letter, button) {
  const token = sessionStorage.getItem("token") || prompt("The token that the desk was started with:");
  if (!token) return;
  button.disabled = true;
  try {
    await ask(`/api/dead/retry?topic=${encodeURIComponent(letter.topic)}&partition=${letter.partition}&offset=${letter.offset}`,
      { method: "POST", headers: { authorization: `Bearer ${token}` } });
    sessionStorage.setItem("token", token);
    button.replaceWith("sent again");
  } catch (error) {
    sessionStorage.removeItem("token");
    button.disabled = false;
    notice.textContent = error.message;
  }
}

async function showDead() {
  const data = await ask("/api/dead");
  return [element("h2", {}, "Dead letters"),
    data.letters.length ? scroller("Letters", element("table", {},
      element("thead", {}, element("tr", {}, ["Stage", "Code", "Why", "Source", "When", ""].map(t => element("th", {}, t)))),
      element("tbody", {}, data.letters.map(l => element("tr", {}, element("td", {}, l.stage), element("td", {}, l.code), element("td", {}, l.message),
        element("td", {}, l.source), element("td", {}, clock(l.time)),
        element("td", {}, l.handled || (data.mayRetry ? element("button", { type: "button", onclick: event => retry(l, event.target) }, "Retry") : null)))))))
      : element("p", { class: "soft" }, "None: every message found its way."),
    data.mayRetry ? null : element("p", { class: "soft" }, "Read-only: start the desk with --token-file to send letters again.")];
}

// --- frame --------------------------------------------------------------------------------------

const VIEWS = { stories: showStories, article: showArticle, entities: showEntities, pipeline: showPipeline, dead: showDead };

async function show(fresh) {
  clearTimeout(timer);
  const asked = location.hash;
  try {
    const parts = await VIEWS[view]();
    if (asked !== location.hash) return;
    notice.textContent = "";
    const probe = element("div", {}, parts.flat(3));
    if (fresh || (probe.innerHTML !== drawn && !main.querySelector("iframe, .way, :focus"))) {
      drawn = probe.innerHTML;
      main.replaceChildren(...probe.childNodes);
      if (fresh) main.focus({ preventScroll: true });
    }
    const state = await ask("/api/state");
    document.getElementById("feed-state").textContent = `${number(state.articles)} articles kept · ${state.state}`;
    const count = document.getElementById("dead-count");
    count.hidden = !state.dead;
    count.textContent = number(state.dead);
  } catch (error) {
    notice.textContent = error instanceof TypeError ? "The desk's server doesn't answer; trying again." : error.message;
  }
  timer = setTimeout(show, REFRESH_MS);
}

function route() {
  const [, name, rest] = location.hash.match(/^#\/(\w+)\/?(.*)$/) || [, "stories", ""];
  view = name in VIEWS ? name : "stories";
  argument = decodeURIComponent(rest);
  current = -1;
  if (view === "stories") query.value = argument;
  for (const link of document.querySelectorAll("nav a"))
    if (link.dataset.view === view) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  show(true);
}

function move(by) {
  const items = main.querySelectorAll(".stories > li");
  if (!items.length) return;
  current = Math.max(0, Math.min(items.length - 1, current + by));
  items.forEach((item, i) => item.classList.toggle("current", i === current));
  items[current].scrollIntoView({ block: "nearest" });
}

document.getElementById("search").addEventListener("submit", event => {
  event.preventDefault();
  location.hash = `#/stories/${encodeURIComponent(query.value.trim())}`;
});
document.addEventListener("click", event => {
  const mark = event.target.closest && event.target.closest("mark[data-entity]");
  if (mark) location.hash = `#/stories/${encodeURIComponent(mark.dataset.entity)}`;
});
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, textarea");
  if (event.key === "Escape") { if (typing) event.target.blur(); else history.back(); return; }
  if (typing) return;
  if (event.key === "/") { event.preventDefault(); query.focus(); query.select(); }
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "Enter" && event.target.matches("mark[data-entity]")) location.hash = `#/stories/${encodeURIComponent(event.target.dataset.entity)}`;
  else if (event.key === "Enter" && current >= 0 && event.target === main) main.querySelectorAll(".stories a.head")[current].click();
});
addEventListener("hashchange", route);
route();
