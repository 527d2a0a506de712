// How this page is read: font size, colours, simple version, guide line; copying, printing and the
// current section. Choices are remembered; without script none of the buttons is shown.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "gongkai-reading";
  // Beside this file; it makes the panel and is loaded when the panel is first asked for.
  var PANEL = document.currentScript.src.replace(/reading\.js$/, "aids.js");
  // Name, words and values of each choice; the first value is the one that nobody chose.
  var choices = [
    ["size", "字号", { normal: "标准", small: "小", large: "大", huge: "特大" }],
    ["scheme", "配色", { system: "跟随系统", light: "浅色", dark: "深色", contrast: "高对比" }],
    ["simple", "简约版", { off: "关", on: "开" }],
    ["guide", "阅读参考线", { off: "关", on: "开" }]
  ];
  var chosen = {};
  var line = null;
  var asked = false;

  function each(selector, act) { document.querySelectorAll(selector).forEach(act); }

  function remembered() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (refused) { return {}; }
  }

  function choose(name, value) {
    chosen[name] = value;
    root.dataset[name] = value;
    each("button[data-choice=" + name + "]", function (button) {
      button.setAttribute("aria-pressed", String(button.value === value));
    });
    if (document.body) { showLine(); }
    // A browser that refuses to remember still changes this page.
    try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch (refused) { return; }
  }

  // The guide line follows the pointer and, for those who use the keyboard, the focus.
  function showLine() {
    if (chosen.guide === "on" && !line) {
      line = document.createElement("div");
      line.className = "guide-line";
      line.setAttribute("aria-hidden", "true");
      document.body.append(line);
    }
    if (line) { line.hidden = chosen.guide !== "on"; }
  }
  function moveLine(y) { if (line) { line.style.top = y + "px"; } }

  function toggle(opener) {
    var aids = document.getElementById("aids");
    var wanted = opener.getAttribute("aria-expanded") !== "true";
    if (!aids) {
      if (asked) { return; }
      asked = true;
      var script = document.createElement("script");
      script.src = PANEL;
      script.onload = function () { toggle(opener); };
      document.head.append(script);
      return;
    }
    aids.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
    (wanted ? aids.querySelector("button") : opener).focus();
  }

  // Copying works at an insecure address too: through the selection.
  function copy(button) {
    var range = document.createRange();
    range.selectNodeContents(document.getElementById(button.dataset.copy));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    var words = button.textContent;
    var done = document.execCommand("copy");
    if (done) { getSelection().removeAllRanges(); }
    button.textContent = done ? "已复制" : "请按 Ctrl+C 复制";
    button.addEventListener("blur", function () { button.textContent = words; }, { once: true });
  }

  // The outline says which section is being read.
  function watch() {
    var links = {};
    each(".outline a", function (link) { links[decodeURIComponent(link.hash.slice(1))] = link; });
    var seen = new IntersectionObserver(function (changes) {
      changes.forEach(function (change) {
        if (!change.isIntersecting) { return; }
        each(".outline [aria-current]", function (link) { link.removeAttribute("aria-current"); });
        links[change.target.id].setAttribute("aria-current", "true");
      });
    }, { rootMargin: "-10% 0px -70% 0px" });
    Object.keys(links).forEach(function (id) {
      var heading = document.getElementById(id);
      if (heading) { seen.observe(heading); }
    });
  }

  // Before anything is painted, so that nothing flashes.
  var before = remembered();
  choices.forEach(function (choice) {
    var values = Object.keys(choice[2]);
    choose(choice[0], values.indexOf(before[choice[0]]) > 0 ? before[choice[0]] : values[0]);
  });
  root.dataset.js = "";
  window.gongkaiReading = { choices: choices, chosen: chosen };

  document.addEventListener("DOMContentLoaded", function () {
    choices.forEach(function (choice) { choose(choice[0], chosen[choice[0]]); });
    watch();
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.choice) { choose(button.dataset.choice, button.value); }
    if (button.dataset.copy) { copy(button); }
    if ("print" in button.dataset) { window.print(); }
    if ("aids" in button.dataset) { toggle(button); }
  });
  document.addEventListener("keydown", function (event) {
    var opener = document.querySelector("[data-aids][aria-expanded=true]");
    if (event.key === "Escape" && opener) { toggle(opener); }
  });
  document.addEventListener("mousemove", function (event) { moveLine(event.clientY + 12); });
  document.addEventListener("focusin", function (event) {
    moveLine(event.target.getBoundingClientRect().bottom + 2);
  });
})();
