// Reviewing an answer sentence by sentence, with keys or with the buttons of the bar below it; and the list of keys.
(() => {
  "use strict";
  const { actions, ask, choose, own, save, say, typing } = window.briefing;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const SAID = { accepted: ["✓", "Accepted"], rejected: ["✕", "Rejected"] };
  let review = null; // the turn, its sentences with what was decided, which one is at hand, and the bar; the button has
  // the sentences for the next review, too

  const elements = (sentence) => own(`[data-sentence="${sentence.start}-${sentence.end}"]`, review.turn);
  const words = (sentence) => elements(sentence).map((each) => each.textContent).join("");
  const now = () => review.sentences[review.at];

  // --- what the page shows of it ---------------------------------------------------------------------------------
  const mark = (sentence) => {
    const parts = elements(sentence);
    const [sign, said] = SAID[sentence.decision] || [];
    for (const part of parts) part.dataset.decision = sentence.decision || "";
    const last = parts[parts.length - 1];
    const behind = last?.closest(".together") || last;
    const old = behind?.nextElementSibling;
    if (old?.classList.contains("decision")) old.remove();
    if (!behind || !(said || sentence.note)) return;
    const badge = Object.assign(document.createElement("span"), { className: "decision", ariaLive: "off" }); // is said once
    badge.dataset.decision = sentence.decision || "";
    badge.textContent = [said ? `${sign} ${said}` : "", sentence.note ? `✎ ${sentence.note}` : ""].filter(Boolean).join(" · ");
    behind.after(badge);
  };

  const count = (sentences) => sentences.filter((each) => each.decision).length;

  const label = ({ button, sentences }) => {
    button.textContent = count(sentences) ? `Review · ${count(sentences)} of ${sentences.length}` : "Review";
  };

  const spoken = (sentence) => [
    words(sentence),
    SAID[sentence.decision]?.[1] || "Not decided",
    sentence.note ? `Note: ${sentence.note}` : "",
    sentence.markers.length ? "" : "It has no citation",
  ].filter(Boolean).join(". ");

  const show = () => {
    const { turn, bar, sentences, at } = review;
    const sentence = now();
    own(".sentence[aria-current]", turn).forEach((each) => each.removeAttribute("aria-current"));
    elements(sentence).forEach((each) => each.setAttribute("aria-current", "true"));
    one(".at", bar).textContent = `Sentence ${at + 1} of ${sentences.length} · ${count(sentences)} decided`;
    for (const each of all(".decide", bar)) {
      each.setAttribute("aria-pressed", String(each.dataset.decision === sentence.decision));
    }
    one(".remark", bar).value = sentence.note;
    label(review);
  };

  const go = async (at) => {
    review.at = Math.max(0, Math.min(at, review.sentences.length - 1));
    const sentence = now();
    show();
    elements(sentence)[0]?.scrollIntoView({ block: "center" });
    const marker = String(sentence.markers[0]);
    const chip = own(".prose .cite", review.turn).find((each) => each.textContent === marker);
    const asked = review;
    if (chip) await choose(chip); // which says what the pane shows; that it is the quote of this sentence goes last
    if (review !== asked || now() !== sentence) return;
    say(`Sentence ${review.at + 1} of ${review.sentences.length}. ${spoken(sentence)}`);
  };

  // --- what is decided -------------------------------------------------------------------------------------------
  const change = async (changed) => {
    const asked = review; // it may have ended, or another one begun, before the reply is there
    const { bar, saved } = asked;
    const sentence = now();
    sentence.kept ||= { decision: sentence.decision, note: sentence.note };
    Object.assign(sentence, changed);
    mark(sentence);
    show();
    const { start, end: stop, decision, note } = sentence;
    const reply = await ask("reviewing", "review", { do: "decide", turn: saved, start, end: stop, decision, note });
    if (!reply.problem) {
      sentence.kept = { decision, note };
      one(".told", bar).textContent = "";
      if (review === asked && now() === sentence) say(spoken(sentence)); // else the next one has been said by now
      return;
    }
    // Else what was decided after it is on its way.
    if (sentence.decision === decision && sentence.note === note) Object.assign(sentence, sentence.kept);
    label(asked);
    if (review?.sentences === asked.sentences) { mark(sentence); show(); }
    if (review) one(".told", review.bar).textContent = reply.problem; else say(reply.problem);
  };

  const decide = (decision) => change({ decision: now().decision === decision ? null : decision });

  const begin = (button) => {
    if (!button) return;
    const same = review?.button === button;
    end();
    if (same) return;
    const turn = button.closest(".turn");
    const bar = one("#review-bar").content.firstElementChild.cloneNode(true);
    const sentences = button.sentences ||= JSON.parse(button.dataset.sentences);
    const saved = Number(one(".thumbs", button.closest(".actions")).dataset.saved);
    review = { button, turn, bar, sentences, saved, at: 0 };
    one(".reply", turn).append(bar);
    button.setAttribute("aria-pressed", "true");
    sentences.forEach(mark);
    const open = sentences.findIndex((each) => !each.decision);
    go(Math.max(open, 0));
  };

  const end = () => {
    if (!review) return;
    const { bar, button, turn } = review;
    const focused = bar.contains(document.activeElement);
    all(".decision", turn).forEach((badge) => badge.remove());
    for (const each of own(".sentence", turn)) { each.removeAttribute("aria-current"); delete each.dataset.decision; }
    bar.remove();
    button.setAttribute("aria-pressed", "false");
    review = null;
    if (focused) button.focus();
    say("The review has ended. What was decided is kept.");
  };

  const sheet = async (form) => {
    const { bar, saved } = review;
    const file = await ask("reviewing", "review", { do: "sheet", turn: saved, form });
    if (file.problem) one(".told", bar).textContent = file.problem;
    else save(file);
  };

  const shown = (turn) => Boolean(turn.offsetParent); // not on another tab
  const last = () => all("[data-do=review]").filter((each) => !each.closest(".former") && shown(each.closest(".turn"))).pop();

  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".reviewing .remark") && review) change({ note: event.target.value.trim() });
  });

  // Before the keys of the page, which are other ones while there is no review.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (review && !review.turn.isConnected) review = null;
    const remark = event.target.matches?.(".reviewing .remark") ? event.target : null;
    if (remark && (event.key === "Enter" || event.key === "Escape")) {
      if (event.key === "Escape") remark.value = now().note;
      remark.blur();
    } else if (typing(event.target)) return;
    else if (event.key === "?") one("#keys").showModal();
    else if (event.key === "r" && !review && last()) begin(last());
    else if (!review || !shown(review.turn)) return;
    else if (event.key === "Escape") end();
    else if (event.key === "j") go(review.at + 1);
    else if (event.key === "k") go(review.at - 1);
    else if (event.key === "a") decide("accepted");
    else if (event.key === "x") decide("rejected");
    else if (event.key === "n") one(".remark", review.bar).focus();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  Object.assign(actions, {
    keys: () => one("#keys").showModal(),
    review: begin,
    "review-on": () => go(review.at + 1),
    "review-back": () => go(review.at - 1),
    "review-decide": ({ dataset }) => decide(dataset.decision),
    "review-sheet": ({ dataset }) => sheet(dataset.form),
    "review-end": end,
  });
})();
