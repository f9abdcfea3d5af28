// The buttons of the Memo tab: sections are moved, drafted, added and deleted, memos exported, renamed and restored.
(() => {
  "use strict";
  const { actions, say } = window.briefing;
  const board = window.briefing.memo;
  const { call, change, desk, inLine, lock, open, safe, save, show, showList, tell, tellProblem, toTab } = board;
  const one = (selector, root = document) => root.querySelector(selector);

  const move = ({ dataset }, by) => {
    const section = Number(dataset.section);
    const to = section + by;
    const button = by < 0 ? "memo-up" : "memo-down";
    return change({ do: "move", section, to }).then((done) => {
      const tools = one(`.sections > [data-section="${to}"] .tools`, desk());
      if (!done || !tools || board.memo.conflict) return;
      (one(`[data-do=${button}]:not(:disabled)`, tools) || one("button:not(:disabled)", tools)).focus();
      say(`Moved to place ${to + 1}`);
    });
  };

  // --- drafting, a section after the other -----------------------------------------------------------------------
  const CANCEL = "[data-do=memo-cancel]";
  const RESUME = "[data-do=memo-resume]";
  const focused = (button) => Boolean(document.activeElement?.matches(button));

  // Whether a draft is asking or waiting. The buttons of the one take the place of the other's, and the focus with it.
  const showState = (place, state) => {
    const held = place.contains(document.activeElement);
    place.dataset.state = state;
    if (held) one(state === "asking" ? CANCEL : RESUME, place).focus();
  };

  const draft = () => {
    board.drafting = true;
    return inLine(async function next() {
      if (!board.memo || !(await safe())) { board.drafting = false; return; }
      const place = one(".draft", desk());
      if (!place?.firstElementChild || !board.drafting) { // cancelled while something else was in line
        board.drafting = false;
        if (!place?.firstElementChild) return;
        lock(true); // the memo is drawn anew, without what is typed meanwhile
        await board.anew(board.memo.id, focused(CANCEL) ? RESUME : "");
        return;
      }
      showState(place, "asking");
      lock(true);
      const { id, revision } = board.memo;
      const reply = await call({ do: "draft", id, revision });
      if (board.memo?.id !== id) { board.drafting = false; return; }
      if (reply.problem || reply.conflict) {
        board.drafting = false;
        showState(place, "waiting");
        await board.anew(id, focused(RESUME) ? RESUME : "");
        if (reply.problem) tellProblem(reply.problem);
        return;
      }
      if (reply.asking) say(reply.asking);
      const then = !reply.draft ? ".memo-title" : board.drafting ? CANCEL : RESUME;
      show(reply, focused(CANCEL) ? then : "");
      if (reply.draft && board.drafting) { inLine(next); return; }
      if (!reply.draft) say("The draft is whole");
      board.drafting = false;
    });
  };

  const cancel = (button) => {
    board.drafting = false;
    button.ariaDisabled = "true"; // a button that is disabled loses the focus
    button.textContent = "Stopping after this section …";
  };

  // --- files -----------------------------------------------------------------------------------------------------
  const download = ({ dataset }) => inLine(async () => {
    if (!board.memo || !(await safe())) return;
    const reply = await call({ do: "export", id: board.memo.id, suffix: dataset.suffix });
    if (reply.problem) { tellProblem(reply.problem); return; }
    const text = Uint8Array.from(atob(reply.content), (each) => each.charCodeAt(0));
    window.briefing.save({ name: reply.name, type: "application/octet-stream", text }, `${reply.name} is ready`);
  });

  const versions = () => inLine(async () => {
    if (!board.memo || !(await safe())) return;
    const place = one(".versions", desk());
    if (!place.hidden) { place.hidden = true; return; }
    const reply = await call({ do: "versions", id: board.memo.id });
    if (reply.problem) { tellProblem(reply.problem); return; }
    place.innerHTML = reply.html;
    place.hidden = false;
    one("button", place)?.focus();
  });
  const version = ({ dataset }) => inLine(async () => {
    const reply = await call({ do: "version", id: board.memo.id, version: Number(dataset.version) });
    if (reply.problem) { tellProblem(reply.problem); return; }
    one(".versions .shown", desk()).innerHTML = reply.html;
    one(".versions .shown h3", desk())?.focus();
  });

  const cite = ({ dataset }) => {
    const field = board.caret?.isConnected ? board.caret : one(".sections textarea", desk());
    if (!field) return;
    const mark = `[^${dataset.token}]`;
    field.setRangeText(mark, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  Object.assign(actions, {
    "memo-list": () => showList("input"),
    "memo-open": ({ dataset }) => {
      one("#memo-notice").innerHTML = "";
      actions.close(); // the source may lie over the tab
      const [drawn, focus] = [Boolean(desk()), ".memo-title"];
      if (!drawn) { // it is opened when the tab is drawn
        board.point(dataset.id);
        board.focus = focus;
      }
      toTab();
      if (drawn) open(dataset.id, focus);
    },
    "memo-create": () => inLine(async () => {
      const [topic, template] = [one("#memo-topic", desk()), one("#memo-template", desk())];
      const reply = await call({ do: "create", topic: topic.value, template: template.value });
      if (reply.problem) { tellProblem(reply.problem); topic.focus(); return; }
      board.drafting = reply.draft; // before it is shown: the button to cancel is there only then
      show(reply, reply.draft ? CANCEL : ".memo-title");
      if (reply.draft) {
        say(reply.asking);
        draft();
      }
    }),
    "memo-discard": async ({ dataset }) => {
      const reply = await call({ do: "discard", id: dataset.id, undo: dataset.undo === "yes" });
      if (board.current() === dataset.id) board.point("");
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
      { do: "put back", section: Number(dataset.section), token: dataset.token },
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
      board.memo.dirty = true;
      lock(true); // as above
      if (await save(true)) await board.anew(board.memo.id, ".memo-title");
      else lock(false);
    }),
    // What stands here becomes a version first, so that it is not lost; the other window may have gone on meanwhile.
    "memo-theirs": () => inLine(async () => {
      const { id } = board.memo;
      board.memo.dirty = true;
      lock(true); // as above
      if (!(await save(true))) { lock(false); return; }
      const { replaced, revision } = board.memo;
      const reply = await call({ do: "restore", id, version: replaced, revision });
      if (!reply.problem && !reply.conflict) { show(reply, ".memo-title"); return; }
      await board.anew(id, ".memo-title");
      if (reply.problem) tellProblem(reply.problem);
    }),
  });
})();
