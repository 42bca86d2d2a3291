// What the pages do beyond links and forms. Everything works without it, except that returning more than one place needs rows to be added.
(() => {
  "use strict";
  const all = (what, from) => [...(from || document).querySelectorAll(what)];

  // Forms sent by htmx carry the log-in's token too.
  document.addEventListener("htmx:configRequest", (e) => { e.detail.headers["X-Form-Token"] = document.body.dataset.token || ""; });

  // A row of the form for returning goes away; a new one gets the keyboard.
  document.addEventListener("click", (e) => {
    const drop = e.target.closest(".drop");
    if (drop) { drop.closest(".reason").remove(); }
  });
  document.addEventListener("htmx:afterSwap", (e) => {
    const rows = all(".reason", e.detail.target);
    if (e.detail.target.id === "reasons" && rows.length) {
      const last = rows[rows.length - 1];
      last.scrollIntoView({ block: "nearest" });
      last.querySelector("select[name=code]").focus();
    }
    ready();
  });

  // The queue: tick all, and tell what is ticked.
  function ticked() {
    const bar = document.getElementById("picked");
    if (!bar) { return; }
    const boxes = all("input[name=id]"), on = boxes.filter((b) => b.checked);
    const every = document.getElementById("all"), sum = document.getElementById("picked-sum"), n = document.getElementById("picked-n");
    every.checked = on.length > 0 && on.length === boxes.length;
    every.indeterminate = on.length > 0 && on.length < boxes.length;
    bar.classList.toggle("some", on.length > 0);
    boxes.forEach((b) => b.closest("tr").classList.toggle("on", b.checked));
    n.textContent = on.length ? sum.dataset.count.replace("#", on.length) : bar.dataset.none;
    const fen = on.reduce((a, b) => a + BigInt(b.dataset.fen || 0), 0n);
    const yuan = (fen / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",") + "." + (fen % 100n).toString().padStart(2, "0");
    sum.textContent = on.length ? `${sum.dataset.word} ${yuan} ${sum.dataset.unit}` : "";
  }
  document.addEventListener("change", (e) => {
    if (e.target.id === "all") { all("input[name=id]").forEach((b) => { b.checked = e.target.checked; }); }
    if (e.target.id === "all" || e.target.name === "id") { ticked(); }
    if (e.target.form && e.target.form.id === "stats-narrow") { e.target.form.submit(); }
  });
  function ready() {
    const every = document.getElementById("all");
    if (every) { every.hidden = false; ticked(); }
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", ready); } else { ready(); }

  // "/" goes to the search, as in other lists.
  document.addEventListener("keydown", (e) => {
    const q = document.getElementById("q");
    if (e.key === "/" && q && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { e.preventDefault(); q.focus(); }
  });
})();
