// What Gradio's own controls leave unsaid: whether the filters are open.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const set = (element, name, value) => {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  const word = () => {
    const fold = one("#filters > button");
    set(fold, "aria-expanded", String(Boolean(fold?.classList.contains("open"))));
    set(one("#filters > button .icon"), "aria-hidden", "true");
  };

  document.addEventListener("briefing:there", () => {
    word();
    new MutationObserver(word)
      .observe(one("#tabs"), { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  });
})();
