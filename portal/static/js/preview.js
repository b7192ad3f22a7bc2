// The preview follows the files: it asks the server whether one was saved, and comes again if so.
"use strict";

(() => {
  const place = document.getElementById("suivi");
  if (!place) return;
  const status = place.querySelector("[role='status']");

  async function look() {
    try {
      const answer = await fetch(place.dataset.watch, { cache: "no-store" });
      const state = await answer.text();
      status.textContent = "";
      if (answer.ok && state !== place.dataset.state) location.reload();
    } catch {
      status.textContent = "L’aperçu est arrêté : relancez la commande.";
    }
  }

  setInterval(look, 400);
})();
