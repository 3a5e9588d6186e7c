import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Starts the Chromium or Chrome of this machine, with a fresh profile. @throws Error that says what to install */
export function launchChromium(): Promise<Browser> {
  const named = [process.env['CHROME'], process.env['CHROMIUM']].filter((path) => path !== undefined && path !== '');
  const executablePath = [...named, ...USUAL_PATHS].find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'The test of the page needs a Chromium or Chrome, and there is none. On Debian and Ubuntu: apt-get install chromium; else install Chrome, or name one by CHROME=/path/to/it.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
