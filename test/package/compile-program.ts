import { join } from 'node:path';
import type { InstalledProject } from './installed-project.js';

const compiler = join(import.meta.dirname, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');

/** Compiles a program of a project as a Nest user does: decorators, their metadata, every check on. */
export async function compileProgram(project: InstalledProject, file: string): Promise<void> {
  const compilerOptions = {
    target: 'ES2023',
    module: 'nodenext',
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    typeRoots: [join(import.meta.dirname, '..', '..', 'node_modules', '@types')],
    types: ['node'],
  };
  await project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
  await project.run('node', compiler, '-p', 'tsconfig.json');
}
