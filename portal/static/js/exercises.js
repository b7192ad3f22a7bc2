// Help that questions can do without: a clock that runs, places of a picture that can be clicked, a page that is left.
"use strict";

(() => {
  let ticking = 0;

  const wordsOf = (left) => (left > 0 ? `Il vous reste ${left} s.` : "Le temps est écoulé. Validez ce que vous avez.");

  // The server keeps the time: this only shows it, and hands in what is written when it is over.
  function runClock() {
    clearInterval(ticking);
    const clock = document.querySelector(".clock[data-seconds]");
    if (!clock) return;
    // Set once: another part of the page may be swapped while it runs.
    const over = (clock.over ??= Date.now() + 1000 * Number(clock.dataset.seconds));
    const words = clock.querySelector("span");
    ticking = setInterval(() => {
      const left = Math.max(0, Math.ceil((over - Date.now()) / 1000));
      words.textContent = wordsOf(left);
      if (left > 0 && clock.isConnected) return;
      clearInterval(ticking);
      if (clock.isConnected) document.querySelector("#card .answer-actions button:not([name])")?.click();
    }, 1000);
  }

  document.addEventListener("click", (event) => {
    const zone = event.target.closest(".hotspot-zone");
    if (zone) document.getElementById(zone.dataset.choice)?.click();
  });

  document.addEventListener("visibilitychange", () => {
    const card = document.querySelector("#card[data-leave]");
    if (!card || document.visibilityState !== "hidden") return;
    const left = new FormData();
    left.append("jeton", card.dataset.token);
    navigator.sendBeacon(card.dataset.leave, left);
  });

  document.addEventListener("htmx:afterSettle", runClock);
  runClock();
})();
