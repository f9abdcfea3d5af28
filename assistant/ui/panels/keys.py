"""The list of keys, opened by "?"."""

from __future__ import annotations

from html import escape

import gradio as gr

BUTTON = (
    '<button type="button" class="quiet" data-do="keys" aria-label="Keys" title="Keys" aria-keyshortcuts="?">?</button>'
)

_READING = (
    (("/",), "go to the question"),
    (("j", "k"), "next and previous citation, shown in the source pane"),
    (("Esc",), "close the source"),
    (("?",), "this list"),
)
_REVIEWING = (
    (("r",), "review the last answer sentence by sentence"),
    (("j", "k"), "next and previous sentence, while reviewing"),
    (("a", "x"), "accept and reject the sentence; again takes it back"),
    (("n",), "write a note on it, Enter keeps it"),
    (("Esc",), "end the review"),
    (("j", "k", "Enter"), "pick a sentence of the source for a test case"),
)


def build_keys(*, reviewing: bool) -> None:
    """Places the list; `reviewing` says whether answers can be reviewed here."""
    rows = "".join(
        f"<dt>{' '.join(f'<kbd>{escape(key)}</kbd>' for key in keys)}</dt><dd>{escape(said)}</dd>"
        for keys, said in (*_READING, *(_REVIEWING if reviewing else ()))
    )
    gr.HTML(
        html_template=f"""
<dialog id="keys" class="dialog" aria-labelledby="keys-title">
  <form method="dialog">
    <h2 id="keys-title">Keys</h2>
    <dl>{rows}</dl>
    <div class="buttons"><button value="">Close</button></div>
  </form>
</dialog>
""",
        elem_classes="bridge",
        apply_default_css=False,
    )
