// Search in the site's own index: numbers in any bracket style first, then words.
(function () {
  "use strict";
  var MOST = 100;
  var list = document.getElementById("search-results");
  var state = document.getElementById("search-state");
  var query = new URLSearchParams(location.search).get("q") || "";

  // The form in which all texts are compared: half width, one kind of bracket, no spaces, lower case.
  function folded(text) {
    return text.normalize("NFKC").toLowerCase()
      .replace(/[\[【〔﹝{(<〈《]/g, "〔").replace(/[\]】〕﹞})>〉》]/g, "〕").replace(/\s+/g, "");
  }

  // A document number as the index writes it: no 第, no leading zeros; the rest as it is.
  function number(text) {
    return folded(text).replace(/〔(\d{4})年?〕第?0*(\d+)号?/, "〔$1〕$2号");
  }

  var WEIGHTS = [["title", 8], ["keywords", 4], ["number", 4], ["index_number", 4], ["headings", 2], ["summary", 2], ["column", 1], ["kind", 1]];

  function fieldsOf(entry) {
    return WEIGHTS.map(function (pair) {
      return { text: folded([].concat(entry[pair[0]] || "").join("\n")), weight: pair[1] };
    });
  }

  // Every word has to occur somewhere; an exact number or title comes before all else.
  function score(entry, words, whole) {
    if (entry.number && (entry.number === whole || (/〔/.test(whole) && entry.number.endsWith(whole)))) { return 1000; }
    if (entry.index_number && folded(entry.index_number) === folded(query)) { return 1000; }
    var fields = fieldsOf(entry);
    var total = folded(entry.title) === folded(query) ? 500 : 0;
    for (var i = 0; i < words.length; i += 1) {
      var best = 0;
      fields.forEach(function (field) {
        if (field.text.includes(words[i])) { best = Math.max(best, field.weight); }
      });
      if (!best) { return 0; }
      total += best;
    }
    return total;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  // The text with the words of the query marked; built from text nodes only.
  function marked(parent, text, words) {
    var low = text.toLowerCase();
    var from = 0;
    while (from < text.length) {
      var next = -1;
      var length = 0;
      words.forEach(function (word) {
        var found = low.indexOf(word, from);
        if (found >= 0 && (next < 0 || found < next)) { next = found; length = word.length; }
      });
      if (next < 0) { break; }
      parent.append(text.slice(from, next), element("mark", "", text.slice(next, next + length)));
      from = next + length;
    }
    parent.append(text.slice(from));
    return parent;
  }

  function result(entry, words) {
    var item = element("li");
    var link = element("a", "row-title");
    link.href = entry.url;
    item.append(marked(link, entry.title, words));
    var facts = element("p", "row-facts");
    [entry.number, entry.column, entry.published, entry.status].forEach(function (fact) {
      if (fact) { facts.append(element("span", "", fact), " "); }
    });
    item.append(facts);
    if (entry.summary) { item.append(marked(element("p", "result-summary"), entry.summary, words)); }
    return item;
  }

  function show(entries) {
    var words = query.trim().split(/\s+/).map(folded).filter(Boolean);
    var whole = number(query);
    var found = entries.map(function (entry, order) {
      return { entry: entry, order: order, score: score(entry, words, whole) };
    }).filter(function (one) { return one.score > 0; });
    // The index is newest first; equal scores keep that order.
    found.sort(function (a, b) { return b.score - a.score || a.order - b.order; });
    state.textContent = found.length
      ? "找到 " + found.length + " 件" + (found.length > MOST ? "，显示前 " + MOST + " 件" : "")
      : "没有找到与“" + query + "”相符的信息。可以减少或者更换检索词，或者从主动公开目录查找。";
    list.replaceChildren.apply(list, found.slice(0, MOST).map(function (one) {
      return result(one.entry, words);
    }));
  }

  document.querySelectorAll("input[name=q]").forEach(function (input) { input.value = query; });
  if (!query.trim()) {
    state.textContent = "请输入检索词。";
    return;
  }
  state.textContent = "正在检索…";
  fetch(list.dataset.index).then(function (answer) {
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }).then(show).catch(function () {
    state.textContent = "检索数据没有载入（直接打开本机文件时浏览器不允许读取）。请从主动公开目录或者网站地图查找。";
  });
})();
