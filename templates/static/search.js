// Search: numbers and titles in the site's own index, texts in Pagefind's where it was made.
//
// Texts are indexed character by character (generator/domain/search_text.py), queries are cut in the
// same way here. What holds the words as they were typed comes first; what only holds all
// of their parts stands apart as 相近结果.
(() => {
  "use strict";
  const AT_ONCE = 20;
  const MOST_VERIFIED = 200;
  const MOST_NEAR = 100;
  // Characters of an excerpt, of those before the first word found, and of a long title.
  const LONGEST = 120;
  const LEAD = 24;
  const TITLE = 50;
  const LONGEST_QUERY = 200;
  const BLOCK = "\uE001";
  const NUMBER = /^([一-龥]{0,20})〔(\d{4})年?〕第?0*(\d{1,5})号?$/;
  const INDEX_NUMBER = /^[0-9a-z-]{9,18}\/\d{4}-\d{1,7}$/;
  const RUNS = /[\p{L}\p{N}]+/gu;
  const WEIGHTS = [["title", 8], ["number", 4], ["index_number", 4], ["keywords", 4], ["headings", 2], ["summary", 2]];

  const form = document.getElementById("search-form");
  const state = document.getElementById("search-state");
  const catalog = state.querySelector("a");
  const scope = document.getElementById("search-scope");
  const list = document.getElementById("search-results");
  const near = document.getElementById("search-near");
  const filters = document.getElementById("search-filters");
  const selects = Array.from(filters.querySelectorAll("select"));
  const ownTitle = document.title;
  let runs = 0;

  // ---- Texts and queries in one form

  // Half width, one kind of bracket, no spaces, lower case.
  function folded(text) {
    return text.normalize("NFKC").toLowerCase()
      .replace(/[[【〔﹝{(<〈《]/g, "〔").replace(/[\]】〕﹞})>〉》]/g, "〕")
      .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, "");
  }

  // A folded text, and for each of its characters where it stands in `text`; blocks stay apart.
  function laid(text) {
    const signs = [];
    const at = [];
    let place = 0;
    for (const sign of text) {
      for (const plain of sign === "\n" ? sign : folded(sign)) { signs.push(plain); at.push(place); }
      place += sign.length;
    }
    return { plain: signs.join(""), at: at };
  }

  // The document number that a query is, as the index writes it: no 第, no leading zeros.
  function numberOf(query) {
    const found = NUMBER.exec(folded(query));
    return found ? found[1] + "〔" + found[2] + "〕" + found[3] + "号" : "";
  }

  // What has to be found: quoted phrases, else words parted by spaces.
  function termsOf(query) {
    const number = numberOf(query);
    if (number) { return [{ text: number, quoted: true }]; }
    if (INDEX_NUMBER.test(folded(query))) { return [{ text: folded(query), quoted: true }]; }
    const terms = [];
    for (const part of query.matchAll(/["“”「『]([^"“”」』]+)["“”」』]|([^\s"“”「」『』]+)/g)) {
      const text = part[1] ? part[1].trim() : part[2].replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
      if (/[\p{L}\p{N}]/u.test(text)) { terms.push({ text: text, quoted: Boolean(part[1]) }); }
    }
    return terms;
  }

  // The characters of a phrase as they follow each other in a text, between quotation marks; without a
  // mark among them they are proof enough.
  function phrase(text) {
    const runs = folded(text).match(RUNS) || [];
    const signs = Array.from(runs.join(""));
    return { signs: signs, quoted: '"' + signs.join(" ") + '"', sure: runs.length === 1 && folded(text) === runs[0] };
  }

  // The words of a query as the browser sees them, for results that are only near.
  function wordsOf(terms) {
    if (!window.Intl || !Intl.Segmenter || terms.some(term => term.quoted)) { return []; }
    const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
    const words = terms.flatMap(term => {
      return Array.from(segmenter.segment(folded(term.text)))
        .filter(part => part.isWordLike && Array.from(part.segment).length > 1)
        .map(part => part.segment);
    });
    const same = words.length === terms.length
      && words.every((word, i) => word === folded(terms[i].text));
    return same ? [] : Array.from(new Set(words));
  }

  function holdsAll(plain, needles) {
    return needles.every(needle => plain.includes(needle));
  }

  // ---- The own index

  const known = new Map();

  function json(url) {
    if (!known.has(url)) {
      known.set(url, fetch(url).then(answer => {
        if (!answer.ok) { throw new Error(url + ": " + answer.status); }
        return answer.json();
      }));
    }
    return known.get(url);
  }

  async function rows(manifest) {
    return (await Promise.all(manifest.parts.map(json))).flat();
  }

  function keysOf(row) {
    const number = row.number || "";
    return [
      folded(number), folded(number.slice(Math.max(0, number.indexOf("〔")))),
      folded(row.index_number || ""), folded(row.title),
    ];
  }

  function bucket(key, buckets) {
    let total = 0;
    for (const sign of key) { total = (total * 31 + sign.codePointAt(0)) % 4294967296; }
    return total % buckets;
  }

  // The documents whose number, index number or title the query is.
  async function named(manifest, query) {
    const keys = [numberOf(query), folded(query)].filter(Boolean);
    if (!manifest.keys.length) {
      return (await rows(manifest)).filter(row => {
        return keysOf(row).some(key => keys.includes(key));
      });
    }
    const found = await Promise.all(keys.map(async (key) => {
      return (await json(manifest.keys[bucket(key, manifest.keys.length)]))[key] || [];
    }));
    return found.flat();
  }

  function fits(row, chosen) {
    return Object.keys(chosen).every(name => {
      return ((row.in || {})[name] || []).includes(chosen[name]);
    });
  }

  function hitOf(row) {
    const text = [row.summary, row.headings].filter(Boolean).join("\n");
    return { url: row.url, load: async () => { return { shown: row, text: text }; } };
  }

  async function findInOwn(manifest, terms, chosen, byDate) {
    const needles = terms.map(term => folded(term.text));
    const words = wordsOf(terms);
    const hits = [];
    const close = [];
    (await rows(manifest)).forEach((row, order) => {
      if (!fits(row, chosen)) { return; }
      const fields = WEIGHTS.map(pair => [folded(row[pair[0]] || ""), pair[1]]);
      const whole = fields.map(field => field[0]).join("\n");
      const score = needles.reduce((sum, needle) => {
        const best = fields.filter(field => field[0].includes(needle))
          .map(field => field[1]);
        return sum + Math.max(0, ...best);
      }, 0);
      const found = { hit: hitOf(row), order: order, score: byDate ? 0 : score };
      if (holdsAll(whole, needles)) { hits.push(found); }
      else if (words.length && holdsAll(whole, words)) { close.push(found); }
    });
    // The index is newest first; equal scores keep that order.
    return [hits, close].map(found => {
      return found.sort((a, b) => b.score - a.score || a.order - b.order)
        .map(one => one.hit);
    });
  }

  // ---- The texts

  let pagefind = null;

  function fullText(manifest) {
    pagefind = pagefind || import(new URL(manifest.full_text, document.baseURI).href).then(async (module) => {
      // It asks the page for its language and would cut Chinese in its own way: single characters have none.
      const root = document.documentElement;
      const language = root.lang;
      root.lang = "zxx";
      const started = module.init();
      root.lang = language;
      await started;
      return module;
    });
    return pagefind;
  }

  // The text of a fragment, block by block: its spaces were put in for the index.
  function readBack(content) {
    return content.replace(/ /g, "").replace(/\uE000/g, " ").replace(/\uE001\.?/g, BLOCK).split(BLOCK);
  }

  // A text is called by its number; its title comes first, its filter words last.
  function hitIn(manifest) {
    return result => {
      return {
        id: result.id,
        load: async () => {
          const fragment = await result.data();
          const blocks = readBack(fragment.raw_content || fragment.content).slice(0, -1);
          const number = Number(/(\d+)\.html/.exec(fragment.raw_url || fragment.url)[1]);
          const row = (await json(manifest.parts[Math.floor(number / manifest.size)]))[number % manifest.size];
          return { shown: row, text: blocks.slice(1).join("\n"), whole: blocks.join("\n") };
        },
      };
    };
  }

  function filterWord(name, value) {
    let number = bucket(name + "=" + value, 4294967296);
    let word = "㐀";
    for (let i = 0; i < 7; i += 1) {
      word += String.fromCharCode(97 + number % 26);
      number = Math.floor(number / 26);
    }
    return word;
  }

  // In groups: a browser opens few connections at a time.
  async function verified(hits, needles) {
    const kept = [];
    for (let start = 0; start < Math.min(hits.length, MOST_VERIFIED); start += AT_ONCE) {
      const group = hits.slice(start, start + AT_ONCE);
      const loaded = await Promise.all(group.map(hit => hit.load()));
      group.forEach((hit, i) => {
        if (holdsAll(laid(loaded[i].whole).plain, needles)) { kept.push(hit); }
      });
    }
    return kept.concat(hits.slice(MOST_VERIFIED));
  }

  async function findInTexts(module, manifest, terms, chosen, byDate) {
    const options = { sort: byDate || !terms.length ? { date: "desc" } : {} };
    const phrases = terms.map(term => phrase(term.text));
    const every = phrases.flatMap(one => one.signs);
    const ranked = (await module.search(every.length ? every.join(" ") : null, options)).results;
    // For each phrase and each filter the texts that hold it, with the place where it first stands.
    async function holding(words) {
      const results = (await module.search(words)).results;
      return new Map(results.map(result => [result.id, Math.min(...result.words)]));
    }
    const found = await Promise.all(phrases.map(one => holding(one.quoted)));
    const allowed = await Promise.all(Object.keys(chosen).map(name => {
      return holding('"' + filterWord(name, chosen[name]) + '"');
    }));
    function inAll(sets) {
      return result => sets.every(ids => ids.has(result.id));
    }
    let results = ranked.filter(inAll(found.concat(allowed)));
    if (!byDate) {
      // Titles come first in a text: what stands in them counts more than how often it stands elsewhere.
      const inTitle = result => {
        return found.filter(ids => ids.get(result.id) < TITLE).length;
      };
      results = results.map((result, order) => { return { result: result, order: order, score: inTitle(result) }; })
        .sort((a, b) => b.score - a.score || a.order - b.order)
        .map(one => one.result);
    }
    let hits = results.map(hitIn(manifest));
    if (!phrases.every(one => one.sure)) {
      hits = await verified(hits, terms.map(term => folded(term.text)));
    }
    const words = wordsOf(terms).map(phrase);
    if (!words.length) { return [hits, []]; }
    const taken = new Set(hits.map(hit => hit.id));
    const parts = await Promise.all(words.map(word => holding(word.quoted)));
    const loose = words.flatMap(word => word.signs);
    const close = (await module.search(loose.join(" "), options)).results.filter(inAll(parts.concat(allowed)))
      .filter(result => !taken.has(result.id));
    return [hits, close.slice(0, MOST_NEAR).map(hitIn(manifest))];
  }

  // ---- What the reader sees

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  // Where the needles stand in `text`, as [from, to], the first first and none over another.
  function places(text, needles) {
    const flat = laid(text);
    const found = [];
    let from = 0;
    for (;;) {
      let next = -1;
      let length = 0;
      needles.forEach(needle => {
        const place = flat.plain.indexOf(needle, from);
        if (place >= 0 && (next < 0 || place < next || (place === next && needle.length > length))) {
          next = place;
          length = needle.length;
        }
      });
      if (next < 0) { return found; }
      found.push([flat.at[next], flat.at[next + length - 1] + 1]);
      from = next + length;
    }
  }

  // The text with the needles marked; built from text nodes only.
  function marked(parent, text, needles) {
    let done = 0;
    places(text, needles).forEach(place => {
      parent.append(text.slice(done, place[0]), element("mark", "", text.slice(place[0], place[1])));
      done = place[1];
    });
    parent.append(text.slice(done));
    return parent;
  }

  // The stretch of `text` with the most of the needles in it, the first of equals.
  function excerpt(text, needles) {
    const found = places(text, needles);
    let best = [0, 0];
    found.forEach((place, i) => {
      const inside = new Set();
      for (let j = i; j < found.length && found[j][1] <= place[0] + LONGEST - LEAD; j += 1) {
        inside.add(folded(text.slice(found[j][0], found[j][1])));
      }
      if (inside.size > best[1]) { best = [place[0], inside.size]; }
    });
    const start = best[0] > LEAD + 6 ? best[0] - LEAD : 0;
    const cut = text.slice(start, start + LONGEST).replace(/\n/g, " ").trim();
    return (start ? "…" : "") + cut + (start + LONGEST < text.length ? "…" : "");
  }

  function result(loaded, needles, isNamed) {
    const shown = loaded.shown;
    const item = element("li");
    const link = element("a", "row-title");
    link.href = shown.url;
    item.append(marked(link, shown.title, needles));
    const facts = element("p", "row-facts");
    if (isNamed) { facts.append(element("strong", "", "与检索词相符"), " "); }
    [shown.number, shown.column, shown.published, shown.status].forEach(fact => {
      if (fact) { facts.append(marked(element("span"), fact, fact === shown.number ? needles : []), " "); }
    });
    item.append(facts);
    const text = excerpt(loaded.text || "", needles);
    if (text) { item.append(marked(element("p", "result-summary"), text, needles)); }
    return item;
  }

  // Fills `place` twenty by twenty; each group is loaded when it is asked for.
  async function show(place, hits, needles, isNamed, run) {
    const more = place.parentElement.querySelector("button");
    const seen = new Set();
    place.replaceChildren();
    let done = 0;
    async function next(focus) {
      const group = hits.slice(done, done + AT_ONCE);
      done += group.length;
      const loaded = await Promise.all(group.map(hit => hit.load()));
      if (run !== runs) { return; }
      const items = loaded.filter(one => {
        const isNew = !seen.has(one.shown.url);
        seen.add(one.shown.url);
        return isNew;
      }).map(one => result(one, needles, isNamed(one.shown.url)));
      place.append.apply(place, items);
      more.hidden = done >= hits.length;
      more.textContent = "再显示 " + Math.min(AT_ONCE, hits.length - done) + " 件";
      if (focus && items.length) { items[0].querySelector("a").focus(); }
    }
    more.onclick = () => { next(true); };
    await next(false);
  }

  function asked() {
    const data = new FormData(form);
    const chosen = {};
    selects.forEach(select => {
      if (select.name !== "sort" && select.value) { chosen[select.name] = select.value; }
    });
    return { query: String(data.get("q") || "").trim().slice(0, LONGEST_QUERY), chosen: chosen, byDate: data.get("sort") === "date" };
  }

  async function search() {
    const run = runs += 1;
    const { query, chosen, byDate } = asked();
    const terms = termsOf(query);
    near.hidden = true;
    list.replaceChildren();
    list.parentElement.querySelector("button").hidden = true;
    document.title = query ? query + " - " + ownTitle : ownTitle;
    if (!terms.length && (query || !Object.keys(chosen).length)) {
      state.textContent = query ? "检索词里没有文字或者数字。" : "请输入检索词。";
      return;
    }
    state.textContent = "正在检索…";
    const manifest = await json(list.dataset.index);
    const module = manifest.full_text ? await fullText(manifest) : null;
    scope.hidden = Boolean(module);
    const first = query ? (await named(manifest, query)).filter(row => fits(row, chosen)) : [];
    const [hits, close] = module
      ? await findInTexts(module, manifest, terms, chosen, byDate)
      : await findInOwn(manifest, terms, chosen, byDate);
    if (run !== runs) { return; }
    const needles = terms.map(term => folded(term.text));
    const urls = first.map(row => row.url);
    // What the query names is among the hits too, unless it is only named there.
    const count = Math.max(hits.length, first.length);
    const apart = count ? "，另有 " + close.length + " 件相近结果" : "下面是相近结果。";
    state.textContent = (count
      ? "找到 " + count + " 件"
      : "没有找到与“" + query + "”相符的信息。" + (close.length ? "" : "可以减少或者更换检索词，或者查找"))
      + (close.length ? apart : "");
    if (!count && !close.length) { state.append(catalog, "。"); }
    await show(list, first.map(hitOf).concat(hits), needles, url => urls.includes(url), run);
    near.hidden = !close.length;
    if (close.length) { await show(near.querySelector("ol"), close, needles.concat(wordsOf(terms)), () => false, run); }
  }

  function start() {
    list.setAttribute("aria-busy", "true");
    search().then(() => { list.setAttribute("aria-busy", "false"); }, () => {
      list.setAttribute("aria-busy", "false");
      state.textContent = "检索数据没有载入（直接打开本机文件时浏览器不允许读取）。请查找";
      state.append(catalog, "。");
    });
  }

  // ---- The address says what is asked

  function fill() {
    const asked = new URLSearchParams(location.search);
    document.querySelectorAll("input[name=q]").forEach(input => { input.value = asked.get("q") || ""; });
    selects.forEach(select => {
      select.value = asked.get(select.name) || "";
      if (select.selectedIndex < 0) { select.selectedIndex = 0; }
    });
  }

  function remember() {
    const said = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (value) { said.append(name, value); } });
    history.pushState(null, "", "?" + said);
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    remember();
    start();
  });
  filters.addEventListener("change", () => {
    remember();
    start();
  });
  window.addEventListener("popstate", () => {
    fill();
    start();
  });
  filters.hidden = false;
  fill();
  filters.open = matchMedia("(min-width: 36em)").matches || selects.some(select => select.value);
  start();
})();
