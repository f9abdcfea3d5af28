// The saved conversations beside the page: which one is open, and the list that they are opened from.
(() => {
  "use strict";
  const { actions, bridges } = window.briefing;
  const beside = window.matchMedia("(min-width: 1200px)"); // as in past.css: where it is narrower, the list covers the rest
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const send = (event, data) => bridges.history?.trigger(event, data);
  const search = () => one("#past-search :is(input, textarea)");

  // The conversation that is open in this window, so that it is there again when the page is loaded anew.
  const HELD = "briefing-conversation";
  const held = () => {
    try { return sessionStorage.getItem(HELD) || ""; } catch { return ""; /* private windows may refuse */ }
  };
  const hold = (id) => {
    try { if (id) sessionStorage.setItem(HELD, id); else sessionStorage.removeItem(HELD); } catch { /* as above */ }
  };

  const showPast = (shown) => {
    one("#bench").classList.toggle("with-past", shown);
    one("#past-button button")?.setAttribute("aria-expanded", String(shown));
    try { localStorage.setItem("briefing-past", shown ? "yes" : "no"); } catch { /* as above */ }
  };

  const isShown = () => one("#bench").classList.contains("with-past");
  const covers = () => isShown() && !beside.matches;

  const closePast = () => {
    showPast(false);
    one("#past-button button").focus();
  };

  const past = () => {
    const shown = !isShown();
    showPast(shown);
    if (shown) search()?.focus();
  };

  const rename = (button) => {
    const { id, title } = button.dataset;
    const dialog = one("#renaming");
    const input = one("input", dialog);
    input.value = title;
    dialog.returnValue = "";
    dialog.onclose = () => {
      if (dialog.returnValue === "rename") send("rename", { id, title: input.value });
      (all("[data-do=rename]").find((each) => each.dataset.id === id) || search())?.focus();
    };
    dialog.showModal();
    input.select();
  };

  const reopen = (element) => {
    send("open", { id: element.dataset.id });
    if (!beside.matches) showPast(false);
  };

  const discard = (element) => {
    send("discard", { id: element.dataset.id });
    search()?.focus(); // the button is about to go
  };

  const followPast = (earlier) => {
    let known = false; // until the server has said what is open, what is remembered stays
    new MutationObserver(() => {
      const shown = one("[data-held]", earlier);
      if (shown || known) hold(shown?.dataset.held);
      known ||= Boolean(shown);
    }).observe(earlier, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-held"] });
    const notice = one("#past-notice"); // what went wrong with the file must not stay behind a button
    new MutationObserver(() => { if (one(".problem", notice)) showPast(true); })
      .observe(notice, { childList: true, subtree: true });
    let wish = null;
    try { wish = localStorage.getItem("briefing-past"); } catch { /* as above */ }
    if (wish === "yes" && beside.matches) showPast(true);
  };

  Object.assign(window.briefing, { held });
  Object.assign(actions, { past, rename, reopen, discard, undiscard: (element) => send("undiscard", { id: element.dataset.id }) });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && covers() && !one("dialog[open]")) closePast();
  });
  document.addEventListener("click", (event) => {
    if (event.target.id === "bench" && covers()) closePast(); // the backdrop is drawn by the bench itself
  });
  document.addEventListener("focusin", (event) => { // by Tab, or by the key that goes to the question
    if (event.target.closest("#main, #side") && covers()) showPast(false);
  });

  document.addEventListener("briefing:there", () => { if (one("#past-list")) followPast(one("#earlier")); });
})();
