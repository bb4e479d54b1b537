/** A Markdown table whose columns line up in the text too. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const lines = [head, ...body].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => width(cells[column]))));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((wide, column) => (cells[column] ?? '') + ' '.repeat(wide - width(cells[column]))).join(' | ')} |`;
  const [first = [], ...others] = lines;
  return [line(first), line(widths.map((wide) => '-'.repeat(wide))), ...others.map(line)].join('\n');
}

/** Chinese and the like takes two columns a character. */
function width(cell = ''): number {
  return cell.length + (cell.match(/[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]/g)?.length ?? 0);
}
