/* What every page needs beyond plain HTML: failed fragments say so, menus close, addresses copy. Nothing here is needed to read or to act. */
(() => {
  "use strict";
  const notice = (text) => {
    const box = document.getElementById("notice");
    box.textContent = "";
    requestAnimationFrame(() => { box.textContent = text; });
  };
  const failed = (event) => {
    const target = event.detail.target;
    const text = document.body.dataset.failed;
    notice(text);
    if (target && target !== document.body) {
      const line = document.createElement("p");
      line.className = "hole";
      line.textContent = text;
      target.replaceChildren(line);
    }
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);

  document.addEventListener("click", async (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    const address = new URL(copy.dataset.copy, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      notice(document.body.dataset.copied);
      copy.classList.add("done");
    } catch {
      location.href = address; // no clipboard on plain http: the address bar then holds it
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
})();
