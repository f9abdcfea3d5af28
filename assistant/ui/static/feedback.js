// Thumbs below an answer, and picking in the source pane the words that a test case expects.
(() => {
  "use strict";
  const { actions, ask, choose, openDrawer, own, say, selecting } = window.briefing;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- thumbs ----------------------------------------------------------------------------------------------------
  const tools = (element) => {
    const actions = element.closest(".actions");
    return { thumbs: one(".thumbs", actions), below: one(".feedback", actions) };
  };
  const pressed = (thumbs) => one(".thumb[aria-pressed=true]", thumbs)?.dataset.thumb || null;

  const tell = (below, text, isProblem = false) => {
    const line = one(".told", below);
    line.classList.toggle("problem", isProblem);
    line.textContent = text;
  };

  const show = ({ thumbs, below }, thumb) => {
    for (const each of all(".thumb", thumbs)) each.setAttribute("aria-pressed", String(each.dataset.thumb === thumb));
    const pick = one("[data-do=pick]", below);
    if (pick) pick.hidden = thumb !== "down";
    below.hidden = !thumb;
    if (!thumb) { one(".why", below).value = ""; tell(below, ""); }
    if (picking && picking.below === below && thumb !== "down") end();
  };

  const keep = async ({ thumbs, below }, thumb) => {
    const turn = Number(thumbs.dataset.saved);
    const reply = await ask("feedback", "feedback", { do: "rate", turn, thumb, reason: one(".why", below).value });
    if (!reply.problem) thumbs.dataset.kept = thumb || "";
    return reply.problem;
  };

  const complain = ({ below }, problem) => {
    below.hidden = false;
    tell(below, problem, true);
  };

  const rate = async (button) => {
    const parts = tools(button);
    const before = pressed(parts.thumbs);
    const thumb = before === button.dataset.thumb ? null : button.dataset.thumb;
    parts.thumbs.dataset.kept ??= before || "";
    show(parts, thumb);
    const problem = await keep(parts, thumb);
    if (!problem) { say(thumb ? "Kept. Press again to take it back." : "Taken back."); return; }
    if (pressed(parts.thumbs) === thumb) show(parts, parts.thumbs.dataset.kept || null); // else the next one is on its way
    complain(parts, problem);
  };

  document.addEventListener("change", async (event) => {
    if (!event.target.matches?.(".feedback .why")) return;
    const parts = tools(event.target);
    const thumb = pressed(parts.thumbs);
    if (!thumb) return;
    const problem = await keep(parts, thumb);
    if (problem) complain(parts, problem); else tell(parts.below, "The reason is kept.");
  });

  // --- picking ---------------------------------------------------------------------------------------------------
  let picking = null; // the answer whose test case is being made, with the words that are picked

  const shownDocument = () => one("#source").dataset.document;
  const bar = () => one("#source .picking");

  const showPicked = () => {
    if (!bar()) return;
    const { picked } = picking;
    one("[data-do=pick-this]", bar()).disabled = !picked;
    one(".picked", bar()).textContent = picked ? `“${picked.quote.trim()}”` : "";
  };

  const end = () => {
    if (!picking) return;
    const { button } = picking;
    picking = null;
    bar()?.remove();
    one("#source").classList.remove("is-picked-from");
    button.setAttribute("aria-pressed", "false");
  };

  const begin = (button) => {
    end();
    const turn = button.closest(".turn");
    const { thumbs, below } = tools(button);
    picking = { button, below, turn: Number(thumbs.dataset.saved), picked: null };
    button.setAttribute("aria-pressed", "true");
    const made = one("#picking-bar").content.cloneNode(true);
    one(".question", made).textContent = one(".question", turn).textContent;
    one("#source > .bar").after(made);
    one("#source").classList.add("is-picked-from");
    showPicked();
    tell(below, "");
    const shown = own(".cite, .passage", turn);
    if (shownDocument() || !shown.length) openDrawer(); // what was opened before may hold the answer
    else choose(shown[0], { drawer: true });
    say("Open the document that answers, and select the words. j and k go from sentence to sentence, Enter takes one.");
    selecting.body().focus({ preventScroll: true });
  };

  const write = async (picked) => {
    const { button, below, turn } = picking;
    const reply = await ask("feedback", "feedback", { do: "case", turn, picked });
    if (reply.problem) { one(".picked", bar()).textContent = reply.problem; return; }
    end();
    tell(below, reply.told);
    button.textContent = "Change the test case";
    button.focus();
  };

  const take = async (at, by) => {
    const asked = shownDocument();
    if (!asked) return;
    const found = await ask("feedback", "feedback", { do: "sentence", document: asked, at, by });
    if (found.start === undefined || asked !== shownDocument()) return;
    selecting.select(found.start, found.end);
    say(selecting.chosen()?.quote || "");
  };

  const step = (by) => {
    const { picked } = picking;
    const at = picked ? (by > 0 ? picked.end : picked.start) : selecting.marked();
    return take(at, picked ? by : 0);
  };

  document.addEventListener("selectionchange", () => {
    const found = picking && selecting.chosen();
    if (!found) return; // a press on a button takes a selection away, not what was picked
    picking.picked = { document: shownDocument(), ...found };
    showPicked();
  });

  document.addEventListener("click", (event) => {
    if (!picking || !event.target.closest?.("#source .body") || event.target.closest("button")) return;
    const at = document.getSelection().isCollapsed ? selecting.at(event) : null;
    if (at !== null) take(at, 0);
  });

  document.addEventListener("keydown", (event) => {
    if (!picking || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.closest?.("#source")) {
      const { button } = picking;
      end();
      button.focus();
    } else if (event.target === selecting.body() && "jk".includes(event.key)) step(event.key === "j" ? 1 : -1);
    else if (event.target === selecting.body() && event.key === "Enter" && picking.picked) write(picking.picked);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  const watch = () => { // what was picked belongs to the document in which it was
    const body = selecting.body();
    if (!body) { requestAnimationFrame(watch); return; }
    new MutationObserver(() => {
      if (picking?.picked && picking.picked.document !== shownDocument()) { picking.picked = null; showPicked(); }
    }).observe(one("#source"), { attributes: true, attributeFilter: ["data-document"] });
  };
  if (document.body) watch(); else document.addEventListener("DOMContentLoaded", watch);

  Object.assign(actions, {
    rate,
    pick: (button) => { if (picking?.button === button) end(); else begin(button); },
    "pick-this": () => write(picking.picked),
    "pick-none": () => write(null),
    "pick-end": () => { const { button } = picking; end(); button.focus(); },
  });
})();
