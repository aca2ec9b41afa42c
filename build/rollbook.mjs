#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

/**
 * The rollbook command. An npm package carries the built program and is never set up; a checkout is known by its lock
 * file, which npm leaves out of every package.
 */
const inRoot = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url);

/** Whether version `a` is older than `b`, by major and minor number. */
function isOlder(/** @type {string} */ a, /** @type {string} */ b) {
  const [major = 0, minor = 0] = a.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = b.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

/**
 * npm only warns about an old Node, and there better-sqlite3 crashes.
 * @returns {readonly string[]} why the built program cannot run, and what to do; empty when it can
 */
function refusal() {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const least = /\d+\.\d+/.exec(engines.node)?.[0] ?? '';
  if (isOlder(process.versions.node, least))
    return [
      `Rollbook needs Node ${least} or newer, and this is ${process.versions.node} (${process.execPath}).`,
      'Install a newer Node, then start again.',
    ];
  if (existsSync(inRoot('dist/cli/main.js'))) return [];
  return ['This package lacks the built program.', 'Make it with `npm pack` in a checkout, without --ignore-scripts.'];
}

if (existsSync(inRoot('package-lock.json'))) {
  await import('./setup/checkout-command.mjs');
} else {
  const why = refusal();
  for (const line of why) process.stderr.write(`rollbook: ${line}\n`);
  if (why.length === 0) await import(inRoot('dist/cli/main.js').href);
  else process.exitCode = 3;
}
