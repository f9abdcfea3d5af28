// Lets a page at rest be at rest. Gradio 6.31 never stops the clock of its loading screen once that screen is gone: it
// draws 60 frames a second for as long as the page is open, a fifth of a slow core. Nothing here shows that clock. Its
// module takes `requestAnimationFrame` when it is loaded, so this runs before all of Gradio (first_script.py).
(() => {
  "use strict";
  const CLOCK = /performance\.now\(\)\s*-.*\/\s*(1e3|1000)/;
  const next = window.requestAnimationFrame;
  window.requestAnimationFrame = (work) => (CLOCK.test(work) ? 0 : next.call(window, work));
})();
