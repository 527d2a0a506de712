// Narrowing the list on this page while one types; the other pages of the list are fetched once.
(function () {
  "use strict";
  var MOST_PAGES = 25;
  var box = document.getElementById("narrow");
  var list = document.querySelector(".rows");
  if (!box || !list) { return; }
  var found = box.parentElement.querySelector("output");
  var pager = document.querySelector(".pager");
  var whole = null;

  // Numbers are found in any style of brackets, letters in any width and case.
  function folded(text) {
    return text.normalize("NFKC").toLowerCase()
      .replace(/[[【〔﹝{(<〈《]/g, "〔").replace(/[\]】〕﹞})>〉》]/g, "〕");
  }

  function addresses() {
    var last = pager ? Number(pager.dataset.last) : 1;
    var pages = [];
    for (var page = 2; page <= Math.min(last, MOST_PAGES); page += 1) {
      pages.push(new URL(pager.dataset.pattern.replace("*", page), location.href).href);
    }
    return pages;
  }

  // Rows of another page keep their addresses: those are relative to the page they stood on.
  function rowsOf(text, address) {
    var page = new DOMParser().parseFromString(text, "text/html");
    return Array.from(page.querySelectorAll(".rows > li"), function (row) {
      row.querySelectorAll("a[href]").forEach(function (link) {
        link.href = new URL(link.getAttribute("href"), address).href;
      });
      return document.importNode(row, true);
    });
  }

  function load() {
    return Promise.all(addresses().map(function (address) {
      return fetch(address).then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.text();
      }).then(function (text) { return rowsOf(text, address); });
    })).then(function (pages) {
      pages.forEach(function (rows) { list.append.apply(list, rows); });
      return pager && Number(pager.dataset.last) > MOST_PAGES ? "（最近的部分，更早的请用检索）" : "";
    }, function () { return "（仅本页）"; });
  }

  function narrow() {
    var words = folded(box.value).split(/\s+/).filter(Boolean);
    whole = whole || load();
    whole.then(function (note) {
      var shown = 0;
      Array.from(list.children).forEach(function (row, place) {
        var text = folded(row.textContent + " " + (row.dataset.words || ""));
        // Without words the list is again what it was: its first page.
        row.hidden = words.length
          ? !words.every(function (word) { return text.includes(word); })
          : place >= first;
        shown += row.hidden ? 0 : 1;
      });
      if (pager) { pager.hidden = words.length > 0; }
      found.textContent = words.length ? "筛选出 " + shown + " 件" + note : "";
    });
  }

  var first = list.children.length;
  box.addEventListener("input", narrow);
})();
