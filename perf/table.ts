/** Findings that aren't figures: the first column says what, the others what became of it for whom. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export function tableMarkdown({ title, head, lines, notes }: Table): string {
  const all = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [`## ${title}`, '', ...all, '', ...notes.map((note) => `- ${note}`)].join('\n');
}
