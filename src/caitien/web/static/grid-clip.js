// Blocks of cells to and from the clipboard, as Excel, Word and web tables write them.

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
