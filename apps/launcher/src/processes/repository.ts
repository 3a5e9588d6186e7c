import { fileURLToPath } from 'node:url';

/** The top of the repository, from dist/apps/launcher/apps/launcher/src/processes. */
export const REPOSITORY = fileURLToPath(new URL('../../../../../../../', import.meta.url));

export type AppName = 'gateway' | 'cart';

/** The built main file of an application. */
export function mainOf(app: AppName): string {
  return `${REPOSITORY}dist/apps/${app}/apps/${app}/src/main.js`;
}
