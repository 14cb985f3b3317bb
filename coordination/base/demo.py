"""Who can be tried in the demo centre: everybody may know it, and it only exists in demo mode."""

PASSWORD = "tilleuls-demo-2026"  # noqa: S105
PEOPLE = {
    "awa.diallo": "infirmière",
    "martine.dubois": "secrétaire",
    "claire.roux": "médecin",
    "anne.girard": "administratrice",
}
"""From login to what they do, in the order in which they are shown; they do without a second factor there."""
