import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..', '..');

/** A name that a public door exports, and what its doc comment has. */
export interface DoorName {
  readonly name: string;
  readonly isType: boolean;
  /** Functions and classes: what is called. */
  readonly isCallable: boolean;
  readonly description: string;
  readonly hasExample: boolean;
}

/** The names of a door, by what the compiler sees of it. `file` is relative to the library's sources. */
export function namesOfDoor(file: string): readonly DoorName[] {
  const path = join(root, 'libs', 'session-sync', 'src', file);
  const program = ts.createProgram([path], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    customConditions: ['nest-session-sync-source'],
    experimentalDecorators: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const door = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (door === undefined) throw new Error(`${path} is no module`);
  return checker.getExportsOfModule(door).map((symbol) => describe(symbol, checker));
}

function describe(exported: ts.Symbol, checker: ts.TypeChecker): DoorName {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
  // A class may be exported as a type only.
  const isType = (symbol.flags & ts.SymbolFlags.Value) === 0 || exported.declarations?.some(isTypeOnly) === true;
  return {
    name: exported.name,
    isType,
    isCallable: !isType && (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0,
    description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    hasExample: symbol.getJsDocTags(checker).some(({ name }) => name === 'example'),
  };
}

function isTypeOnly(declaration: ts.Declaration): boolean {
  return ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly);
}

/** Where names that an example uses without importing them come from: a module, and what it exports. */
export type Source = readonly [module: string, names: readonly Pick<DoorName, 'name' | 'isType'>[]];

/** The example with imports of all that it uses and doesn't declare, each from the first source that has it. */
export function withImports(code: string, sources: readonly Source[]): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const [used, declared] = [new Set<string>(), new Set<string>()];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    if (
      (ts.isVariableDeclaration(node) || ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)) &&
      node.name
    ) {
      declared.add(node.name.getText(file));
    }
    if (ts.isImportSpecifier(node)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const lines: string[] = [];
  for (const [module, names] of sources) {
    const taken = names.filter(({ name }) => used.has(name) && !declared.has(name));
    for (const { name } of taken) declared.add(name);
    const list = taken.map(({ name, isType }) => (isType ? `type ${name}` : name));
    if (list.length > 0) lines.push(`import { ${list.join(', ')} } from '${module}';`);
  }
  return `${lines.join(' ')} ${code}`;
}
