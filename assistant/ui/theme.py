"""The look of Gradio's own components: fonts of the system, nothing fetched; the colours are those of `page.css`."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

_STATIC = Path(__file__).with_name("static")
_STYLES = (
    "page.css",
    "source.css",
    "library.css",
    "written.css",
    "past.css",
    "feedback.css",
    "review.css",
    "memo.css",
    "verify.css",
)
_SCRIPTS = (  # page.js makes what the others use
    "page.js",
    "controls.js",
    "source.js",
    "past.js",
    "selecting.js",
    "sharing.js",
    "feedback.js",
    "review.js",
    "unsaved.js",
    "memo.js",
    "memo_buttons.js",
    "collect.js",
)


def build_theme() -> gr.themes.Base:
    """The theme; colours that both style sheets need are custom properties of `page.css`."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.stone,
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"],
        font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"],
    ).set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        body_text_color_subdued="var(--soft)",
        body_text_color_subdued_dark="var(--soft)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_label_text_color="var(--soft)",
        block_label_text_color_dark="var(--soft)",
        block_title_text_color="var(--soft)",
        block_title_text_color_dark="var(--soft)",
        block_title_text_size="0.8125rem",
        input_background_fill="var(--sheet)",
        input_background_fill_dark="var(--sheet)",
        input_border_color="var(--line)",
        input_border_color_dark="var(--line)",
        input_border_color_focus="var(--accent)",
        input_border_color_focus_dark="var(--accent)",
        input_placeholder_color="var(--soft)",
        input_placeholder_color_dark="var(--soft)",
        button_border_width="1px",
        button_border_width_dark="1px",
        button_primary_border_color="var(--accent)",
        button_primary_border_color_dark="var(--accent)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
        button_secondary_background_fill="var(--sheet)",
        button_secondary_background_fill_dark="var(--sheet)",
        button_secondary_background_fill_hover="var(--wash)",
        button_secondary_background_fill_hover_dark="var(--wash)",
        button_secondary_text_color="var(--ink)",
        button_secondary_text_color_dark="var(--ink)",
        button_secondary_border_color="var(--line)",
        button_secondary_border_color_dark="var(--line)",
        border_color_primary="var(--line)",
        border_color_primary_dark="var(--line)",
        border_color_accent="var(--accent)",
        border_color_accent_dark="var(--accent)",
        background_fill_primary="var(--sheet)",
        background_fill_primary_dark="var(--sheet)",
        background_fill_secondary="var(--wash)",
        background_fill_secondary_dark="var(--wash)",
    )


def style_sheet() -> str:
    """Our own style sheets, one after the other."""
    return "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in _STYLES)


def head() -> str:
    """What goes into the page's head: its description and our scripts, in place, as there is nothing to fetch."""
    scripts = "\n".join(f"<script>{(_STATIC / name).read_text(encoding='utf-8')}</script>" for name in _SCRIPTS)
    return f'<meta name="description" content="Ask a folder of briefings a question.">\n{scripts}'
