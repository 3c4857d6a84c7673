// What every page of the digital edition can do. A control stays hidden where the browser cannot do what it offers.
(function () {
  "use strict";
  const root = document.documentElement;
  const told = document.querySelector("[data-told]");

  function keep(name, value) {
    root.dataset[name] = value;
    try {
      localStorage.setItem("site-" + name, value);
    } catch (refused) {
      // It holds for this page alone.
    }
  }

  function tell(words) {
    told.textContent = words;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => (told.textContent = ""), 4000);
  }

  function show(control) {
    control.hidden = false;
    return control;
  }

  // ---- colours ----
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  for (const button of document.querySelectorAll("[data-theme-button]")) {
    const name = () => (button.textContent = isDark() ? "浅色" : "深色");
    show(button).addEventListener("click", () => {
      keep("theme", isDark() ? "light" : "dark");
      name();
    });
    system.addEventListener("change", name);
    name();
  }

  // ---- type size ----
  for (const group of document.querySelectorAll("[data-sizes]")) {
    const buttons = [...show(group).querySelectorAll("button")];
    const mark = () => buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.size === (root.dataset.size || "medium"))));
    for (const button of buttons) {
      button.addEventListener("click", () => {
        keep("size", button.dataset.size);
        mark();
      });
    }
    mark();
  }

  // ---- print, share ----
  for (const button of document.querySelectorAll("[data-print]")) {
    show(button).addEventListener("click", () => print());
  }
  const canonical = document.querySelector("link[rel=canonical]");
  const address = canonical ? canonical.href : location.href;
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share && !(navigator.clipboard && navigator.clipboard.writeText)) continue;
    show(button).addEventListener("click", async () => {
      try {
        if (navigator.share) {
          await navigator.share({ title: document.title, url: address });
        } else {
          await navigator.clipboard.writeText(address);
          tell("链接已复制");
        }
      } catch (refused) {
        if (refused.name !== "AbortError") tell("没能分享，请复制地址栏里的网址");
      }
    });
  }

  // ---- a story on the page's picture and in the list of headlines ----
  const stories = [...document.querySelectorAll("[data-story]")];
  const light = (story, isOn) =>
    stories.filter((each) => each.dataset.story === story).forEach((each) => each.classList.toggle("is-lit", isOn));
  for (const each of stories) {
    for (const event of ["pointerenter", "focusin"]) each.addEventListener(event, () => light(each.dataset.story, true));
    for (const event of ["pointerleave", "focusout"]) each.addEventListener(event, () => light(each.dataset.story, false));
  }

  // ---- reading aloud ----
  const LONGEST = 120; // Chrome stops in the middle of utterances that take longer than about 15 seconds.
  const SENTENCE = /[^。！？；…!?;]+[。！？；…!?;]*[”’」』）》〉)]*|[。！？；…!?;]+/gu;
  const PHRASE = new RegExp(`.{1,${LONGEST - 1}}[，、：,:]|.{1,${LONGEST}}`, "gsu");

  function pieces(text) {
    return (text.match(SENTENCE) || []).flatMap((sentence) => (sentence.length > LONGEST ? sentence.match(PHRASE) : [sentence]));
  }

  function* sentences(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("rt, rp") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const places = [];
    let text = "";
    while (walker.nextNode()) {
      places.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    let start = 0;
    const set = (range, edge, offset) => {
      const [begin, node] = places.findLast(([begin]) => begin < offset || begin === 0);
      range[edge](node, offset - begin);
    };
    for (const words of pieces(text)) {
      const range = document.createRange();
      set(range, "setStart", start === 0 ? 0 : start);
      set(range, "setEnd", start + words.length);
      if (words.trim()) yield { block, range, words: words.trim() };
      start += words.length;
    }
  }

  class Speaker {
    constructor(button, reading, voice) {
      this.button = button;
      this.voice = voice;
      this.all = [...reading.querySelectorAll("[data-spoken]")].flatMap((block) => [...sentences(block)]);
      this.place = 0;
      this.isOn = false;
    }

    toggle() {
      return this.isOn ? this.stop() : this.start();
    }

    start() {
      this.isOn = true;
      this.name("停止播报");
      speechSynthesis.cancel();
      this.speak();
    }

    stop() {
      this.isOn = false;
      this.name("语音播报");
      this.mark(null);
      speechSynthesis.cancel();
    }

    speak() {
      const sentence = this.all[this.place];
      if (!sentence) {
        this.place = 0;
        this.stop();
        return;
      }
      this.mark(sentence);
      const utterance = new SpeechSynthesisUtterance(sentence.words);
      utterance.lang = this.voice.lang;
      utterance.voice = this.voice;
      utterance.onend = () => {
        if (!this.isOn) return;
        this.place += 1;
        this.speak();
      };
      utterance.onerror = () => this.isOn && this.stop();
      speechSynthesis.speak(utterance);
    }

    name(words) {
      this.button.textContent = words;
      this.button.setAttribute("aria-pressed", String(this.isOn));
    }

    mark(sentence) {
      document.querySelectorAll(".is-spoken").forEach((each) => each.classList.remove("is-spoken"));
      if (window.CSS && CSS.highlights) CSS.highlights.delete("spoken");
      if (!sentence) return;
      sentence.block.classList.add("is-spoken");
      if (window.CSS && CSS.highlights) CSS.highlights.set("spoken", new Highlight(sentence.range));
      const box = sentence.range.getBoundingClientRect();
      if (box.top >= 0 && box.bottom <= innerHeight) return;
      const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      scrollBy({ top: box.top - innerHeight / 4, behavior: isCalm ? "auto" : "smooth" });
    }
  }

  // A voice that works away from this machine would send the text to others.
  const chinese = (voice) => /^(zh|cmn)\b/i.test(voice.lang.replace("_", "-")) && voice.localService;
  const reading = document.querySelector("[data-reading]");
  const speak = document.querySelector("[data-speak]");
  function offer() {
    const voice = speechSynthesis.getVoices().find(chinese);
    if (!voice || offer.speaker) return;
    offer.speaker = new Speaker(show(speak), reading, voice);
    speak.addEventListener("click", () => offer.speaker.toggle());
    addEventListener("pagehide", () => offer.speaker.stop());
  }
  if (reading && speak && "speechSynthesis" in window) {
    offer();
    if (speechSynthesis.addEventListener) speechSynthesis.addEventListener("voiceschanged", offer);
  }
})();
