// Browsers that do not know shadow roots in HTML get theirs here; whether the panel is open is remembered.
(() => {
  const host = document.getElementById("gongkai-preview");
  if (!host) return;
  const template = host.querySelector("template");
  if (template && !host.shadowRoot) {
    host.attachShadow({ mode: "open" }).append(template.content.cloneNode(true));
    template.remove();
  }
  const fold = host.shadowRoot.querySelector("details");
  const key = "gongkai-preview";
  try {
    const kept = sessionStorage.getItem(key);
    if (kept) fold.open = kept === "open";
    fold.querySelector("summary").addEventListener("click", () => {
      sessionStorage.setItem(key, fold.open ? "closed" : "open");
    });
  } catch {
    // A browser that keeps nothing opens the panel when there are errors.
  }
})();
