// Font size and printing. The choice is remembered; without script the buttons are not shown.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "gongkai-size";

  function remembered() {
    try { return localStorage.getItem(KEY); } catch (refused) { return null; }
  }

  function choose(size) {
    root.dataset.size = size;
    document.querySelectorAll("button[data-size]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    });
    // A browser that refuses to remember still changes the size of this page.
    try { localStorage.setItem(KEY, size); } catch (refused) { return; }
  }

  document.querySelectorAll(".tools").forEach(function (tools) {
    tools.hidden = false;
    tools.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) { return; }
      if (button.dataset.size) { choose(button.dataset.size); }
      if ("print" in button.dataset) { window.print(); }
    });
  });
  choose(remembered() || "normal");
})();
