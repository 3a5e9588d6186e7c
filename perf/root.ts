import { fileURLToPath } from 'node:url';

/** The repository, seen from dist/perf/perf; ends with a slash. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
