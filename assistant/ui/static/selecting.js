// Places in the document that the source pane shows, as characters of its text: what is selected, where a click falls,
// and the other way round. The text of the pane is the document's own, but for the buttons that show more of it.
(() => {
  "use strict";
  const body = () => document.querySelector("#source .body");
  const points = (text) => [...text].length; // Python counts characters, not the halves of JavaScript

  const pieces = () => {
    const walk = document.createTreeWalker(body(), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest("button")) found.push(walk.currentNode);
    return found;
  };

  // Where the part that is shown begins in the document.
  const first = () => {
    const earlier = body().querySelector("button.more[data-where=before]");
    return earlier ? JSON.parse(earlier.dataset.place).before : 0;
  };

  const position = (node, offset) => {
    const before = document.createRange();
    before.setStart(body(), 0);
    before.setEnd(node, offset);
    const copy = before.cloneContents();
    copy.querySelectorAll("button").forEach((button) => button.remove());
    return first() + points(copy.textContent);
  };

  window.briefing.selecting = {
    body,

    // The selected words, or null where nothing of the document is selected.
    chosen() {
      const selection = document.getSelection();
      if (!selection.rangeCount || selection.isCollapsed || !body()) return null;
      const range = selection.getRangeAt(0);
      if (!body().contains(range.commonAncestorContainer)) return null;
      const copy = range.cloneContents();
      copy.querySelectorAll("button").forEach((button) => button.remove());
      const quote = copy.textContent;
      const start = position(range.startContainer, range.startOffset);
      return quote.trim() ? { start, end: start + points(quote), quote } : null;
    },

    // The character at which a press falls; null beside the text.
    at(event) {
      const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      const range = spot ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
      const node = spot ? spot.offsetNode : range?.startContainer;
      if (node?.nodeType !== Node.TEXT_NODE || !body().contains(node) || node.parentElement.closest("button")) return null;
      return position(node, spot ? spot.offset : range.startOffset);
    },

    // The first marked character; 0 where nothing is marked.
    marked() {
      const mark = body().querySelector("mark");
      return mark ? position(mark, 0) : 0;
    },

    // Selects characters of the document and brings them into view.
    select(start, end) {
      const range = document.createRange();
      let at = first();
      for (const node of pieces()) {
        const characters = [...node.data];
        const next = at + characters.length;
        const offset = (place) => characters.slice(0, place - at).join("").length;
        if (start >= at && start < next) range.setStart(node, offset(start));
        if (end > at && end <= next) { range.setEnd(node, offset(end)); break; }
        at = next;
      }
      const selection = document.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      const box = range.getBoundingClientRect();
      const outer = body().getBoundingClientRect();
      if (box.top < outer.top || box.bottom > outer.bottom) body().scrollTop += box.top - outer.top - outer.height / 3;
    },
  };
})();
