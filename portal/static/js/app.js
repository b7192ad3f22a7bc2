// Help that pages can do without: where the focus goes after a swap, what to do when the network is gone, copying.
"use strict";

(() => {
  const notices = () => document.getElementById("notices");
  const answered = new WeakSet();
  let focusWasInside = false;

  // A refusal first, then the new title, as a full page load would have announced; then what changed in a simulator.
  function focusPoint(swapped) {
    for (const selector of ["[role='alert']", "[aria-invalid='true']", "h1", "[data-focus]"]) {
      const found = swapped.matches(selector) ? swapped : swapped.querySelector(selector);
      if (found) return found;
    }
    return null;
  }

  function focus(element, options) {
    if (element.tabIndex < 0) element.setAttribute("tabindex", "-1");
    element.focus(options);
  }

  // What a person asked for moves the focus; a page that refreshes by itself never does.
  const askedByPerson = (detail) => Boolean(detail.requestConfig && detail.requestConfig.triggeringEvent);

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    focusWasInside = detail.target.contains(document.activeElement);
  });

  // htmx says « settled » once per piece, out-of-band ones included: one answer moves the focus once. It stays on a
  // filter that is being typed in, since that filter lies outside what was swapped.
  document.addEventListener("htmx:afterSettle", ({ detail, target }) => {
    if (!askedByPerson(detail) || answered.has(detail.xhr)) return;
    answered.add(detail.xhr);
    const place = document.getElementById(detail.target.id) ?? target;
    if (place === notices() || !place.isConnected) return;
    if (!focusWasInside && document.activeElement !== document.body) return;
    const point = focusPoint(place);
    if (point) focus(point);
    else if (document.activeElement === document.body) focus(place, { preventScroll: true });
  });

  // An old refusal must not stay beside a new answer; nor, when the question goes, anything said of the one before.
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const old = detail.target.id === "card" ? ".notice" : ".notice-error, .network";
    if (askedByPerson(detail)) notices()?.querySelectorAll(old).forEach((each) => each.remove());
  });

  function resend(element, submitter) {
    if (!element.isConnected) location.reload();
    // A click, not requestSubmit: htmx sends the name of the button that was clicked.
    else if (submitter?.isConnected) submitter.click();
    else if (element instanceof HTMLFormElement) element.requestSubmit();
    else element.click();
  }

  function tellNetworkLoss({ detail }) {
    const place = notices();
    const template = document.getElementById("network-notice");
    if (!place || !template || place.querySelector(".network")) return;
    const notice = template.content.firstElementChild.cloneNode(true);
    notice.classList.add("network");
    const retry = notice.querySelector("[data-retry]");
    const asked = detail.requestConfig.triggeringEvent;
    if (asked) retry.addEventListener("click", () => resend(detail.elt, asked.submitter));
    else retry.remove();
    place.prepend(notice);
    if (asked) notice.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", tellNetworkLoss);
  document.addEventListener("htmx:timeout", tellNetworkLoss);
  document.addEventListener("htmx:afterOnLoad", () => {
    notices()?.querySelectorAll(".network").forEach((old) => old.remove());
  });

  // The clipboard needs HTTPS or localhost; elsewhere the value is selected for Ctrl+C.
  async function copy(button) {
    const status = button.parentElement.querySelector(".copied");
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(button.dataset.copy);
      status.textContent = "Copié";
    } else {
      getSelection().selectAllChildren(button.parentElement.querySelector("code"));
      status.textContent = "Sélectionné : appuyez sur Ctrl + C";
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  const reveal = (root) => root.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  document.addEventListener("htmx:afterSettle", ({ target }) => reveal(target));
  reveal(document);
})();
