"""The colours of the pictures, light and dark: the one place where they are written."""

import base64
import hashlib

# By name: on a light page, on a dark one. The same as those of the portal where they say the same.
COLOURS: dict[str, tuple[str, str]] = {
    "ground": ("#f4f6f6", "#1c2327"),
    "paper": ("#ffffff", "#14191c"),
    "bar": ("#e3e9eb", "#2b353a"),
    "ink": ("#1a2024", "#e4e9eb"),
    "muted": ("#545e65", "#a5afb5"),
    "line": ("#d5dbde", "#364045"),
    "edge": ("#6b7680", "#87939b"),
    "accent": ("#0f5a6e", "#7cc6da"),
    "soft": ("#e4eff2", "#1d333a"),
    "onaccent": ("#ffffff", "#0b1a1f"),
    "ok": ("#1c6a3d", "#82ca9c"),
    "oksoft": ("#e8f3ec", "#1b2f23"),
    "warn": ("#855000", "#e4b76a"),
    "warnsoft": ("#faf1df", "#352b19"),
    "ko": ("#a5302a", "#f2a099"),
    "kosoft": ("#fbeceb", "#3a2322"),
    "plum": ("#6a4a8a", "#c3aae0"),
}
# What a chart paints its series and slices with, in order.
SERIES = ("accent", "warn", "ok", "plum", "ko", "edge")
# Texts, and what they are written on: measured by a test in both schemes.
WRITTEN = (
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("ground", "paper", "bar", "soft")),
    ("onaccent", "accent"),
    ("ink", "oksoft"),
    ("ink", "warnsoft"),
    ("ink", "kosoft"),
    *((state, state + "soft") for state in ("ok", "warn", "ko")),
    *((state, "paper") for state in ("ok", "warn", "ko")),
)
SANS = "Arial,'Liberation Sans',Helvetica,sans-serif"
MONO = "'Liberation Mono','DejaVu Sans Mono',Menlo,Consolas,monospace"


def _rules(dark: bool) -> str:
    return "".join(
        f".f-{name}{{fill:{pair[dark]}}}.s-{name}{{stroke:{pair[dark]}}}" for name, pair in COLOURS.items()
    )


# Always the same text, so that a page may name it by its hash and refuse any other style.
STYLE = (
    f"text{{font-family:{SANS}}}.m{{font-family:{MONO}}}.b{{font-weight:700}}"
    f"{_rules(False)}@media(prefers-color-scheme:dark){{{_rules(True)}}}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
