/** The browser for the stories: the system's Chromium, installed when it is missing and we may. */

import { findProgram, installCommand, installPackages, mayInstall } from './packages.ts';

/**
 * Chromium without its window, which takes the stories two thirds of the processor time that the whole browser takes.
 * Debian's Chromium only recommends fonts, but without any there is no text to look at.
 */
const PACKAGES = ['chromium-headless-shell', 'fonts-liberation'];
/** For systems that have no such package. */
const WHOLE = ['chromium', 'fonts-liberation'];

/** Path of the browser. Throws with the command to type when there is none and we may not install it. */
export function requireChromium(): string {
  const named = process.env['CHROMIUM_PATH'] ?? '';
  if (named !== '') return named;
  const found = findChromium();
  if (found !== undefined) return found;
  if (!mayInstall()) {
    throw new Error(
      `The browser tests need Chromium. Install it and run again:\n\n  ${installCommand(WHOLE)}\n\nor set CHROMIUM_PATH to a Chromium or Chrome that you have.`,
    );
  }
  try {
    installPackages(PACKAGES);
  } catch {
    installPackages(WHOLE);
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error('apt-get installed Chromium, but it is not on the PATH.');
  return installed;
}

function findChromium(): string | undefined {
  return findProgram(
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  );
}
