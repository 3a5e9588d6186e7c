import { defineConfig } from 'vitest/config';

const shared = {
  ssr: { resolve: { conditions: ['nest-session-sync-source'] } },
  // Set explicitly: Vite finds no tsconfig for the libraries' files and would leave decorators untransformed.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
};
const inlineWorkspaces = { deps: { inline: [/nest-session-sync/, /^shop$/] } };

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          isolate: false,
          server: inlineWorkspaces,
          include: ['libs/**/src/**/*.spec.ts'],
          // Laws are tried by the thousand: how long that takes says something of the machine, not of them.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'real',
          isolate: false,
          server: inlineWorkspaces,
          include: ['test/**/*.spec.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // Projects with different workers can't run side by side; the quick ones first.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
