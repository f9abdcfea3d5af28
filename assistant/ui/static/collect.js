// Collecting into memos, from answers and from the source pane, and copying a quote with its reference. What was done
// is said in #memo-notice; memo.js has the memos themselves.
(() => {
  "use strict";
  const { actions, ask, copyText, held, say, selecting } = window.briefing;
  const one = (selector, root = document) => root.querySelector(selector);
  const FORM = "briefing-copy-form";

  // --- what is chosen in the source pane -------------------------------------------------------------------------
  const selected = () => {
    const found = one("#source .quoting") && selecting.chosen();
    return found ? { start: found.start, end: found.end } : null;
  };

  let chosen = null; // the selection, kept because a press on a button can take it away
  document.addEventListener("selectionchange", () => {
    const tools = one("#source .quoting");
    if (!tools) return;
    const now = selected();
    if (!now && tools.contains(document.activeElement)) return;
    if (now?.start === chosen?.start && now?.end === chosen?.end) return; // a button may say "Copied" by now
    chosen = now;
    one("[data-do=collect-quote]", tools).textContent = chosen ? "Add selection to memo" : "Add quote to memo";
    one("[data-do=copy-quote]", tools).textContent = chosen ? "Copy selection" : "Copy quote";
    tools.hidden = !chosen && !tools.dataset.start;
  });

  const place = () => {
    const { document: key, hash, start, end } = one("#source .quoting").dataset;
    return { document: key, hash, start: Number(start), end: Number(end), ...chosen };
  };

  // A sentence of a written answer is other words than the quote behind it, and can be added, too.
  const cited = () => one(".turn[data-state=done] .prose.written [data-do=cite][aria-current]");
  const keyOf = (turn) => one("[data-do=collect-answer]", turn)?.dataset.answer || null;

  // --- collecting ------------------------------------------------------------------------------------------------
  const notice = (html) => {
    const line = one("#memo-notice");
    line.innerHTML = html;
    say(one(".message", line)?.textContent || line.textContent);
  };
  const problem = (text) => {
    notice('<p class="notice problem"><span class="message"></span></p>');
    one("#memo-notice .message").textContent = text;
    say(text);
  };

  const collect = async (what, { anew = false, again = false } = {}) => {
    const memo = anew ? "" : window.briefing.memo.current();
    const asked = { do: "collect", conversation: held(), memo, anew, again, ...what };
    await window.briefing.memo.settled();
    const reply = await ask("memos", "memo", asked);
    if (reply.problem) { problem(reply.problem); return; }
    notice(reply.notice);
    one("#memo-notice").collected = what;
    window.briefing.memo.changed(reply.id);
  };

  const last = () => one("#memo-notice").collected;

  const uncollect = async ({ dataset }) => {
    const { id, revision, version, made } = dataset;
    await window.briefing.memo.settled();
    const asked = { do: "uncollect", id, revision: Number(revision), version: Number(version), made: made === "yes" };
    const reply = await ask("memos", "memo", asked);
    if (reply.problem) { problem(reply.problem); return false; }
    notice(reply.notice);
    window.briefing.memo.changed(reply.id);
    return true;
  };

  const elsewhere = async (button) => {
    if (await uncollect(button)) await collect(last(), { anew: true });
  };

  // --- copying ---------------------------------------------------------------------------------------------------
  const copy = async (button) => {
    const form = one("#source .quoting select").value;
    try { localStorage.setItem(FORM, form); } catch { /* private windows may refuse */ }
    const found = await ask("sources", "quote_source", { ...place(), form });
    if (found.problem) { problem(found.problem); return; }
    await copyText(button, found.text, "Copied the quote");
  };

  Object.assign(actions, {
    "collect-answer": ({ dataset }) => collect({ what: "answer", answer: dataset.answer }),
    "collect-sentence": () => {
      const chip = cited();
      if (chip) collect({ what: "sentence", answer: keyOf(chip.closest(".turn")), marker: Number(chip.textContent) });
    },
    "collect-quote": () => {
      const turn = one(".turn [data-do=cite][aria-current]")?.closest(".turn");
      collect({ what: "quote", ...place(), answer: turn ? keyOf(turn) : null });
    },
    "collect-again": () => collect(last(), { again: true }),
    "collect-anew": () => collect(last(), { anew: true }),
    uncollect,
    elsewhere,
    "copy-quote": copy,
    "close-notice": () => { one("#memo-notice").innerHTML = ""; },
  });

  // The tools come with each document that is shown; what they offer depends on what was chosen to show it.
  const watch = () => {
    const head = one("#source .head");
    if (!head) { requestAnimationFrame(watch); return; }
    new MutationObserver(() => {
      chosen = null;
      const tools = one(".quoting", head);
      if (!tools) return;
      one("[data-do=collect-sentence]", tools).hidden = !cited();
      try { one("select", tools).value = localStorage.getItem(FORM) || "inline"; } catch { /* as above */ }
    }).observe(head, { childList: true });
  };
  if (document.body) watch(); else document.addEventListener("DOMContentLoaded", watch);
})();
