import process from 'node:process';
import { watchParent } from './processes/watch-parent.js';
import { judgeStory } from './story/judge-story.js';
import { openStage } from './story/open-stage.js';
import { reportOf } from './story/report.js';
import { tellStory, type Story } from './story/tell-story.js';

const KEPT_LINES = 200;

/** `npm run demo`: the story of one session, told by real processes; with `--json` its last line is for programs. */
async function demo(isForPrograms: boolean): Promise<readonly string[]> {
  const said: string[] = [];
  const keep = (name: string, line: string): void => {
    said.push(`[${name}] ${line}`);
    if (said.length > KEPT_LINES) said.shift();
  };
  const startedAt = performance.now();
  const story = await playOn(keep).catch((error: unknown) => {
    console.error(said.join('\n'));
    throw error;
  });
  const wrong = judgeStory(story);
  console.log(`\n${reportOf(story)}\n`);
  for (const problem of wrong) console.log(`WRONG: ${problem}`);
  if (wrong.length > 0) console.error(said.join('\n'));
  console.log(`${wrong.length === 0 ? 'All is well' : 'Something is off'}, after ${seconds(startedAt)} s.`);
  if (isForPrograms) console.log(JSON.stringify(story));
  return wrong;
}

async function playOn(keep: (name: string, line: string) => void): Promise<Story> {
  const startedAt = performance.now();
  const tell = (line: string): void => console.log(`${seconds(startedAt).padStart(5)} s  ${line}`);
  tell('nats-server, two gateways and the cart service …');
  await using stage = await openStage(keep);
  return await tellStory(stage, tell);
}

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1000).toFixed(1);
}

// Children and server end with this process, whatever ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
await watchParent(() => process.exit(1));
demo(process.argv.includes('--json')).then(
  (wrong) => process.exit(wrong.length === 0 ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
