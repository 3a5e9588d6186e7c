import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { fileNameOf } from './run-snippet.js';
import type { Snippet } from './snippet.js';

const root = join(import.meta.dirname, '..', '..', '..');

/** What the compiler has against these programs, each on its own, as they are printed. */
export async function typeErrorsOf(snippets: readonly Snippet[], folder: string): Promise<readonly string[]> {
  const names = new Map(snippets.map((snippet) => [join(folder, `${fileNameOf(snippet)}.printed.ts`), snippet.name]));
  const files = [...names.keys()];
  await Promise.all(files.map((file, index) => writeFile(file, `${snippets[index]?.code ?? ''}\nexport {};\n`)));
  const read = ts.readConfigFile(join(root, 'tsconfig.test.json'), ts.sys.readFile);
  const { options: configured } = ts.parseJsonConfigFileContent(
    { ...(read.config as object), include: [] },
    ts.sys,
    root,
  );
  const { incremental: _incremental, tsBuildInfoFile: _file, ...options } = configured;
  const program = ts.createProgram(files, options);
  return files
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(({ file, start, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${names.get(file?.fileName ?? '') ?? file?.fileName}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}
