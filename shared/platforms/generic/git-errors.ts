/** Explains a failed git command (git 2.39.5: 1 for what it could not do, 128 for fatal, 129 for a wrong option). */
import type { Signature } from '../error-signature.ts';
import { IN_THE_WAY } from './connection-errors.ts';

export const GIT_FAILURES: readonly Signature[] = [
  {
    code: 'unknown-command',
    text: /is not a git command|unknown (?:option|switch)/,
    sentence: 'This git has no such command or option; nothing was changed.',
    next: 'Correct the command in the runbook.',
  },
  {
    code: 'no-repository',
    text: /not a git repository/,
    sentence: 'It was not run in a checkout of the repository.',
    next: 'Go to the checkout, or name it with `git -C FOLDER`.',
  },
  {
    code: 'foreign-folder',
    text: /detected dubious ownership/,
    sentence: 'The checkout belongs to another user, so git does not touch it.',
    next: 'Use a checkout of your own, or allow this one: `git config --global --add safe.directory FOLDER`.',
  },
  {
    code: 'local-changes',
    text: /would be overwritten by|Please commit your changes or stash them/,
    sentence: 'The checkout has changes of its own that would be lost; nothing was changed.',
    next: 'Use a folder of its own: `git worktree add FOLDER TAG`.',
  },
  {
    code: 'folder-taken',
    text: /fatal: '.*' already exists|is already (?:checked out|used by worktree)/,
    sentence: 'The folder is there already.',
    next: 'Name one that does not exist yet.',
  },
  {
    code: 'revision-not-found',
    text: /invalid reference|did not match any file|unknown revision|not a valid object name|src refspec .* does not match|no tag exactly matches/i,
    sentence: 'The repository has no such tag, branch or commit.',
    next: 'Run `git fetch --tags`, then look with `git tag --list`.',
  },
  {
    code: 'login-expired',
    text: /Authentication failed|Permission denied \((?:publickey|keyboard)|Too many authentication failures|returned error: 40[13]|could not read Username|terminal prompts disabled/,
    sentence: 'The server of the repository does not accept the login.',
    next: 'Renew it in a terminal (key, token or credential helper), then take up this step again.',
  },
  ...IN_THE_WAY,
  {
    code: 'no-remote',
    text: /Repository not found|repository '[^']*' not found|does not appear to be a git repository|returned error: 404/,
    sentence: 'The server has no such repository, or this login may not see it.',
    next: 'Compare the address with `git remote -v`.',
  },
  {
    code: 'server-errors',
    text: /returned error: 5\d\d/,
    sentence: 'The server of the repository answers with errors of its own.',
    next: 'Look at its status page; a tag that is in the checkout already does not need it.',
  },
  {
    code: 'no-network',
    text: /unable to access|Could not resolve host|Connection refused|Could not read from remote repository/,
    sentence: 'The server of the repository could not be reached.',
    next: 'Check the network and the VPN; a tag that is in the checkout already needs neither.',
  },
];
