// Sharing a conversation as a file, and what the other scripts need for theirs: asking Python, and saving a file.
(() => {
  "use strict";
  const { actions, bridges, say } = window.briefing;
  const one = (selector, root = document) => root.querySelector(selector);

  // The reply of a function of Python; without one, a problem in words. Over each bridge one is asked after the other:
  // of two that are under way the later one may be heard first, and what was decided first would be what is kept.
  const lines = {};
  const WAITED = 60_000; // milliseconds, after which what never comes holds up nothing
  const ask = (bridge, name, asked) => {
    const text = JSON.stringify(asked);
    const reply = async () => {
      let late;
      const waited = new Promise((_, fail) => { late = setTimeout(fail, WAITED); });
      try {
        return JSON.parse(await Promise.race([bridges[bridge].server[name](text), waited]));
      } catch {
        return { problem: "The assistant does not answer. Is it still running?" };
      } finally {
        clearTimeout(late);
      }
    };
    lines[bridge] = (lines[bridge] || Promise.resolve()).then(reply);
    return lines[bridge];
  };

  // `text` may be bytes, too; `said` is what a screen reader is told.
  const save = ({ name, type, text }, said = `Saved ${name}`) => {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = Object.assign(document.createElement("a"), { href: url, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    say(said);
  };

  Object.assign(window.briefing, { ask, save });

  const share = (button) => {
    const { id, title } = button.dataset;
    const dialog = one("#sharing");
    const told = one(".told", dialog);
    one(".name", dialog).textContent = title;
    told.textContent = "";
    dialog.onclick = async (event) => { // the dialog stays until the file is there, or says why there is none
      const form = event.target.closest("button")?.value;
      if (!form) return;
      event.preventDefault();
      told.textContent = "Writing the file …";
      const file = await ask("sharing", "share", { id, form });
      if (file.problem) { told.textContent = file.problem; return; }
      save(file);
      dialog.close();
    };
    dialog.onclose = () => {
      const again = [...document.querySelectorAll("[data-do=share]")].find((each) => each.dataset.id === id);
      again?.focus();
    };
    dialog.showModal();
  };

  Object.assign(actions, { share });
})();
