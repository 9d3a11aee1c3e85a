/* 读入核对: frames both sides of a pair, fills a form with chosen words, keys. Everything works without it, by links and pages. */
(() => {
  "use strict";
  const frame = (...ids) => {
    for (const old of document.querySelectorAll(".framed")) old.classList.remove("framed");
    for (const id of ids) document.getElementById(id)?.classList.add("framed");
  };
  const show = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  // On a phone the field comes to the words as a sheet, instead of the reader going down to the field.
  const narrow = matchMedia("(max-width: 52rem)");
  let from = null;
  const closeSheet = () => {
    document.querySelector(".field.sheet")?.classList.remove("sheet");
    from?.focus({ preventScroll: true });
    from = null;
  };
  const openSheet = (field, link) => {
    for (let at = field.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    field.classList.add("sheet");
    from = link;
  };
  const pair = (link) => {
    const other = document.getElementById(link.dataset.other);
    if (!other) return null;
    const own = link.id || [...document.querySelectorAll(`[data-other="${CSS.escape(link.dataset.other)}"]`)].find((a) => a.id)?.id;
    return { other, own: own || link.closest("[id]")?.id };
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-other]");
    if (link) {
      const found = pair(link);
      if (!found) return;
      event.preventDefault();
      closeSheet();
      frame(found.own, found.other.id);
      if (narrow.matches && found.other.classList.contains("field")) openSheet(found.other, link);
      else show(found.other);
      if (found.other.tabIndex < 0) found.other.tabIndex = -1;
      found.other.focus({ preventScroll: true });
      return;
    }
    if (!event.target.closest(".field.sheet")) closeSheet();
    const all = event.target.closest("[data-all]");
    if (all) for (const box of all.form.querySelectorAll(`[name="${all.dataset.all}"]`)) box.checked = true;
    if (all) count();
  });
  // What is done with the chosen follows the reader once something is chosen.
  const count = () => {
    for (const bar of document.querySelectorAll("[data-follows]")) {
      const chosen = document.querySelectorAll(`[name="${bar.dataset.follows}"]:checked`).length;
      bar.classList.toggle("live", chosen > 0);
      const place = bar.querySelector("[data-count]");
      if (place) place.textContent = chosen ? String(chosen) : "";
    }
  };
  document.addEventListener("change", count);
  const hover = (event) => {
    const link = event.target.closest?.("[data-other]");
    const found = link && pair(link);
    if (found) frame(found.own, found.other.id);
  };
  document.addEventListener("mouseover", hover);
  document.addEventListener("focusin", hover);
  // Only one clause stands open; the text marks which.
  document.addEventListener("toggle", (event) => {
    const clause = event.target;
    if (!clause.matches?.("details.clause")) return;
    document.getElementById(clause.id.replace(/^k-/, "t-"))?.classList.toggle("open", clause.open);
    if (clause.open) for (const other of document.querySelectorAll("details.clause[open]")) if (other !== clause) other.open = false;
  }, true);
  // Words chosen in the text go into the form that is asked for next.
  let chosen = "";
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const inText = selection.anchorNode?.parentElement?.closest(".line .text");
    if (inText && !selection.isCollapsed) chosen = selection.toString().trim();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    ready();
    if (event.target.id === "desk" || event.target.querySelector?.(".structure")) document.querySelector(".structure").scrollTop = paneAt;
    const place = event.target;
    if (!place.classList?.contains("edit-place")) return;
    const quote = place.querySelector("#quote-new");
    if (quote && !quote.value && chosen) quote.value = chosen;
    place.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  });
  // The pane of the structure stays where it was when a fragment replaces it.
  let paneAt = 0;
  document.addEventListener("htmx:beforeSwap", () => { paneAt = document.querySelector(".structure")?.scrollTop ?? 0; });
  // Somebody else was first: take the newest state, and say so.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const desk = document.getElementById("desk");
    if (!desk || event.detail.xhr.status !== 409) return;
    sessionStorage.setItem("desk", desk.dataset.conflict);
    location.reload();
  });
  const keys = {
    n: () => document.querySelector("[data-next]")?.click(),
    a: (clause) => clause?.querySelector("[data-accept]")?.click(),
    e: (clause) => clause?.querySelector(".edit")?.click(),
    q: (clause) => clause?.querySelector("[data-ask]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeSheet();
    if (!document.getElementById("keys")?.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(document.activeElement.closest("details.clause") || document.querySelector("details.clause[open]"));
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys") localStorage.setItem("desk-keys", event.target.checked ? "1" : "");
  });
  const ready = () => {
    for (const button of document.querySelectorAll("[data-all]")) button.hidden = false;
    const box = document.getElementById("keys");
    if (box) box.checked = localStorage.getItem("desk-keys") === "1";
  };
  ready();
  count();
  const clause = location.hash.startsWith("#k-") && document.getElementById(location.hash.slice(1).replace(/^k-/, "t-"));
  if (clause) clause.scrollIntoView({ block: "start" });
  const said = sessionStorage.getItem("desk");
  if (said) {
    sessionStorage.removeItem("desk");
    const notice = document.getElementById("notice");
    notice.classList.remove("sr");
    notice.textContent = said;
  }
})();
