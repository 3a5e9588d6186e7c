/** A row of a Markdown table, its cells without the marks of code. */
export interface Row {
  readonly cells: readonly string[];
}

/** The tables of a page that have this heading, in their order. */
export function tablesIn(page: string, heading: readonly string[]): readonly (readonly Row[])[] {
  const tables: Row[][] = [];
  let current: Row[] | undefined;
  for (const line of page.split('\n')) {
    const cells = line.startsWith('|') ? cellsOf(line) : undefined;
    if (cells === undefined) current = undefined;
    else if (cells.join('|') === heading.join('|')) tables.push((current = []));
    else if (!cells.every((cell) => /^-+$/.test(cell))) current?.push({ cells: cells.map(withoutMarks) });
  }
  return tables;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());
}

function withoutMarks(cell: string): string {
  return cell.replaceAll('`', '');
}
