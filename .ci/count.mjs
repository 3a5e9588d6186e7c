// node .ci/count.mjs VITEST_JSON VITEST_EXIT_CODE FAILED_STEPS: prints "N passed, N failed" from what vitest wrote, exit
// code 0 only when at least one test ran and nothing failed. A file that could not be loaded, an error outside of tests
// (vitest's report doesn't know of those, its exit code does), a skipped test and a failed step are failures too.
import { readFileSync } from 'node:fs';

const [reportFile, vitestExitCode, failedSteps] = process.argv.slice(2);

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function countTests(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) {
      counts[status === 'passed' || status === 'failed' ? status : 'skipped'] += 1;
    }
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      counts.failed += 1;
      console.log(`Failed outside of its tests: ${file.name.split('/').slice(-3).join('/')}`);
    }
  }
  if (vitestExitCode !== '0' && counts.failed === 0) {
    counts.failed = 1;
    console.log('vitest reports an error outside of tests; see above.');
  }
  return counts;
}

const report = readReport();
const steps = Number(failedSteps);
if (!report) console.log('vitest wrote no report: no test ran to its end.');
const nothing = { passed: 0, failed: steps > 0 ? 0 : 1, skipped: 0 };
const { passed, failed, skipped } = report ? countTests(report) : nothing;
console.log('');
if (skipped > 0) console.log(`${skipped} skipped tests count as failed: here nothing may be missing.`);
if (steps > 0) console.log(`${steps} failed steps count as failed: see the lines beginning with == above.`);
const allFailed = failed + skipped + steps;
console.log(`${passed} passed, ${allFailed} failed`);
process.exitCode = passed > 0 && allFailed === 0 ? 0 : 1;
