/* The living plan: one panel open at a time, the outline follows the reader, keys for those who switch them on. Without it every clause is a page of its own. */
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const clauses = [...document.querySelectorAll(".text .clause[data-clause]")];
  const opener = (clause) => clause && clause.querySelector("a.opener");
  const slotOf = (clause) => clause.querySelector(".slot");

  const mark = (link, open) => {
    link.setAttribute("aria-expanded", String(open));
    const word = link.querySelector(".do");
    word.textContent = open ? word.dataset.close : word.dataset.open;
  };
  const close = (clause, giveBack) => {
    if (!slotOf(clause).hasChildNodes()) return false;
    slotOf(clause).replaceChildren();
    mark(opener(clause), false);
    if (giveBack) opener(clause).focus();
    return true;
  };
  const opened = () => clauses.find((clause) => slotOf(clause).hasChildNodes());

  // Before htmx hears the click: a second click on an open clause closes it.
  document.addEventListener("click", (event) => {
    const shut = event.target.closest("a.shut");
    const link = event.target.closest("a.opener[aria-expanded=true]");
    if (!shut && !link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close((shut || link).closest(".clause"), true);
  }, true);
  document.addEventListener("htmx:afterSwap", (event) => {
    const slot = event.detail.target;
    if (!slot.classList.contains("slot")) return;
    const here = slot.closest(".clause");
    for (const clause of clauses) if (clause !== here) close(clause, false);
    mark(opener(here), true);
    const title = slot.querySelector("[tabindex='-1']");
    if (title) title.focus({ preventScroll: true });
    here.scrollIntoView({ block: "nearest" });
  });

  // The outline shows where the reader is.
  const entries = new Map([...document.querySelectorAll(".outline a[href^='#c-']")].map((a) => [a.hash.slice(3), a.parentElement]));
  let current = null;
  const follow = () => {
    let here = clauses[0];
    for (const clause of clauses) if (clause.getBoundingClientRect().top <= 140) here = clause;
    if (!here || here === current) return;
    current = here;
    for (const item of entries.values()) item.classList.remove("here", "near");
    const item = entries.get(here.dataset.clause);
    if (!item) return;
    item.classList.add("here");
    for (let up = item; up; up = up.parentElement.closest("li")) up.classList.add("near");
    const outline = document.getElementById("outline");
    const box = item.firstElementChild.getBoundingClientRect(), frame = outline.getBoundingClientRect();
    if (box.bottom > frame.bottom || box.top < frame.top) outline.scrollTop += box.top - frame.top - frame.height / 3;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();

  // A phrase and its line in the margin light up together.
  for (const type of ["pointerover", "pointerout"]) {
    document.addEventListener(type, (event) => {
      const from = event.target.closest("[data-refs],[data-ref]");
      if (!from) return;
      const clause = from.closest(".clause");
      const refs = (from.dataset.refs || from.dataset.ref).split(" ");
      for (const other of clause.querySelectorAll("[data-refs],[data-ref]")) {
        const its = (other.dataset.refs || other.dataset.ref).split(" ");
        if (its.some((ref) => refs.includes(ref))) other.classList.toggle("lit", type === "pointerover");
      }
    });
  }

  // Single keys act only for those who switched them on (WCAG 2.1.4); Esc always closes.
  const box = document.getElementById("keys");
  if (box) {
    box.checked = localStorage.getItem("zhicheng-keys") === "on";
    box.addEventListener("change", () => localStorage.setItem("zhicheng-keys", box.checked ? "on" : "off"));
  }
  const go = (step) => {
    const focused = document.activeElement.closest(".clause");
    const at = clauses.indexOf(focused || current);
    const next = clauses[Math.min(Math.max(at + step, 0), clauses.length - 1)];
    next.scrollIntoView({ block: "start" });
    opener(next).focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const clause = opened();
      if (clause) close(clause, true);
      return;
    }
    if (!box || !box.checked || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const here = document.activeElement.closest(".clause") || current;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "o") opener(here).click();
    else if (event.key === "c") {
      const copy = document.createElement("button");
      copy.dataset.copy = opener(here).getAttribute("href");
      copy.hidden = true;
      document.body.append(copy);
      copy.click();
      copy.remove();
    } else return;
    event.preventDefault();
  });
})();
