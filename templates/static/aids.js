// The panel of reading aids, and reading aloud; loaded by reading.js when it is first asked for.
(function () {
  "use strict";
  var reading = window.gongkaiReading;
  // Texts are read block by block; of blocks in each other the innermost.
  var BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, caption, th, td, figcaption";
  var LONGEST = 120;
  var voice = { parts: [], at: 0, on: false };

  function made(parent, name, attributes, words) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    element.append(words || "");
    return parent.appendChild(element);
  }

  function group(parent, words) {
    var set = made(parent, "fieldset", {});
    made(set, "legend", {}, words);
    return set;
  }

  var aids = document.createElement("section");
  aids.id = "aids";
  aids.className = "aids";
  aids.hidden = true;
  aids.setAttribute("aria-label", "阅读辅助");
  var wrap = made(aids, "div", { "class": "wrap" });
  reading.choices.forEach(function (choice) {
    var set = group(wrap, choice[1]);
    Object.keys(choice[2]).forEach(function (value) {
      made(set, "button", {
        type: "button",
        value: value,
        "data-choice": choice[0],
        "aria-pressed": String(reading.chosen[choice[0]] === value)
      }, choice[2][value]);
    });
  });
  document.querySelector(".masthead").append(aids);
  if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) { return; }

  var aloud = group(wrap, "语音朗读");
  var reader = made(aloud, "button", { type: "button" }, "朗读");
  var stopper = made(aloud, "button", { type: "button" }, "停止");
  var state = made(wrap, "output", {});

  // What is selected, else the text of the page, a sentence at a time: browsers fall silent in the
  // middle of long texts, and few can pause.
  function parts() {
    var found = [];
    function add(text, block) {
      (text.match(new RegExp("[^。！？；\\n]{1," + LONGEST + "}[。！？；]?", "g")) || []).forEach(function (words) {
        if (words.trim()) { found.push({ words: words.trim(), block: block }); }
      });
    }
    var selected = String(getSelection());
    if (selected.trim()) {
      add(selected, null);
      return found;
    }
    document.querySelectorAll("#main :is(" + BLOCKS + ")").forEach(function (block) {
      if (block.getClientRects().length && !block.querySelector(BLOCKS)) { add(block.innerText, block); }
    });
    return found;
  }

  function mark(block) {
    document.querySelectorAll(".spoken").forEach(function (other) {
      if (other !== block) { other.classList.remove("spoken"); }
    });
    if (block && !block.classList.contains("spoken")) {
      block.classList.add("spoken");
      block.scrollIntoView({ block: "center" });
    }
  }

  function become(next, words) {
    voice = next;
    window.speechSynthesis.cancel();
    reader.textContent = next.on ? "暂停" : next.parts.length ? "继续" : "朗读";
    state.textContent = words;
  }

  function stop(words) {
    become({ parts: [], at: 0, on: false }, words);
    mark(null);
  }

  function speak() {
    var now = voice;
    var part = now.parts[now.at];
    if (!part) {
      stop("朗读完毕。");
      return;
    }
    var utterance = new SpeechSynthesisUtterance(part.words);
    utterance.lang = "zh-CN";
    utterance.onend = function () {
      if (now !== voice || !now.on) { return; }
      now.at += 1;
      speak();
    };
    utterance.onerror = function () {
      if (now === voice && now.on) { stop("这个浏览器没有可用的中文语音。"); }
    };
    mark(part.block);
    window.speechSynthesis.speak(utterance);
  }

  reader.addEventListener("click", function () {
    var wanted = voice.parts.length ? voice.parts : parts();
    become({ parts: wanted, at: voice.at, on: !voice.on }, voice.on ? "已暂停。" : "正在朗读。");
    if (voice.on) { speak(); }
  });
  stopper.addEventListener("click", function () { stop("已停止。"); });
  window.addEventListener("pagehide", function () { stop(""); });
})();
