// The Memo tab: the list of memos, and the one that is open. Every change goes through one line, so that each is made
// on top of the one before; what is typed is saved a moment later and kept in this browser until it is (unsaved.js).
(() => {
  "use strict";
  const { actions, bridges, say, unsaved } = window.briefing;
  const { got, put } = unsaved;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const PAUSE = 700; // milliseconds without a key before what was typed is saved
  const LONGEST = 1600; // and at most this long after the first key
  const AGAIN = 2000;
  const SENT = 8; // how many texts without an answer are remembered
  const CURRENT = "briefing-memo";
  const TAB = "briefing-tab";
  const BASE = "briefing-memo-before";
  const AWAY = "the assistant does not answer";
  const CHANGES = ":is(.sections, .adding, .told, .versions) button";

  let memo = null; // the one that is open: id, revision, base, dirty, conflict, sent (the fields of each save without
  // an answer), kept (fields without a place), replaced (the version in whose place it was saved in a conflict)
  let line = Promise.resolve();
  let timer = 0;
  let since = 0;

  const inLine = (work) => { line = line.then(() => work(), () => work()); return line; };

  const call = async (asked) => {
    try {
      return JSON.parse(await bridges.memos.server.memo(JSON.stringify(asked)));
    } catch {
      return { problem: AWAY, away: true };
    }
  };

  const desk = () => one("#memo-desk");
  const status = (text, state) => {
    const place = one(".saved", desk());
    if (!place || place.textContent === text) return;
    if (state === "failed" || place.dataset.state === "failed") say(text); // the others would be said at every pause
    place.textContent = text;
    place.dataset.state = state;
  };
  const tell = (html) => { one(".told", desk()).innerHTML = html; };
  const tellProblem = (text) => {
    if (!one(".told", desk())) desk().innerHTML = '<div class="told"></div>';
    tell('<p class="notice problem" role="alert"></p>');
    one(".told p", desk()).textContent = text[0].toUpperCase() + text.slice(1);
  };

  // --- what is typed ---------------------------------------------------------------------------------------------
  const typed = () => ({
    title: one(".memo-title", desk()).value,
    sections: all(".sections > li", desk()).map((section) => ({
      heading: one(".heading", section).value,
      question: section.dataset.question,
      text: one("textarea", section).value,
    })),
  });
  const plain = (line) => line.trim().replace(/\s+/g, " ");
  const same = (a, b) => Boolean(a && b) && plain(a.title) === plain(b.title) && a.sections.length === b.sections.length
    && a.sections.every((each, n) => each.text === b.sections[n].text && plain(each.heading) === plain(b.sections[n].heading));
  // What is on the disk is this window's own where it is what a save without an answer sent: only the answer was lost.
  const isOurs = (fields, sent) => sent.some((each) => same(each, fields));
  // The first one stays: it is the likeliest to have reached the disk before the assistant was gone.
  const withSent = (sent, fields) => {
    const others = sent.filter((each) => !same(each, fields));
    return [...others.slice(0, 1), ...others.slice(1).slice(2 - SENT), fields];
  };
  const keep = () => unsaved.keep(memo.id, JSON.stringify({ revision: memo.revision, sent: memo.sent, fields: typed() }));

  const fill = (fields) => {
    one(".memo-title", desk()).value = fields.title;
    all(".sections > li", desk()).forEach((section, number) => {
      one(".heading", section).value = fields.sections[number].heading;
      one("textarea", section).value = fields.sections[number].text;
    });
  };

  const touched = () => {
    memo.dirty = true;
    keep();
    if (memo.conflict) return; // until one of the texts is chosen
    since ||= Date.now();
    status("Saving …", "saving");
    clearTimeout(timer);
    timer = setTimeout(() => inLine(save), Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };

  const save = async (anyway = false) => {
    if (memo?.conflict && anyway !== true) { tellConflict(); return false; }
    if (!memo || !memo.dirty) return true;
    clearTimeout(timer);
    since = 0;
    const { id, revision, base } = memo;
    const fields = memo.kept || typed();
    const unanswered = memo.sent;
    memo.dirty = false;
    memo.sent = withSent(unanswered, fields);
    const reply = await call({ do: "save", id, revision, base, fields, anyway: anyway === true });
    if (memo?.id !== id) return true;
    if (reply.conflict) {
      memo.dirty = true;
      if (isOurs(reply.fields, unanswered)) {
        memo.revision = reply.revision;
        memo.sent = [];
        return save();
      }
      conflict(reply);
      return false;
    }
    if (reply.problem) {
      memo.dirty = true;
      status(`Not saved: ${reply.problem}`, "failed");
      if (reply.away) timer = setTimeout(() => inLine(save), AGAIN);
      return false;
    }
    return saved(reply);
  };

  // Before a memo is left, or read from the disk. Where it cannot be saved, it says so and leads to the choice.
  const safe = async () => {
    if (await save()) return true;
    if (memo.conflict) one("[data-do=memo-mine]", desk()).focus();
    else tellProblem(one(".saved", desk()).textContent);
    return false;
  };

  const saved = (reply) => {
    memo.revision = reply.revision;
    memo.replaced = reply.replaced;
    memo.conflict = false;
    memo.sent = [];
    memo.kept = null;
    if (one(".told .problem", desk())) tell("");
    if (memo.dirty) { keep(); return true; }
    unsaved.keep(memo.id, "");
    status("Saved", "saved");
    refresh(reply);
    return true;
  };

  // Only what the fields do not hold is drawn anew, so that nobody loses the cursor.
  const refresh = (reply) => {
    all(".sections > li", desk()).forEach((section, number) => {
      const shown = one(".preview", section);
      if (reply.previews[number] !== undefined && shown.innerHTML !== reply.previews[number]) shown.innerHTML = reply.previews[number];
      const told = reply.problems[number] || "";
      if (one(".problems", section).dataset.html !== told) {
        one(".problems", section).innerHTML = told;
        one(".problems", section).dataset.html = told;
      }
    });
    one(".cited", desk()).innerHTML = reply.references;
  };

  const conflict = (reply) => {
    memo.conflict = true;
    memo.other = reply;
    tellConflict();
  };
  const tellConflict = () => {
    status("Not saved: changed in another window", "failed");
    if (!one(".told [data-do=memo-mine]", desk())) tell(memo.other.conflict);
  };

  // --- showing ---------------------------------------------------------------------------------------------------
  // `base` are the fields from which lost and doubled citations are told: those of before somebody typed.
  const show = (reply, focus, base = reply.fields) => {
    memo = { id: reply.id, revision: reply.revision, base, dirty: false, conflict: false, sent: [], kept: null };
    put(sessionStorage, CURRENT, reply.id);
    put(sessionStorage, BASE, JSON.stringify({ id: reply.id, fields: base }));
    board.caret = null;
    desk().innerHTML = reply.html;
    desk().dataset.view = "memo";
    if (reply.draft) one(".draft", desk()).dataset.state = board.drafting ? "asking" : "waiting";
    refresh(reply);
    if (focus) one(focus, desk())?.focus();
  };

  const drawList = async (focus) => {
    const reply = await call({ do: "list" });
    if (reply.problem) { tellProblem(reply.problem); return; }
    memo = null;
    board.drafting = false;
    put(sessionStorage, BASE, "");
    desk().innerHTML = reply.html;
    desk().dataset.view = "list";
    if (focus) one(focus, desk())?.focus();
  };
  const showList = (focus) => inLine(async () => { if (await safe()) await drawList(focus); });

  const open = (id, focus) => inLine(async () => {
    if (memo && memo.id !== id && !(await safe())) return;
    await unsaved.inherit(id);
    const before = JSON.parse(got(sessionStorage, BASE) || "{}");
    const base = before.id === id && before.fields.sections.length ? before.fields : null;
    const reply = await call({ do: "open", id, base });
    if (reply.problem) {
      put(sessionStorage, CURRENT, "");
      memo = null;
      await drawList();
      if (focus) tellProblem(reply.problem);
      return;
    }
    show(reply, focus, base?.sections.length === reply.fields.sections.length ? base : reply.fields);
    const kept = unsaved.kept(id);
    if (kept) takeUp(JSON.parse(kept), reply);
  });

  // What was typed before the page was closed, or the assistant killed, and is not saved yet.
  const takeUp = (kept, reply) => {
    if (same(kept.fields, reply.fields)) { unsaved.keep(memo.id, ""); return; }
    memo.sent = [kept.sent || []].flat(); // an earlier version of this page kept one, or null
    const ours = kept.revision === reply.revision || isOurs(reply.fields, memo.sent);
    if (kept.fields.sections.length === reply.fields.sections.length) fill(kept.fields);
    else memo.kept = kept.fields; // there are no fields for it any more
    memo.dirty = true;
    if (!ours) memo.revision = kept.revision; // so that the other version is told
    status("Saving …", "saving");
    timer = setTimeout(() => inLine(save), 0);
  };

  const lock = (locked) => all("input, textarea", desk()).forEach((field) => { field.readOnly = locked; });

  // The fields from which lost citations are told, after a change of the sections that loses none by mistake.
  const carried = (base, { do: what, section, to }, now) => {
    const { sections } = base;
    if (what === "move") sections.splice(to, 0, ...sections.splice(section, 1));
    else if (what === "remove") sections.splice(section, 1);
    else if (what === "unremove") sections.splice(section, 0, now[section]);
    else if (what === "add") sections.push(now.at(-1));
    else if (what !== "put back") sections.splice(0, sections.length, ...now);
    return base;
  };

  // A change of the sections, after what was typed before it. Meanwhile buttons do nothing, and say so: the sections
  // that they mean may have other numbers in a moment.
  const change = async (asked, focus) => {
    if (desk().ariaBusy) return false;
    busy(true);
    await inLine(() => changed(asked, focus));
    busy(false);
    return true;
  };
  const busy = (now) => {
    desk().ariaBusy = now ? "true" : null;
    all(CHANGES, desk()).forEach((button) => { button.ariaDisabled = now ? "true" : null; });
  };

  const changed = async (asked, focus) => {
    if (!memo || !(await safe())) return;
    const { id, revision } = memo;
    const base = structuredClone(memo.base);
    lock(true); // what is drawn anew must not take away what is typed meanwhile
    const reply = await call({ id, revision, ...asked });
    if (reply.conflict || reply.problem) lock(false);
    if (reply.conflict) { conflict(reply); return; }
    if (reply.problem) { tellProblem(reply.problem); return; }
    const scrolled = desk().scrollTop;
    const before = carried(base, asked, reply.fields.sections);
    const told = same(before, reply.fields) ? reply : await call({ do: "open", id, base: before });
    show(told.problem ? reply : told, "", before);
    desk().scrollTop = scrolled;
    if (reply.notice) tell(reply.notice);
    one(focus, desk())?.focus();
    if (reply.said) say(reply.said);
  };

  const anew = async (id, focus) => {
    const reply = await call({ do: "open", id });
    if (reply.problem) { lock(false); tellProblem(reply.problem); } else show(reply, focus);
  };

  const toTab = () => one("#tab-memo-button")?.click();

  // --- beginning -------------------------------------------------------------------------------------------------
  // What memo_buttons.js and collect.js use; `drafting`, `caret`, the last field of text with the cursor, and `focus`,
  // what has the focus when the tab is drawn, are theirs.
  const board = {
    drafting: false,
    caret: null,
    focus: "",
    open, show, save, safe, change, anew, drawList, showList, call, inLine, desk, tell, tellProblem, lock, toTab,
    get memo() { return memo; },
    current: () => got(sessionStorage, CURRENT),
    point: (id) => put(sessionStorage, CURRENT, id),
    settled: () => (board.drafting ? Promise.resolve() : inLine(save)), // no field can be written in meanwhile
    changed: (id) => {
      put(sessionStorage, CURRENT, id);
      if (desk()) id ? open(id) : inLine(() => drawList());
    },
  };
  window.briefing.memo = board;

  // Gradio draws a tab when it is shown for the first time.
  const connect = (place) => {
    place.addEventListener("input", (event) => {
      if (memo && event.target.closest(".memo-title, .sections")) touched();
    });
    place.addEventListener("focusin", (event) => { if (event.target.matches(".sections textarea")) board.caret = event.target; });
    place.addEventListener("keydown", (event) => { // a line of text is no form of its own
      if (event.key !== "Enter" || !event.target.matches("input") || event.isComposing) return;
      event.preventDefault();
      if (event.target.id === "memo-topic") actions["memo-create"]();
      if (event.target.id === "memo-new") actions["memo-add"]({ dataset: { asking: "yes" } });
    });
    const id = got(sessionStorage, CURRENT);
    if (id) open(id, board.focus); else showList();
  };

  // Another window may have changed the memo that stands here untouched.
  window.addEventListener("focus", () => inLine(async () => {
    if (!memo || memo.dirty || memo.conflict || board.drafting) return;
    const reply = await call({ do: "open", id: memo.id, base: memo.base });
    if (!reply.problem && reply.id === memo?.id && reply.revision !== memo.revision && !memo.dirty) show(reply);
  }));

  const begin = () => {
    let shown = null;
    let restored = false;
    new MutationObserver(() => {
      const button = one("#tab-memo-button");
      if (button && bridges.memos && !restored) {
        restored = true;
        if (got(sessionStorage, TAB) === "memo") button.click();
        one("#tabs").addEventListener("click", (event) => {
          const tab = event.target.closest("[role=tab]");
          const memos = tab?.id === "tab-memo-button";
          if (tab) put(sessionStorage, TAB, memos ? "memo" : "");
          if (memos) one("#memo-notice").innerHTML = ""; // what was added can be seen, and would be covered by it
        });
      }
      if (desk() && desk() !== shown && bridges.memos) {
        shown = desk();
        connect(shown);
      }
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
