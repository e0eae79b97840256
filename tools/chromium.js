import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['google-chrome', 'google-chrome-stable', 'chrome', 'chromium', 'chromium-browser'];

const root = process.getuid?.() === 0;

/** Flags for a browser that only visits our own pages. Root has no sandbox to run in; elsewhere it stays on. */
export const CHROMIUM_FLAGS = [
  ...(root ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chrome or Chromium: `CHROME_PATH`, else the system's, else (as root on Debian) a freshly installed one.
 * @returns {string}
 * @throws {Error} that says which command to type, when there is none
 */
export function findChromium() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which is not a program that can be run.`);
  }
  const found = installed() ?? (installOnDebian() ? installed() : undefined);
  if (found) return found;
  throw new Error(`The tests need Chrome or Chromium, and none was found. ${advice()}\nOr set CHROME_PATH to the browser.`);
}

/** @returns {string | undefined} */
function installed() {
  return [...onPath(), ...usualPlaces()].find(isExecutable);
}

/** @returns {string[]} */
function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const ending = process.platform === 'win32' ? '.exe' : '';
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
}

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium'].map((name) => join('Applications', `${name}.app`, 'Contents', 'MacOS', name));
    return ['/', process.env['HOME'] ?? '/'].flatMap((base) => apps.map((app) => join(base, app)));
  }
  if (process.platform === 'win32') {
    const bases = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    const apps = [join('Google', 'Chrome'), 'Chromium'].map((app) => join(app, 'Application', 'chrome.exe'));
    return bases.flatMap((base) => apps.map((app) => join(base, app)));
  }
  return ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium'];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebian() {
  return process.platform === 'linux' && existsSync('/etc/debian_version');
}

/** @returns {boolean} whether Chromium was installed */
function installOnDebian() {
  if (!root || !isDebian()) return false;
  process.stderr.write('No Chrome or Chromium here: installing Chromium with apt-get.\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return [['update'], ['install', '-y', '--no-install-recommends', 'chromium']].every(
    (args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0,
  );
}

/** @returns {string} */
function advice() {
  if (isDebian()) return 'Type: sudo apt-get update && sudo apt-get install -y chromium';
  if (process.platform === 'darwin') return 'Type: brew install --cask google-chrome';
  if (process.platform === 'win32') return 'Type: winget install Google.Chrome';
  return 'Install the package `chromium` with your package manager, such as: sudo dnf install chromium';
}
