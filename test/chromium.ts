/** The browser for the stories: the system's Chromium, installed when it is missing and we may. */

import { findProgram, installCommand, installPackages, mayInstall } from './packages.ts';

/** Debian's Chromium only recommends fonts, but without any there is no text to look at. */
const PACKAGES = ['chromium', 'fonts-liberation'];

/** Path of the browser. Throws with the command to type when there is none and we may not install it. */
export function requireChromium(): string {
  const named = process.env['CHROMIUM_PATH'] ?? '';
  if (named !== '') return named;
  const found = findChromium();
  if (found !== undefined) return found;
  if (!mayInstall()) {
    throw new Error(
      `The browser tests need Chromium. Install it and run again:\n\n  ${installCommand(PACKAGES)}\n\nor set CHROMIUM_PATH to a Chromium or Chrome that you have.`,
    );
  }
  installPackages(PACKAGES);
  const installed = findChromium();
  if (installed === undefined) throw new Error('apt-get installed Chromium, but it is not on the PATH.');
  return installed;
}

function findChromium(): string | undefined {
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}
