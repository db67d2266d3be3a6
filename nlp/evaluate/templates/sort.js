document.querySelectorAll("th button").forEach(button => button.addEventListener("click", () => {
  const head = button.parentElement, table = head.closest("table"), body = table.tBodies[0];
  const down = head.getAttribute("aria-sort") === "ascending";
  const key = row => Number(row.dataset[button.dataset.key]);
  const rows = [...body.rows].sort((a, b) => (down ? key(b) - key(a) : key(a) - key(b)) || a.dataset.at - b.dataset.at);
  table.querySelectorAll("th[aria-sort]").forEach(each => each.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows);
}));
