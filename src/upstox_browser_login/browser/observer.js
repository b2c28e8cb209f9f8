// Runs before the page's own scripts, in the main frame. A toast lives three seconds and may be
// gone before anybody asks, so what appears is told the moment it appears.
(() => {
  const tell = window.__uplTell;
  // A frame has none either: it may be somebody else's.
  delete window.__uplTell;
  if (window !== window.top) return;
  if (typeof tell !== "function") return;
  const told = new Map();
  const shown = new WeakMap();
  const texts = [];
  let scheduled = false;
  const changed = () => {
    if (scheduled) return;
    scheduled = true;
    // Without a word: there is something to look at.
    setTimeout(() => { scheduled = false; tell({texts: []}); }, 25);
  };
  const coded = /\[[A-Za-z]{0,8}\d{3,8}\]$/;
  const textOf = (element) => (element.textContent || "").replace(/\s+/g, " ").trim();
  const say = (node) => {
    let element = node.parentElement;
    if (!element || element.closest("script, style, noscript, template, head")) return;
    // What is in the page but not shown says nothing yet; it is told when it is shown.
    if (element.checkVisibility && !element.checkVisibility()) {
      shown.delete(node);
      return;
    }
    // And once: what stands there still, under another class, is no answer to anything new.
    if (shown.get(node) === node.data) return;
    shown.set(node, node.data);
    let text = textOf(element);
    // A message may be spread over several elements ("text" and "[code]"): look at the parents too.
    for (let up = 0; up < 3 && !coded.test(text); up += 1) {
      const parent = element.parentElement;
      if (!parent || parent === document.body) break;
      const whole = textOf(parent);
      if (whole.length > 300) break;
      element = parent;
      if (coded.test(whole)) text = whole;
    }
    if (text.length < 4 || text.length > 300) return;
    const now = performance.now();
    if (now - (told.get(text) ?? -4000) < 3500) return;
    told.set(text, now);
    texts.push(text);
  };
  const sayWithin = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let left = 400; left > 0 && walker.nextNode(); left -= 1) {
      if (walker.currentNode.data.trim()) say(walker.currentNode);
    }
  };
  const observe = () => {
    new MutationObserver((records) => {
      try {
        for (const record of records) {
          if (record.type === "characterData") say(record.target);
          if (record.type === "attributes") sayWithin(record.target);
          for (const node of record.addedNodes) {
            if (node.nodeType === Node.ELEMENT_NODE) sayWithin(node);
            else if (node.nodeType === Node.TEXT_NODE) say(node);
          }
        }
      } finally {
        // All at once: each call is answered, which takes its time.
        if (texts.length) tell({texts: texts.splice(0)});
        changed();
      }
    }).observe(document, {
      childList: true, subtree: true, characterData: true, attributes: true,
      attributeFilter: ["disabled", "class", "style", "hidden", "aria-busy"],
    });
  };
  observe();
  document.addEventListener("DOMContentLoaded", changed);
  window.addEventListener("load", changed);
})();
