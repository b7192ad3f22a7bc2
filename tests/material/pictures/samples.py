"""Pictures to look at: the sample of each part, and some that are hard to draw."""

from typing import Any

import yaml

from portal.material.pictures.library import kinds

HARD = {
    "phones": """
- row:
    parts:
      - phone:
          title: "Réglages"
          content:
            - settings:
                rows:
                  - {text: "Position", hint: "Utilisée par 4 applications", switch: false}
                  - {text: "Stockage", value: "12 Go libres"}
      - phone:
          content:
            - browser: {url: "https://college.example/5eB/agenda", content: [{text: {text: "Agenda"}}]}
            - chat: {messages: [{from: "Noé", text: "Tu viens à la piscine samedi ?", time: "17:40"}]}
""",
    "phone": """
- phone:
    title: "Météo"
    content:
      - dialog:
          sign: warning
          text: "L’application veut utiliser votre position."
          buttons: ["Refuser", "Seulement cette fois", "Toujours"]
      - form: {fields: [{label: "Ville", value: "Rives"}]}
""",
    "charts": """
- chart:
    kind: line
    unit: "degrés"
    from: 15
    labels: ["8 h", "9 h", "10 h", "11 h"]
    series: [{name: "Lundi", values: [17, 18.5, 20, 21.5]}, {name: "Mardi", values: [15.5, 16, 17, 18]}]
    source: "Capteurs du collège"
- row:
    parts:
      - chart: {kind: pie, title: "Appareils", unit: "%", labels: [Téléphone, Tablette], values: [85, 15]}
      - chart: {kind: bars, labels: [A, B], values: [1200, 15300], figures: false}
- chart:
    kind: bars
    labels: ["Collège Jean-Moulin", "Lycée"]
    series: [{name: "2025", values: [12, 30]}, {name: "2026", values: [15, 28]}]
""",
    "nested": """
- browser:
    url: "http://banque-en-ligne.connexion-secure.example/fr/compte?id=1234"
    secure: false
    tabs: ["Banque", "Courriel"]
    active: 2
    content:
      - row:
          parts:
            - form: {title: "Connexion", fields: [{label: "Code", value: "123456", secret: true}]}
            - menu: {items: [{text: "Accueil"}, {text: "Aide", checked: true}]}
      - table:
          headings: ["Date", "Libellé", "Montant"]
          rows: [["3 mars", "Virement de la grand-mère pour l’anniversaire et les vacances d’été à la mer", "50 €"]]
- mail:
    from: "Assistance du collège et de la vie scolaire"
    address: "assistance-vie-scolaire@college-jean-moulin.example"
    subject: "Votre compte sera fermé demain si vous ne confirmez pas votre mot de passe"
    text: "Bonjour,\\nConfirmez vite."
    link: {text: "Confirmer", target: "http://college.example.verif-compte.example/login.php?user=42&token=8fa7c3e19b"}
""",
    "things": """
- devices:
    items:
      - {device: phone, label: "Téléphone de Noé", link: bluetooth}
      - {device: headphones, label: "Casque", link: cut}
      - {device: cloud, label: "Nuage", link: arrow}
      - {device: server, label: "Serveur du collège"}
- map: {columns: 8, rows: 2, places: [{name: "Mairie", at: H2}]}
- tree: {items: ["a", "a/b", "a/b/c", "a/b/c/d.odt"]}
""",
}
SAMPLES: dict[str, list[dict[str, Any]]] = {
    **{kind.kind: [yaml.safe_load(kind.sample)] for kind in kinds()},
    **{name: yaml.safe_load(text) for name, text in HARD.items()},
}
