"""Derive `digest/deliver/mail_support.json` from caniemail's data: which mail client supports what a mail may use.

    python benchmarks/mail_support.py PATH/TO/caniemail.json

The file is caniemail's own export (https://www.caniemail.com/api/data.json, MIT licence), or its features by slug.
Kept: Gmail, Outlook and Apple Mail on each platform as last tested, and the features a program can see in a mail.
"""

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "digest" / "deliver" / "mail_support.json"
CLIENTS = {
    ("gmail", "desktop-webmail"): "Gmail", ("gmail", "ios"): "Gmail iOS", ("gmail", "android"): "Gmail Android",
    ("gmail", "mobile-webmail"): "Gmail mobile web",
    ("outlook", "windows"): "Outlook Windows", ("outlook", "outlook-com"): "Outlook.com",
    ("outlook", "macos"): "Outlook macOS", ("outlook", "ios"): "Outlook iOS", ("outlook", "android"): "Outlook Android",
    ("apple-mail", "macos"): "Apple Mail", ("apple-mail", "ios"): "Apple Mail iOS",
}  # fmt: skip

# Slugs whose names do not follow a rule. An empty tuple: nothing a program can see, or nothing a mail shows.
NAMED = {
    "amp": (), "bimi": (), "css-comments": (), "css-nesting": (), "css-sytem-ui": (), "css-inert-attribute": (),
    "css-intrinsic-size": (), "html-comments": (), "html-doctype": (), "html-mailto-links": (), "html-body": (),
    "css-block-inline-size": ("property block-size", "property inline-size"),
    "css-important": ("important",), "css-variables": ("function var",), "css-unit-calc": ("function calc",),
    "css-unit-percent": ("unit %",), "css-unit-initial": (), "css-rgb": ("function rgb",),
    "css-rgba": ("function rgba",),
    "css-modern-color": ("function lch", "function oklch", "function lab", "function oklab"),
    "css-gap": ("property gap", "property column-gap", "property row-gap"),
    "css-left-right-top-bottom": ("property left", "property right", "property top", "property bottom"),
    "css-display-flex": ("declaration display:flex",), "css-display-grid": ("declaration display:grid",),
    "css-display-none": ("declaration display:none",), "css-flex-direction": ("property flex-direction",),
    "css-flex-wrap": ("property flex-wrap",), "css-at-media-hover": ("media hover", "media any-hover"),
    "css-at-media-device-pixel-ratio": ("media -webkit-device-pixel-ratio",),
    "css-at-font-face": ("at font-face",), "css-pseudo-class-has": ("pseudo has",),
    "html-anchor-links": ("anchor",), "html-h1-h6": tuple(f"element h{level}" for level in range(1, 7)),
    "html-lists": ("element ul", "element ol", "element dl"), "html-svg": ("element svg",),
    "html-semantics": tuple(
        f"element {name}" for name in ("article", "aside", "figure", "footer", "header", "main", "nav", "section")
    ),
    "html-address": ("element address",), "html-base": ("element base",), "html-meta-color-scheme": (),
    "html-srcset": ("attribute srcset", "attribute sizes"), "html-image-maps": ("element map",),
    "html-button-submit": ("element button",), "html-button-reset": (),
}  # fmt: skip


def names(slug: str, title: str) -> tuple[str, ...]:
    """What the feature looks like in a mail: "property border-radius", "element table", "unit rem"."""
    if slug in NAMED:
        return NAMED[slug]
    for start, kind in (
        ("css-at-media-", "media"), ("css-at-", "at"), ("css-pseudo-class-", "pseudo"),
        ("css-pseudo-element-", "pseudo"), ("css-unit-", "unit"), ("css-function-", "function"),
    ):  # fmt: skip
        if slug.startswith(start):
            return (f"{kind} {slug.removeprefix(start)}",)
    if slug.endswith("-gradient"):
        return (f"function {slug.removeprefix('css-')}",)
    if slug.startswith(("image-", "css-selector-", "_")) or "&" in title or "logical" in title:
        return ()
    if slug.startswith("css-"):
        return (f"property {slug.removeprefix('css-')}",)
    element = re.match(r"<(\w+)", title)
    if element:
        return (f"element {element[1]}",)
    return (f"attribute {title.removesuffix(' attribute')}",) if title.endswith(" attribute") else ()


def latest(stats: dict[str, dict[str, dict[str, str]]]) -> dict[str, str]:
    """Client to y (supported), a (partly), n (not) or u (unknown), as last tested."""
    found = {}
    for (family, platform), client in CLIENTS.items():
        versions = stats.get(family, {}).get(platform, {})
        if versions:
            found[client] = list(versions.values())[-1][0]
    return found


def derive(features: dict[str, dict]) -> dict:
    """The whole table; a feature's lists hold places in `clients`."""
    kept, clients = {}, list(CLIENTS.values())
    for slug, feature in sorted(features.items()):
        looks = names(slug, feature["title"])
        if looks:
            support = latest(feature["stats"])
            kept[slug] = {
                "looks": list(looks),
                "no": [clients.index(client) for client, mark in support.items() if mark == "n"],
                "partly": [clients.index(client) for client, mark in support.items() if mark == "a"],
            }
    return {
        "source": "caniemail, https://www.caniemail.com, MIT licence; derived by benchmarks/mail_support.py",
        "last_test": max(feature["last_test_date"] or "" for feature in features.values()),
        "clients": clients,
        "features": kept,
    }


def by_slug(export: dict) -> dict[str, dict]:
    """The features of the site's export, or of a file that holds them by slug already."""
    rows = export.get("data")
    return {row["slug"]: row for row in rows} if isinstance(rows, list) else export


def main() -> None:
    table = derive(by_slug(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    features = table.pop("features")
    rows = ",\n".join(f"{json.dumps(slug)}: {json.dumps(row, separators=(',', ':'))}" for slug, row in features.items())
    head = json.dumps(table, indent=1)[:-2]
    TARGET.write_text(f'{head},\n "features": {{\n{rows}\n }}\n}}\n', encoding="utf-8")
    print(f"{TARGET}: {len(features)} features")


if __name__ == "__main__":
    main()
