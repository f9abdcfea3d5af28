// One delegated listener for the whole page. Elements say what they do in data-do; Python is reached through the
// bridges that the panels connect: trigger(event, data) for Gradio events, server.read_source(...) for documents.
(() => {
  "use strict";
  const bridges = {};
  const wide = window.matchMedia("(min-width: 1000px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const cache = new Map();
  let current = null; // the element whose place the source pane shows
  let opener = null; // where the focus goes back to when the drawer closes
  let newest = 0;
  let hovering = 0;
  let picked = false; // whether the person has chosen what the source pane shows for the turn at hand

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

  // --- the source pane -------------------------------------------------------------------------------------------
  const peers = (element) => {
    const holder = element.closest(HOLDER);
    if (!holder) return [];
    const kind = element.classList.contains("passage") ? ".passage" : ".cite";
    return own(kind, holder);
  };

  const placeOf = (element) => ({
    document: element.dataset.document,
    hash: element.dataset.hash || null,
    start: element.dataset.start ? Number(element.dataset.start) : null,
    end: element.dataset.end ? Number(element.dataset.end) : null,
    also: (element.dataset.also || "").split(" ").filter(Boolean),
    quote: element.dataset.quote || null,
    before: null,
    after: null,
  });

  const read = async (place) => {
    const key = JSON.stringify(place);
    if (!cache.has(key)) {
      if (cache.size > 60) cache.delete(cache.keys().next().value);
      cache.set(key, bridges.sources.server.read_source(key).catch((error) => { cache.delete(key); throw error; }));
    }
    return JSON.parse(await cache.get(key));
  };

  const scrollToMark = () => {
    const body = one("#source .body");
    const mark = one("mark", body);
    if (!mark) { body.scrollTop = 0; return; }
    const box = body.getBoundingClientRect();
    const first = mark.getBoundingClientRect();
    const top = body.scrollTop + first.top - box.top - Math.min(box.height / 3, 160);
    body.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  };

  const showStep = () => {
    const list = current ? peers(current) : [];
    const at = list.indexOf(current);
    const step = one("#source .step");
    step.hidden = at < 0 || list.length < 2;
    if (at >= 0) {
      const noun = current.classList.contains("passage") ? "Passage" : "Citation";
      one(".at", step).textContent = `${noun} ${at + 1} of ${list.length}`;
    }
  };

  const show = async (place, { drawer = false } = {}) => {
    const pane = one("#source");
    if (!pane || !bridges.sources) return;
    const mine = ++newest;
    pane.dataset.state = pane.dataset.state === "empty" ? "loading" : pane.dataset.state;
    pane.setAttribute("aria-busy", "true");
    if (drawer) openDrawer();
    let found;
    try {
      found = await read(place);
    } catch {
      found = { problem: "The document could not be loaded. Is the assistant still running?" };
    }
    if (mine !== newest) return;
    pane.removeAttribute("aria-busy");
    delete pane.dataset.document;
    if (found.problem) {
      one(".head", pane).innerHTML = "";
      const body = one(".body", pane);
      body.innerHTML = "";
      body.append(Object.assign(document.createElement("p"), { className: "note", textContent: found.problem }));
    } else {
      one(".head", pane).innerHTML = found.head;
      one(".body", pane).innerHTML = found.body;
      pane.dataset.document = place.document;
      say(found.spoken);
    }
    pane.dataset.state = "shown";
    showStep();
    scrollToMark();
  };

  const empty = () => {
    newest += 1;
    current = null;
    all("[data-do=cite][aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    one("#source").dataset.state = "empty";
    one("#source .step").hidden = true;
  };

  const choose = (element, options) => {
    if (element.classList.contains("reference")) {
      const { document: key, start } = element.dataset;
      const same = (cite) => cite.dataset.document === key && cite.dataset.start === start;
      element = own(".cite", element.closest(".turn")).find(same) || element;
    }
    all("[data-do=cite][aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    picked = !options?.unasked;
    current = element;
    element.setAttribute("aria-current", "true");
    return show(placeOf(element), options);
  };

  const step = (by) => {
    let list = current && current.isConnected ? peers(current) : [];
    if (!list.length) {
      const turns = all(HOLDER).filter((holder) => !holder.closest(".former") && holder.offsetParent);
      list = turns.length ? own(".cite, .passage", turns[turns.length - 1]) : [];
      if (!list.length) return;
      choose(list[0]);
      list[0].focus({ preventScroll: false });
      return;
    }
    const next = list[(list.indexOf(current) + by + list.length) % list.length];
    choose(next, { drawer: one("#bench").classList.contains("drawer") });
    if (!one("#bench").classList.contains("drawer")) next.focus();
  };

  const more = async (button) => {
    const body = one("#source .body");
    const mine = newest;
    button.disabled = true;
    const found = await read(JSON.parse(button.dataset.place)).catch(() => null);
    if (!found || found.problem || mine !== newest) { button.disabled = false; return; }
    const before = button.dataset.where === "before";
    const height = body.scrollHeight;
    button.insertAdjacentHTML(before ? "afterend" : "beforebegin", found.text);
    button.insertAdjacentHTML("afterend", before ? found.before : found.after);
    button.remove();
    if (before) body.scrollTop += body.scrollHeight - height;
  };

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

  const openDrawer = () => {
    if (wide.matches) return;
    if (!one("#bench").classList.contains("drawer")) opener = document.activeElement;
    one("#bench").classList.add("drawer");
    focusSoon(one("#source .close"), 30);
  };

  const closeDrawer = () => {
    if (!one("#bench.drawer")) return;
    one("#bench").classList.remove("drawer");
    (current?.isConnected ? current : opener)?.focus?.();
  };

  // --- copying, removing, colours --------------------------------------------------------------------------------
  const copyText = async (button, text, said) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
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
    send("conversation", "regenerate", { question: dataset.question, turn: Number(dataset.turn) });
    if (wide.matches) one("#question textarea")?.focus(); // the button is about to go; on a phone no keyboard comes up
  };

  const reason = (button) => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  };

  const actions = {
    ask: (element) => send("conversation", "ask", { question: element.dataset.question }),
    regenerate,
    edit,
    unedit,
    reason,
    within: (element) => send("conversation", "within", { turn: Number(element.dataset.turn) }),
    again: (element) => send("conversation", "again", { question: element.dataset.question }),
    unfilter: (element) => send("filters", "unfilter", { kind: element.dataset.kind, value: element.dataset.value }),
    restore: (element) => send("library", "restore", { entry: element.dataset.path }),
    remove: askRemoval,
    copy,
    more,
    cite: (element) => choose(element, { drawer: true }),
    open: (element) => { current = null; show(placeOf(element), { drawer: true }); },
    next: () => step(1),
    previous: () => step(-1),
    close: closeDrawer,
    dark: () => setDark(!document.body.classList.contains("dark")),
    skip: toQuestion,
  };

  Object.assign(window.briefing, { actions, own, typing, choose, openDrawer, copyText });

  document.addEventListener("click", (event) => {
    const element = event.target.closest?.("[data-do]");
    if (!element || element.disabled) return;
    event.preventDefault();
    actions[element.dataset.do]?.(element);
  });

  document.addEventListener("pointerover", (event) => {
    clearTimeout(hovering);
    const chip = event.target.closest?.(".cite");
    if (chip && wide.matches && event.pointerType === "mouse" && chip !== current) {
      hovering = setTimeout(() => chip.isConnected && choose(chip), 140);
    }
  });

  document.addEventListener("focusin", (event) => {
    const chip = event.target.closest?.(".cite");
    if (chip && wide.matches && chip !== current && chip.matches(":focus-visible")) choose(chip);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeDrawer();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") toQuestion();
    else return;
    event.preventDefault();
  });

  // --- following the answer --------------------------------------------------------------------------------------
  const follow = (live) => {
    let state = "";
    let offered = false;
    new MutationObserver(() => {
      const turn = one(".turn", live);
      const now = turn ? turn.dataset.state : "";
      const first = turn && own(".cite", turn)[0];
      const name = `${now}:${turn ? one(".question", turn).textContent : ""}`;
      if (turn && name !== state && !state.startsWith("running")) picked = offered = false;
      if (turn && name !== state && now === "running") {
        turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
      }
      if (turn && name !== state && now === "done" && wide.matches) {
        if (!first) empty();
        else if (!picked) choose(first, { unasked: true });
      }
      // The quotes that an answer is being written from can be read meanwhile.
      if (turn && now === "running" && one(".evidence", turn) && first && !picked && !offered && wide.matches) {
        offered = true;
        choose(first, { unasked: true });
      }
      if (current?.isConnected) current.setAttribute("aria-current", "true"); // an update takes it away
      if (!turn && state !== ":" && state !== "") empty();
      state = name;
    }).observe(live, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state"] });
  };

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
      follow(live);
      document.dispatchEvent(new Event("briefing:there"));
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
