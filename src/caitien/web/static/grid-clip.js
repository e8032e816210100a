// Blocks of cells: to and from the clipboard, as Excel, Word and web tables write them; filled down, cleared.

const quoted = (words) => (/["\t\n\r]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);
const escaped = (words) => words.replace(/[&<>]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[one]);

/** Rows of cells as text for a spreadsheet. */
export const toText = (rows) => rows.map((row) => row.map(quoted).join("\t")).join("\n");

/** Rows of cells as a table for a word processor. */
export const toHtml = (rows) =>
  `<table>${rows.map((row) => `<tr>${row.map((one) => `<td>${escaped(one).replaceAll("\n", "<br>")}</td>`).join("")}</tr>`).join("")}</table>`;

/** Text of a spreadsheet as rows of cells: tabs between cells, quotes round what holds a line break. */
export const fromText = (text) => {
  const rows = [[]];
  let cell = "";
  let inside = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const one = source[at];
    if (inside && one === '"' && source[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
    else if (inside && one === '"') inside = false;
    else if (inside) cell += one;
    else if (one === '"' && cell === "" && source.indexOf('"', at + 1) > 0) inside = true;
    else if (one === "\t" || one === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (one === "\n") rows.push([]);
    } else cell += one;
  }
  rows.at(-1).push(cell);
  return rows;
};

const wordsOf = (cell) => {
  for (const one of cell.querySelectorAll("br, p + p, li + li, div + div")) one.before("\u0001"); // line breaks of the source mean nothing
  return cell.textContent.replace(/\s+/g, " ").split("\u0001").map((line) => line.trim()).filter(Boolean).join("\n");
};

/** The one table of a page as rows of cells (merged cells say their words once); null when there is none, or several. */
export const fromHtml = (html) => {
  const tables = new DOMParser().parseFromString(html, "text/html").querySelectorAll("table");
  if (tables.length !== 1) return null;
  const rows = [];
  [...tables[0].rows].forEach((row, at) => {
    rows[at] ??= [];
    let place = 0;
    for (const cell of row.cells) {
      while (rows[at][place] !== undefined) place += 1;
      for (let down = 0; down < Math.min(cell.rowSpan || 1, 200); down += 1)
        for (let over = 0; over < Math.min(cell.colSpan, 50); over += 1) (rows[at + down] ??= [])[place + over] = down || over ? "" : wordsOf(cell);
    }
  });
  return rows.map((row) => Array.from(row, (one) => one ?? ""));
};

/** What can be done with the range of cells. `grid`: what grid.js shows of itself. */
export const blockWork = (grid) => {
  const { $, make, say, tell, panel, rows, heads, first, cellAt, fieldOf, block, range, raw, spoken, why, write, many } = grid;

  // --- blocks: copy, cut, paste, fill down, clear
  const clear = () => write(block().flat().map((cell) => ({ cell, value: "" })), many("clear"));
  const fill = () => {
    let cells = block();
    if (cells.length === 1) {
      const above = rows()[rows().findIndex((row) => row.dataset.id === grid.at.id) - 1];
      if (!above) return;
      cells = [cells[0].map((cell) => cellAt(above, cell.cellIndex - first())), cells[0]];
    }
    write(cells.slice(1).flatMap((row) => row.map((cell, n) => ({ cell, value: raw(cells[0][n]) }))), many("fill"));
  };
  const inGrid = (event) => grid.table && !grid.editor && grid.at && grid.table.contains(document.activeElement) && !event.target.closest?.("input, textarea, select");
  const copy = (event) => {
    if (!inGrid(event)) return;
    event.preventDefault();
    const cells = block().map((row) => row.map((cell) => spoken(fieldOf(cell), fieldOf(cell) ? raw(cell) : cell.textContent.trim())));
    event.clipboardData.setData("text/plain", toText(cells));
    event.clipboardData.setData("text/html", toHtml(cells));
    tell(say("copied", { n: cells.flat().length }));
    if (event.type === "cut") clear();
  };
  const paste = (event) => {
    if (!inGrid(event)) return;
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const given = (html && fromHtml(html)) || fromText(event.clipboardData.getData("text/plain"));
    const { top, bottom, left, right } = range();
    const single = given.length === 1 && given[0].length === 1;
    const list = rows();
    const changes = [];
    let skipped = 0;
    const height = single ? bottom - top + 1 : given.length;
    for (let down = 0; down < height && top + down < list.length; down += 1)
      for (let over = 0; over < (single ? right - left + 1 : given[down].length); over += 1) {
        const cell = cellAt(list[top + down], left + over);
        const value = (single ? given[0][0] : given[down][over]).trim();
        if (!cell || why(cell)) skipped += 1;
        else if (spoken(fieldOf(cell), raw(cell)) !== value) changes.push({ cell, value });
      }
    const over = changes.filter(({ cell }) => raw(cell)).length;
    const rest = given.slice(list.length - top);
    const apply = () => write(changes, many("paste"));
    if (!over && !rest.length) return apply(), skipped && tell(say("skipped", { n: skipped }));
    const text = [over && say("over", { n: changes.length, m: over }), skipped && say("skipped", { n: skipped }), rest.length && say("beyond", { n: rest.length })];
    const buttons = [[say("do_paste"), apply], [say("cancel")]];
    if (rest.length && grid.table.dataset.paste) buttons.splice(1, 0, [say("preview"), () => (apply(), preview(rest, left))]);
    $("button", panel("dan", text.filter(Boolean).map((one) => make("p", one)), changes.length ? buttons : buttons.slice(1))).focus();
  };
  const preview = (rest, left) => {
    const names = heads().slice(left, left + rest[0].length).map((head) => head.textContent.trim());
    const form = make("form", "", "", { method: "post", action: grid.table.dataset.paste, hidden: true });
    const token = $("input[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of [["csrfmiddlewaretoken", token], ["text", toText([names, ...rest])], ["html", ""]]) form.append(make("textarea", "", "", { name, value }));
    document.body.append(form);
    form.requestSubmit();
  };

  return { clear, fill, copy, paste, inGrid };
};
