// A column sorts by its cells' data-sort, as numbers where all are, else by their text.
const order = new Intl.Collator("zh-CN", { numeric: true });
document.querySelectorAll("th button").forEach(button => {
  const head = button.parentElement, body = head.closest("table").tBodies[0];
  const first = new Map([...body.rows].map((row, at) => [row, at]));
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const rows = [...body.rows];
    const key = row => row.cells[head.cellIndex].dataset.sort ?? row.cells[head.cellIndex].textContent.trim();
    const numbers = rows.every(row => key(row) !== "" && !Number.isNaN(Number(key(row))));
    const apart = numbers ? (a, b) => a - b : order.compare;
    rows.sort((a, b) => (down ? apart(key(b), key(a)) : apart(key(a), key(b))) || first.get(a) - first.get(b));
    head.closest("tr").querySelectorAll("th[aria-sort]").forEach(each => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  });
});
