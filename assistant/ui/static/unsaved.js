// What was typed into a memo and is not saved yet, kept in this browser for each window apart.
(() => {
  "use strict";
  const KEPT = "briefing-unsaved-";
  const WINDOW = "briefing-window";
  const ANSWERED = 200; // milliseconds in which the other windows have said that they are there, without locks

  const put = (store, key, value) => {
    try { if (value) store.setItem(key, value); else store.removeItem(key); } catch { /* private windows may refuse */ }
  };
  const got = (store, key) => { try { return store.getItem(key) || ""; } catch { return ""; } };
  const keys = () => { try { return Object.keys(localStorage); } catch { return []; } };

  // The name of this window is the same when it is loaded anew. It is stored only for that moment: a window that is
  // made as a copy of this one would have it, too.
  const here = got(sessionStorage, WINDOW) || Math.random().toString(36).slice(2);
  window.addEventListener("pageshow", () => put(sessionStorage, WINDOW, ""));
  window.addEventListener("pagehide", () => put(sessionStorage, WINDOW, here));

  // The names of all windows that are there. Each holds a lock as long as it is open, however busy it is. At addresses
  // that a browser does not call secure there are no locks: there the windows are asked, and a busy one may be late.
  const { locks } = navigator;
  locks?.request(`${WINDOW}.${here}`, () => new Promise(() => {})).catch(() => {}); // or none may be had
  const others = new Set();
  const windows = locks ? null : new BroadcastChannel("briefing-windows");
  if (windows) windows.onmessage = ({ data }) => { if (data) others.add(data); else windows.postMessage(here); };
  const open = async () => {
    if (locks) {
      const { held, pending } = await locks.query();
      return new Set([...held, ...pending].map(({ name }) => name.slice(WINDOW.length + 1)));
    }
    others.clear();
    windows.postMessage("");
    await new Promise((answered) => setTimeout(answered, ANSWERED));
    return others;
  };

  const keyOf = (id) => `${KEPT}${id}.${here}`;

  // What a window that is closed by now did not save becomes this window's own.
  const inherit = async (id) => {
    const foreign = keys().filter((key) => key.startsWith(KEPT + id) && key !== keyOf(id));
    if (!foreign.length || got(localStorage, keyOf(id))) return;
    const there = await open();
    const left = foreign.find((key) => !there.has(key.split(".")[1]));
    if (!left) return;
    const text = got(localStorage, left);
    put(localStorage, left, "");
    put(localStorage, keyOf(id), text);
  };

  // `put` and `got` write and read a store of the browser that may refuse; an empty text takes a key away.
  window.briefing.unsaved = {
    put, got, inherit,
    keep: (id, text) => put(localStorage, keyOf(id), text),
    kept: (id) => got(localStorage, keyOf(id)),
  };
})();
