// Full-text search. From a server it asks the index of each year; from a disk, where browsers load no modules, or where a year
// has no index, it reads the text of the issues themselves. Both find the words exactly as they are written.
(function () {
  "use strict";
  const AT_ONCE = 20;
  const AROUND = 36;
  const [WHITE, LINE_END] = ["␠", "¶"]; // What the index has in place of them: pagefind keeps neither.
  const HAN = /[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
  const MARK = /[^\p{L}\p{N}\s]/gu;
  const isDisk = location.protocol === "file:";

  const form = document.querySelector("[data-search]");
  const count = document.querySelector("[data-count]");
  const hits = document.querySelector("[data-hits]");
  const more = document.querySelector("[data-more]");
  const years = form.dataset.years.split(" ").filter(Boolean);
  const entries = new Map(); // by year, the latest issue first
  const texts = new Map(); // by folder

  const spaced = (text) => text.replace(HAN, " $& ").replace(/\s+/g, " ").trim();
  const closed = (text) => text.replace(/[\s\u200b]+/g, "").replaceAll(WHITE, " ").split(LINE_END);
  const between = (phrase) => phrase.replace(MARK, " ").split(" ").filter(Boolean); // what stands between marks
  const holds = (lines, phrase) => lines.some((line) => line.toLowerCase().includes(phrase.toLowerCase()));

  // ---- the site's own data ----
  window.siteYear = (told) => entries.set(String(told.year), told.issues.reverse());
  window.siteIssue = (told) => texts.set(told.entry.folder, told.articles);

  const load = (path) =>
    new Promise((loaded, failed) => {
      const script = document.createElement("script");
      script.src = path;
      script.onload = loaded;
      script.onerror = () => failed(new Error(path));
      document.head.append(script);
    });

  // ---- two ways to look ----
  const indexes = new Map();
  async function indexOf(year) {
    if (isDisk) return null;
    if (!indexes.has(year)) {
      try {
        const index = await import(new URL(`pagefind/${year}/pagefind.js`, document.baseURI).href);
        await index.init();
        indexes.set(year, index);
      } catch (absent) {
        indexes.set(year, null);
      }
    }
    return indexes.get(year);
  }

  async function* fromIndex(index, issues, isAll, asked) {
    const filters = {};
    if (!isAll) filters.date = { any: issues.map((issue) => issue.date) };
    if (asked.label) filters.label = asked.label;
    if (asked.section) filters.section = asked.section;
    if (asked.author) {
      const names = Object.keys((await index.filters()).author || {}).filter((name) => name.includes(asked.author));
      if (!names.length) return;
      filters.author = { any: names };
    }
    const parts = asked.phrases.flatMap(between).map((part) => `"${spaced(part)}"`);
    const marked = asked.phrases.filter((phrase) => phrase.search(MARK) >= 0);
    const found = [];
    for (const part of parts.length ? parts : [null]) {
      found.push((await index.search(part, { filters, sort: { date: "desc" } })).results);
    }
    const others = found.slice(1).map((results) => new Set(results.map((each) => each.id)));
    for (const result of found[0]) {
      if (!others.every((ids) => ids.has(result.id))) continue;
      const open = async () => {
        const data = await result.data();
        return { ...data.meta, path: data.raw_url.replace(/^\//, ""), lines: closed(data.content) };
      };
      const isExact = async () => {
        const { lines } = await open();
        return marked.every((phrase) => holds(lines, phrase));
      };
      if (!marked.length || (await isExact())) yield open;
    }
  }

  async function* fromText(issues, asked) {
    for (const issue of issues) {
      if (!texts.has(issue.folder)) await load(`${issue.folder}/issue.js`);
      for (const article of texts.get(issue.folder)) {
        const lines = article.text.split("\n").map((line) => line.replace(/\s+/g, " "));
        const isFound =
          asked.phrases.every((phrase) => holds(lines, phrase)) &&
          (!asked.label || article.label === asked.label) &&
          (!asked.section || article.section === asked.section) &&
          (!asked.author || article.authors.some((name) => name.includes(asked.author)));
        const place = { date: issue.date, path: `${issue.folder}/${article.file}` };
        if (isFound) yield async () => ({ ...article, ...place, title: article.headline, lines });
      }
    }
  }

  async function look(asked) {
    const found = [];
    for (const year of years) {
      const issues = entries.get(year).filter(({ date }) => (!asked.from || date >= asked.from) && (!asked.to || date <= asked.to));
      if (!issues.length) continue;
      const index = await indexOf(year);
      const isAll = issues.length === entries.get(year).length;
      for await (const each of index ? fromIndex(index, issues, isAll, asked) : fromText(issues, asked)) found.push(each);
    }
    return found;
  }

  // ---- what is shown ----
  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function marked(text, phrases) {
    const parts = [];
    let rest = text;
    while (phrases.length) {
      const lower = rest.toLowerCase();
      const places = phrases.map((phrase) => [lower.indexOf(phrase.toLowerCase()), phrase.length]).filter(([place]) => place >= 0);
      if (!places.length) break;
      const [place, length] = places.reduce((first, each) => (each[0] < first[0] ? each : first));
      parts.push(rest.slice(0, place), element("mark", "", rest.slice(place, place + length)));
      rest = rest.slice(place + length);
    }
    return [...parts, rest];
  }

  function excerpt(lines, phrases) {
    const found = lines.filter((line) => !phrases.length || holds([line], phrases[0]));
    const line = found.find((each) => each.length > AROUND) || found[0] || lines[0];
    const place = phrases.length ? line.toLowerCase().indexOf(phrases[0].toLowerCase()) : 0;
    const start = Math.max(0, place - AROUND);
    const words = line.slice(start, start + 3 * AROUND);
    return marked((start ? "……" : "") + words + (start + words.length < line.length ? "……" : ""), phrases);
  }

  function shown(hit, phrases) {
    const link = element("a", "headline", ...marked(hit.title, phrases));
    link.href = hit.path;
    const where = `${hit.date} 第${hit.label}版${hit.section ? "：" + hit.section : ""}`;
    const parts = [link, element("p", "where", where), element("p", "excerpt", ...excerpt(hit.lines, phrases))];
    return element("li", "", ...(hit.kicker ? [element("p", "kicker", hit.kicker)] : []), ...parts);
  }

  let run = 0;
  async function search(asked) {
    const own = ++run;
    count.textContent = "正在检索……";
    hits.replaceChildren();
    more.hidden = true;
    let found;
    try {
      found = await look(asked);
    } catch (failed) {
      count.textContent = "检索没有成功，请稍后再试。";
      return;
    }
    if (own !== run) return;
    const number = found.length;
    const next = async () => {
      const part = await Promise.all(found.splice(0, AT_ONCE).map((each) => each()));
      if (own !== run) return;
      hits.append(...part.map((hit) => shown(hit, asked.phrases)));
      more.hidden = !found.length;
    };
    more.onclick = next;
    await next();
    if (own === run) count.textContent = number ? `${number} 篇` : "没有找到";
  }

  function asked() {
    const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    return { ...given, phrases: given.q.split(/\s+/).filter(Boolean) };
  }

  function options(select, values) {
    [...new Set(values)].filter(Boolean).sort().forEach((value) => select.append(new Option(value, value)));
  }

  async function begin() {
    await Promise.all(years.map((year) => load(`issues/${year}.js`)));
    const pages = [...entries.values()].flat().flatMap((issue) => issue.pages);
    options(form.elements.label, pages.map((page) => page.label));
    options(form.elements.section, pages.map((page) => page.section));
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    const given = asked();
    if (Object.entries(given).some(([name, value]) => name !== "phrases" && value)) await search(given);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const now = asked();
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      history.replaceState(null, "", `?${query}`);
      search(now);
    });
  }
  begin();
})();
