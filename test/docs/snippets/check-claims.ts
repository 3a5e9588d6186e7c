import ts from 'typescript';

/** A comment that says what an expression is or throws. */
interface Claim {
  readonly comment: ts.CommentRange;
  readonly kind: 'is' | 'throws';
  readonly text: string;
}

/** A program whose claims are checked when it runs. */
export interface CheckedProgram {
  readonly code: string;
  readonly claims: readonly string[];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const CLAIM = /^\/\/ (?:→ (?<is>[^]+)|throws (?<throws>\w+))$/;

/**
 * Rewrites `code` so that each comment `// → value` is compared with the statement before it on its line (an expression,
 * or the constant it declares), and each `// throws SomeError` with what the expression throws. `check` names the
 * function that compares. A claim that stands at anything else is a mistake.
 */
export function checkClaims(code: string, check: string): CheckedProgram {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest, true);
  const claims = claimsIn(source);
  const edits = claims.map((claim, index) => editFor(source, claim, `${check}(${index}`));
  let rewritten = code;
  for (const { start, end, text } of edits.toSorted((a, b) => b.start - a.start)) {
    rewritten = rewritten.slice(0, start) + text + rewritten.slice(end);
  }
  return { code: rewritten, claims: claims.map(({ kind, text }) => `${kind} ${text}`) };
}

function claimsIn(source: ts.SourceFile): Claim[] {
  const claims = new Map<number, Claim>();
  const visit = (node: ts.Node): void => {
    for (const comment of ts.getTrailingCommentRanges(source.text, node.end) ?? []) {
      const { is, throws } = CLAIM.exec(source.text.slice(comment.pos, comment.end))?.groups ?? {};
      if (is !== undefined) claims.set(comment.pos, { comment, kind: 'is', text: is });
      if (throws !== undefined) claims.set(comment.pos, { comment, kind: 'throws', text: throws });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const written = source.text.match(/\/\/ (?:→|throws )/g)?.length ?? 0;
  if (written !== claims.size) throw new Error(`${written} claims are written, ${claims.size} can be checked`);
  return [...claims.values()];
}

function editFor(source: ts.SourceFile, { comment, kind, text }: Claim, call: string): Edit {
  const statement = statementBefore(source, comment.pos);
  const start = statement.getStart(source);
  const { end } = statement;
  const written = statement.getText(source);
  if (ts.isExpressionStatement(statement)) {
    const value = statement.expression.getText(source);
    if (kind === 'is') return { start, end, text: `${call}, () => (${text}), (${value}));` };
    const isAwaited = ts.isAwaitExpression(statement.expression);
    const run = isAwaited ? `async () => (${value})` : `() => (${value})`;
    return { start, end, text: `${isAwaited ? 'await ' : ''}${call}, '${text}', ${run});` };
  }
  const name = kind === 'is' ? declaredName(statement) : undefined;
  if (name === undefined) throw new Error(`Nothing to compare ${kind} ${text} with: ${written}`);
  return { start: end, end, text: ` ${call}, () => (${text}), ${name});` };
}

function declaredName(statement: ts.Statement): string | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  return others.length === 0 && declaration !== undefined && ts.isIdentifier(declaration.name)
    ? declaration.name.text
    : undefined;
}

/** The innermost statement that ends before `position` on its line. */
function statementBefore(source: ts.SourceFile, position: number): ts.Statement {
  let found: ts.Statement | undefined;
  const visit = (node: ts.Node): void => {
    const isBefore = node.end <= position && source.text.slice(node.end, position).trim() === '';
    if (isBefore && !source.text.slice(node.end, position).includes('\n') && ts.isStatement(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (found === undefined) throw new Error(`No statement before the claim at ${position}`);
  return found;
}
