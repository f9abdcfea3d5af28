// What Gradio's own controls leave unsaid: whether the filters are open, and in our words what an upload field takes.
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
    for (const field of document.querySelectorAll("#drop, #verify-drop")) {
      const name = one("[data-testid=block-label]", field)?.textContent.trim();
      if (name) set(one(".upload-container", field), "aria-label", name); // the style sheet shows it, too
    }
  };

  document.addEventListener("briefing:there", () => {
    word();
    new MutationObserver(word) // Gradio makes a tab when it is first chosen, and an upload field anew after each upload
      .observe(one("#tabs"), { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  });
})();
