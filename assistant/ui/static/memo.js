// The Memo tab: the list of memos, and the one that is open. Every change goes through one line, so that each is made
// on top of the one before; what is typed is saved a moment later and kept in this browser until it is.
(() => {
  "use strict";
  const { actions, bridges, say } = window.briefing;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const PAUSE = 700; // milliseconds without a key before what was typed is saved
  const LONGEST = 1600; // and at most this long after the first key
  const AGAIN = 2000;
  const CURRENT = "briefing-memo";
  const TAB = "briefing-tab";
  const KEPT = "briefing-unsaved-";
  const BASE = "briefing-memo-before";
  const AWAY = "the assistant does not answer";

  let memo = null; // the one that is open: id, revision, base, dirty, conflict, sent (fields without an answer yet)
  let line = Promise.resolve();
  let timer = 0;
  let since = 0;
  let drafting = false;
  let caret = null; // the last field of text that had the cursor

  const put = (store, key, value) => {
    try { if (value) store.setItem(key, value); else store.removeItem(key); } catch { /* private windows may refuse */ }
  };
  const got = (store, key) => { try { return store.getItem(key) || ""; } catch { return ""; } };
  const inLine = (work) => { line = line.then(work, work); return line; };

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
  const keep = () => put(localStorage, KEPT + memo.id, JSON.stringify({ revision: memo.revision, sent: memo.sent, fields: typed() }));

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
    since ||= Date.now();
    status("Saving …", "saving");
    clearTimeout(timer);
    timer = setTimeout(() => inLine(save), Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };

  const save = async (anyway = false) => {
    if (!memo || !memo.dirty || (memo.conflict && anyway !== true)) return true;
    clearTimeout(timer);
    since = 0;
    const { id, revision, base } = memo;
    const fields = typed();
    const unanswered = memo.sent;
    memo.dirty = false;
    memo.sent = fields;
    const reply = await call({ do: "save", id, revision, base, fields, anyway: anyway === true });
    if (memo?.id !== id) return true;
    if (reply.conflict) {
      memo.dirty = true;
      if (same(reply.fields, unanswered)) { // it is our own, whose answer was lost with the assistant
        memo.revision = reply.revision;
        memo.sent = null;
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

  const saved = (reply) => {
    memo.revision = reply.revision;
    memo.conflict = false;
    memo.sent = null;
    if (memo.dirty) { keep(); return true; }
    put(localStorage, KEPT + memo.id, "");
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
    status("Not saved: changed in another window", "failed");
    tell(reply.conflict);
  };

  // --- showing ---------------------------------------------------------------------------------------------------
  // `base` are the fields from which lost and doubled citations are told: those of before somebody typed.
  const show = (reply, focus, base = reply.fields) => {
    memo = { id: reply.id, revision: reply.revision, base, dirty: false, conflict: false, sent: null };
    put(sessionStorage, CURRENT, reply.id);
    put(sessionStorage, BASE, JSON.stringify({ id: reply.id, fields: base }));
    caret = null;
    desk().innerHTML = reply.html;
    desk().dataset.view = "memo";
    if (reply.draft) one(".draft", desk()).dataset.state = drafting ? "asking" : "waiting";
    refresh(reply);
    if (focus) one(focus, desk())?.focus();
  };

  const drawList = async (focus) => {
    const reply = await call({ do: "list" });
    if (reply.problem) { tellProblem(reply.problem); return; }
    memo = null;
    drafting = false;
    put(sessionStorage, BASE, "");
    desk().innerHTML = reply.html;
    desk().dataset.view = "list";
    if (focus) one(focus, desk())?.focus();
  };
  // What is written is not left behind; where it cannot be saved, it says so.
  const showList = (focus) => inLine(async () => { if (await save()) await drawList(focus); });

  const open = (id, focus) => inLine(async () => {
    if (memo && memo.id !== id && !(await save())) return;
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
    const kept = got(localStorage, KEPT + id);
    if (kept) takeUp(JSON.parse(kept), reply);
  });

  // What was typed before the page was closed, or the assistant killed, and is not saved yet.
  const takeUp = (kept, reply) => {
    if (same(kept.fields, reply.fields)) { put(localStorage, KEPT + memo.id, ""); return; }
    const ours = kept.revision === reply.revision || same(kept.sent, reply.fields);
    if (kept.fields.sections.length === reply.fields.sections.length) {
      fill(kept.fields);
      memo.dirty = true;
      if (!ours) memo.revision = kept.revision; // so that the other version is told
      status("Saving …", "saving");
      timer = setTimeout(() => inLine(save), 0);
    }
  };

  const lock = (locked) => all("input, textarea", desk()).forEach((field) => { field.readOnly = locked; });

  // A change of the sections, after what was typed before it.
  const change = (asked, focus) => inLine(async () => {
    if (!memo || !(await save())) return;
    const { base, id, revision } = memo;
    lock(true); // what is drawn anew must not take away what is typed meanwhile
    const reply = await call({ id, revision, ...asked });
    lock(false);
    if (reply.conflict) { conflict(reply); return; }
    if (reply.problem) { tellProblem(reply.problem); return; }
    const scrolled = desk().scrollTop;
    show(reply, focus, asked.base ? base : reply.fields);
    desk().scrollTop = scrolled;
    if (reply.notice) tell(reply.notice);
    if (reply.said) say(reply.said);
  });

  const move = ({ dataset }, by) => {
    const section = Number(dataset.section);
    const to = section + by;
    const button = by < 0 ? "memo-up" : "memo-down";
    return change({ do: "move", section, to }).then(() => {
      const tools = one(`.sections > [data-section="${to}"] .tools`, desk());
      (one(`[data-do=${button}]:not(:disabled)`, tools) || one("button:not(:disabled)", tools)).focus();
      say(`Moved to place ${to + 1}`);
    });
  };

  // --- drafting, a section after the other -----------------------------------------------------------------------
  const draft = () => {
    drafting = true;
    return inLine(async function next() {
      if (!memo || !(await save())) { drafting = false; return; }
      const place = one(".draft", desk());
      if (!place?.firstElementChild || !drafting) { drafting = false; return; }
      place.dataset.state = "asking";
      lock(true);
      const { id, revision } = memo;
      const reply = await call({ do: "draft", id, revision });
      if (memo?.id !== id) { drafting = false; return; }
      if (reply.problem || reply.conflict) {
        drafting = false;
        await anew(id);
        if (reply.problem) tellProblem(reply.problem);
        return;
      }
      const held = one("[data-do=memo-cancel]", desk()) === document.activeElement;
      show(reply, held ? "[data-do=memo-cancel]" : "");
      if (reply.draft && drafting) { inLine(next); return; }
      if (!reply.draft) say("The draft is whole");
      drafting = false;
    });
  };
  const anew = async (id) => {
    const reply = await call({ do: "open", id });
    if (reply.problem) { lock(false); tellProblem(reply.problem); } else show(reply);
  };

  const cancel = (button) => {
    drafting = false;
    button.disabled = true;
    button.textContent = "Stopping after this section …";
  };

  // --- files -----------------------------------------------------------------------------------------------------
  const download = ({ dataset }) => inLine(async () => {
    if (!memo || !(await save())) return;
    const reply = await call({ do: "export", id: memo.id, suffix: dataset.suffix });
    if (reply.problem) { tellProblem(reply.problem); return; }
    const bytes = Uint8Array.from(atob(reply.content), (each) => each.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    link.download = reply.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    say(`${reply.name} is ready`);
  });

  const versions = () => inLine(async () => {
    if (!memo || !(await save())) return;
    const place = one(".versions", desk());
    if (!place.hidden) { place.hidden = true; return; }
    const reply = await call({ do: "versions", id: memo.id });
    if (reply.problem) { tellProblem(reply.problem); return; }
    place.innerHTML = reply.html;
    place.hidden = false;
    one("button", place)?.focus();
  });
  const version = ({ dataset }) => inLine(async () => {
    const reply = await call({ do: "version", id: memo.id, version: Number(dataset.version) });
    if (reply.problem) { tellProblem(reply.problem); return; }
    one(".versions .shown", desk()).innerHTML = reply.html;
    one(".versions .shown h3", desk())?.focus();
  });

  const cite = ({ dataset }) => {
    const field = caret?.isConnected ? caret : one(".sections textarea", desk());
    if (!field) return;
    const mark = `[^${dataset.token}]`;
    field.setRangeText(mark, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const toTab = () => one("#tab-memo-button")?.click();

  Object.assign(actions, {
    "memo-list": () => showList("input"),
    "memo-open": ({ dataset }) => {
      one("#memo-notice").innerHTML = "";
      toTab();
      if (desk()) open(dataset.id, ".memo-title"); else put(sessionStorage, CURRENT, dataset.id);
    },
    "memo-create": () => inLine(async () => {
      const [topic, template] = [one("#memo-topic", desk()), one("#memo-template", desk())];
      const reply = await call({ do: "create", topic: topic.value, template: template.value });
      if (reply.problem) { tellProblem(reply.problem); topic.focus(); return; }
      show(reply, reply.draft ? "[data-do=memo-cancel]" : ".memo-title");
      if (reply.draft) draft();
    }),
    "memo-discard": async ({ dataset }) => {
      const reply = await call({ do: "discard", id: dataset.id, undo: dataset.undo === "yes" });
      if (got(sessionStorage, CURRENT) === dataset.id) put(sessionStorage, CURRENT, "");
      await showList("#memo-topic");
      if (reply.problem) tellProblem(reply.problem); else tell(reply.notice);
    },
    "memo-rename": ({ dataset }) => {
      const dialog = one("#memo-renaming");
      one("input", dialog).value = dataset.title;
      dialog.returnValue = "";
      dialog.onclose = async () => {
        if (dialog.returnValue !== "rename") return;
        const reply = await call({ do: "rename", id: dataset.id, title: one("input", dialog).value });
        await showList(`[data-do=memo-rename][data-id="${dataset.id}"]`);
        if (reply.problem) tellProblem(reply.problem);
      };
      dialog.showModal();
      one("input", dialog).select();
    },
    "memo-up": (button) => move(button, -1),
    "memo-down": (button) => move(button, 1),
    "memo-remove": ({ dataset }) => change({ do: "remove", section: Number(dataset.section) }, ".told button"),
    "memo-unremove": ({ dataset }) => change(
      { do: "unremove", section: Number(dataset.section), version: Number(dataset.version) },
      `.sections > [data-section="${dataset.section}"] textarea`,
    ),
    "memo-back": ({ dataset }) => change(
      { do: "put back", section: Number(dataset.section), token: dataset.token, base: memo.base },
      `.sections > [data-section="${dataset.section}"] textarea`,
    ),
    "memo-add": ({ dataset }) => {
      const words = one("#memo-new", desk());
      const asking = dataset.asking === "yes";
      if (asking) words.after(Object.assign(document.createElement("p"), { className: "status", textContent: "Asking the briefings …" }));
      change({ do: "add", words: words.value, asking }, ".sections > li:last-child textarea").then(() => one(".adding .status", desk())?.remove());
    },
    "memo-cite": cite,
    "memo-cancel": cancel,
    "memo-resume": draft,
    "memo-leave": () => change({ do: "draft", leave: true }, ".memo-title"),
    "memo-export": download,
    "memo-versions": versions,
    "memo-version": version,
    "memo-restore": ({ dataset }) => change({ do: "restore", version: Number(dataset.version) }, ".memo-title"),
    "memo-mine": () => inLine(async () => {
      memo.dirty = true;
      if (await save(true)) await anew(memo.id);
    }),
    // What stands here becomes a version first, so that it is not lost.
    "memo-theirs": () => inLine(async () => {
      const { id, other } = memo;
      memo.dirty = true;
      if (!(await save(true))) return;
      const reply = await call({ do: "restore", id, version: other.revision, revision: memo.revision });
      if (reply.problem || reply.conflict) await anew(id); else show(reply, ".memo-title");
    }),
  });

  // --- beginning -------------------------------------------------------------------------------------------------
  window.briefing.memo = {
    current: () => got(sessionStorage, CURRENT),
    settled: () => inLine(save),
    changed: (id) => {
      put(sessionStorage, CURRENT, id);
      if (desk()) id ? open(id) : inLine(() => drawList());
    },
  };

  // Gradio draws a tab when it is shown for the first time.
  const connect = (place) => {
    place.addEventListener("input", (event) => {
      if (memo && event.target.closest(".memo-title, .sections")) touched();
    });
    place.addEventListener("focusin", (event) => { if (event.target.matches(".sections textarea")) caret = event.target; });
    place.addEventListener("keydown", (event) => { // a line of text is no form of its own
      if (event.key !== "Enter" || !event.target.matches("input") || event.isComposing) return;
      event.preventDefault();
      if (event.target.id === "memo-topic") actions["memo-create"]();
      if (event.target.id === "memo-new") actions["memo-add"]({ dataset: { asking: "yes" } });
    });
    const id = got(sessionStorage, CURRENT);
    if (id) open(id); else showList();
  };

  // Another window may have changed the memo that stands here untouched.
  window.addEventListener("focus", () => inLine(async () => {
    if (!memo || memo.dirty || memo.conflict || drafting) return;
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
          if (tab) put(sessionStorage, TAB, tab.id === "tab-memo-button" ? "memo" : "");
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
