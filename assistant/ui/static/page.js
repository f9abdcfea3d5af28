// One delegated listener for the whole page. Elements say what they do in data-do; Python is reached through the
// bridges that the panels connect: trigger(event, data) for Gradio events, server.read_source(...) for documents.
(() => {
  "use strict";
  const bridges = {};
  const wide = window.matchMedia("(min-width: 1000px)");
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const send = (bridge, event, data) => bridges[bridge]?.trigger(event, data);
  const typing = (element) => element?.closest?.("input, textarea, select, [contenteditable='true']");
  const say = (text) => { const live = one("#announce"); if (live) live.textContent = text; };

  // What the other scripts of the page use: they add to `actions`, and call what else is put here below.
  window.briefing = { connect(name, bridge) { bridges[name] = bridge; }, bridges, say, wide };

  // The elements of a turn, or of the sections of a memo: not those of an earlier version inside it, nor those under a closed fold.
  const HOLDER = ".turn, .sections";
  const own = (selector, holder) => all(selector, holder)
    .filter((each) => each.closest(HOLDER) === holder && !each.closest("details:not([open])"));

  // What is inside an element that is being shown can take the focus only some frames later.
  const focusSoon = (element, frames) => {
    element.focus({ preventScroll: true });
    if (document.activeElement !== element && frames) requestAnimationFrame(() => focusSoon(element, frames - 1));
  };

  const toQuestion = () => {
    one("#tab-ask-button[aria-selected=false]")?.click();
    const field = one("#question textarea");
    if (field) focusSoon(field, 30);
  };

  // --- copying, removing, colours --------------------------------------------------------------------------------
  // A field that is selected and copied, where the browser has no clipboard for this address. What had the focus gets
  // it back, and the words that are selected in a document stay selected.
  const copyByField = (text) => {
    const focused = document.activeElement;
    const selection = document.getSelection();
    const selected = selection.isCollapsed ? null : selection.getRangeAt(0);
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    focused?.focus({ preventScroll: true });
    if (!selected) return;
    selection.removeAllRanges();
    selection.addRange(selected);
  };

  const copyText = async (button, text, said) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyByField(text);
    }
    say(said);
    const label = button.textContent;
    if (label === "Copied") return; // pressed again: the first press brings the label back
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1600);
  };

  const copy = (button) => copyText(button, button.dataset.text, "Copied the answer with its references");

  const askRemoval = (button) => {
    const dialog = one("#removal");
    one(".name", dialog).textContent = button.dataset.title;
    one("[value=file]", dialog).hidden = button.dataset.upload !== "yes";
    dialog.returnValue = "";
    dialog.onclose = () => {
      if (dialog.returnValue === "index" || dialog.returnValue === "file") {
        send("library", "remove", { entry: button.dataset.path, delete_file: dialog.returnValue === "file" });
      }
      button.focus?.();
    };
    dialog.showModal();
  };

  const setDark = (dark) => {
    document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    one("#dark")?.setAttribute("aria-pressed", String(dark));
    try { localStorage.setItem("briefing-dark", dark ? "yes" : "no"); } catch { /* private windows may refuse */ }
  };

  const edit = (element) => {
    const { turn, question, query } = element.dataset;
    send("conversation", "edit", { turn: Number(turn), question, is_query: query === "yes" });
    one("#question textarea")?.focus();
  };

  const unedit = () => {
    send("conversation", "unedit", {});
    one("#question textarea")?.focus();
  };

  const regenerate = ({ dataset }) => {
    send("conversation", "ask", { kind: "regenerate", question: dataset.question, turn: Number(dataset.turn) });
    if (wide.matches) one("#question textarea")?.focus(); // the button is about to go; on a phone no keyboard comes up
  };

  const ask = ({ dataset }) => {
    send("conversation", "ask", { kind: "ask", question: dataset.question });
    if (wide.matches) one("#question textarea")?.focus(); // as above
  };

  const reason = (button) => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  };

  const actions = {
    ask,
    regenerate,
    edit,
    unedit,
    reason,
    within: (element) => send("conversation", "ask", { kind: "within", turn: Number(element.dataset.turn) }),
    again: ({ dataset }) => send("conversation", "ask", { kind: "again", question: dataset.question, keep: dataset.keep }),
    unfilter: (element) => send("filters", "unfilter", { kind: element.dataset.kind, value: element.dataset.value }),
    library: () => one("#tab-library-button")?.click(),
    restore: (element) => send("library", "restore", { entry: element.dataset.path }),
    remove: askRemoval,
    copy,
    dark: () => setDark(!document.body.classList.contains("dark")),
    skip: toQuestion,
  };

  Object.assign(window.briefing, { actions, HOLDER, own, typing, focusSoon, copyText });

  document.addEventListener("click", (event) => {
    const element = event.target.closest?.("[data-do]");
    if (!element || element.disabled) return;
    event.preventDefault();
    actions[element.dataset.do]?.(element);
  });

  // Who presses Enter or Ask twice means one question: the box is empty only once the first press is through, which on
  // a slow line or in a long queue takes its time. A press that the page did not take, as another answer was under way,
  // leaves the text where it is and is told as over; one that is lost on the line counts for FORGOTTEN ms.
  const FORGOTTEN = 30000;
  let sent = null;
  const untilEmpty = (now) => {
    if (sent && (one("#question textarea")?.value !== sent.text || now - sent.at > FORGOTTEN)) sent = null;
    if (sent) requestAnimationFrame(untilEmpty);
  };
  const askedTwice = (event) => {
    const text = one("#question textarea")?.value;
    if (sent && text === sent.text && event.timeStamp - sent.at < FORGOTTEN) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    sent = { text, at: event.timeStamp };
    requestAnimationFrame(untilEmpty);
  };
  window.briefing.asked = () => { sent = null; };
  document.addEventListener("keypress", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target.closest?.("#question")) askedTwice(event);
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#go")) askedTwice(event);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      actions.close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    if (event.key === "j") actions.next();
    else if (event.key === "k") actions.previous();
    else if (event.key === "/") toQuestion();
    else return;
    event.preventDefault();
  });

  const begin = () => {
    let wish = null;
    try { wish = localStorage.getItem("briefing-dark"); } catch { /* as above */ }
    if (wish) setDark(wish === "yes");
    new MutationObserver((_, self) => {
      const live = one("#live");
      if (!live) return;
      self.disconnect();
      document.documentElement.lang = "en";
      if (wish) setDark(wish === "yes");
      document.dispatchEvent(new Event("briefing:there"));
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
