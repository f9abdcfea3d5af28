// The source pane: a document as a citation points into it, the steps from citation to citation, and what it shows by
// itself while an answer comes.
(() => {
  "use strict";
  const { actions, bridges, focusSoon, HOLDER, own, say, wide } = window.briefing;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let current = null; // the element whose place the source pane shows
  let opener = null; // where the focus goes back to when the drawer closes
  let newest = 0;
  let hovering = 0;
  let picked = false; // whether the person has chosen what the source pane shows for the turn at hand

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

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

  // Asked anew each time: a document that is kept here would be shown as it was before it changed, went or came back.
  const read = async (place) => JSON.parse(await bridges.sources.server.read_source(JSON.stringify(place)));

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
    one("#source").removeAttribute("aria-busy"); // what is being read is not shown any more
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

  Object.assign(actions, {
    more,
    cite: (element) => choose(element, { drawer: true }),
    open: (element) => { current = null; show(placeOf(element), { drawer: true }); },
    next: () => step(1),
    previous: () => step(-1),
    close: closeDrawer,
  });
  Object.assign(window.briefing, { choose, openDrawer });

  // Not `pointerover`: a citation that comes to lie under a resting mouse, as the transcript grows or scrolls, is not
  // pointed at.
  let pointed = null;
  document.addEventListener("pointermove", (event) => {
    const chip = event.target.closest?.(".cite") || null;
    if (chip === pointed) return;
    pointed = chip;
    clearTimeout(hovering);
    if (chip && wide.matches && event.pointerType === "mouse") {
      hovering = setTimeout(() => chip.isConnected && chip !== current && choose(chip), 140); // a press may be faster
    }
  });

  document.addEventListener("focusin", (event) => {
    const chip = event.target.closest?.(".cite");
    if (chip && wide.matches && chip !== current && chip.matches(":focus-visible")) choose(chip);
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

  document.addEventListener("briefing:there", () => follow(one("#live")));
})();
