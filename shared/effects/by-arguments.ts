/** Programs whose effect depends on their arguments, not on a subcommand. */
import type { Command } from '../runbook/model.ts';

type Effect = Command['effect'];

type Words = readonly string[];

/** By program; the words are those after its name. */
export const BY_ARGUMENTS: ReadonlyMap<string, (words: Words) => Effect> = new Map([
  ['curl', curlEffect],
  ['http', httpieEffect],
  ['https', httpieEffect],
  ['wget', (words: Words) => (words.some((word) => /^--(?:post|method|body)/.test(word)) ? 'change' : 'read')],
  ['grpcurl', (words: Words) => (words.some((word) => word === 'list' || word === 'describe') ? 'read' : 'unknown')],
  ['pg_restore', (words: Words) => (words.some((word) => /^(?:-l|--list)$/.test(word)) ? 'read' : 'change')],
  ['sed', (words: Words) => (words.some((word) => /^(?:-[a-zA-Z]*i|--in-place)/.test(word)) ? 'change' : 'read')],
  // Like a redirection, a file beside the others is no change to the services.
  ['tee', (words: Words) => (words.some((word) => /^\/(?!tmp\/|dev\/)/.test(word)) ? 'change' : 'read')],
  ['find', (words: Words) => (words.some((word) => /^-(?:delete|exec|execdir|ok)$/.test(word)) ? 'change' : 'read')],
  ['nodetool', nodetoolEffect],
  ['python', pythonEffect],
  ['python3', pythonEffect],
] satisfies readonly (readonly [string, (words: Words) => Effect])[]);

/** What a call of these cannot take back, in the words of a sentence ("This ..."), or null. */
export function destroysByArguments(tool: string, words: Words): string | null {
  const line = words.join(' ');
  switch (tool) {
    case 'curl':
    case 'http':
    case 'https':
      return methodOf(words) === 'DELETE' || (tool !== 'curl' && words.includes('DELETE'))
        ? 'deletes what is at the address'
        : null;
    case 'rm':
      return words.some((word) => /^(?:-[a-qs-zA-Z]*[rR][a-zA-Z]*|--recursive)$/.test(word)) &&
        words.some((word) => /^[/~]/.test(word))
        ? 'deletes a whole folder'
        : null;
    case 'pg_restore':
      return words.some((word) => /^(?:-[a-zA-Z]*c|--clean)$/.test(word)) ? 'drops what it restores' : null;
    case 'dd':
      return /\bof=\/dev\/(?!null|zero|stdout)/.test(line) ? 'overwrites a disk' : null;
    case 'dropdb':
    case 'dropuser':
    case 'shred':
    case 'lvremove':
    case 'vgremove':
    case 'pg_resetwal':
      return 'deletes everything in it';
    case 'find':
      return words.includes('-delete') || /-exec rm\b/.test(line) ? 'deletes every file that it finds' : null;
    default:
      return /^mkfs(?:\.\w+)?$/.test(tool) ? 'deletes everything in it' : null;
  }
}

/** What a call of these takes down, or null. */
export function harmsByArguments(tool: string, words: Words): string | null {
  if (/^(?:reboot|shutdown|halt|poweroff)$/.test(tool)) return 'takes the machine down';
  if (/^(?:kill|pkill|killall)$/.test(tool) && words.some((word) => /^-(?:9|KILL|SIGKILL)$/.test(word)))
    return 'kills it without letting it finish';
  return null;
}

function methodOf(words: Words): string | undefined {
  const at = words.findIndex((word) => /^(?:-[a-zA-Z]*X|--request)$/.test(word));
  const named =
    at >= 0 ? words[at + 1] : words.find((word) => /^(?:-X.|--request=)/.test(word))?.replace(/^-X|^--request=/, '');
  return named?.toUpperCase();
}

function curlEffect(words: Words): Effect {
  const method = methodOf(words);
  if (method !== undefined) return /^(?:GET|HEAD|OPTIONS)$/.test(method) ? 'read' : 'change';
  // With -G, data goes into the address.
  if (words.some((word) => /^(?:-[a-zA-Z]*G|--get)$/.test(word))) return 'read';
  return words.some((word) => /^(?:-d|-F|-T|--data|--form|--json|--upload-file)/.test(word)) ? 'change' : 'read';
}

function httpieEffect(words: Words): Effect {
  const method = words.find((word) => /^[A-Z]+$/.test(word));
  if (method !== undefined) return /^(?:GET|HEAD|OPTIONS)$/.test(method) ? 'read' : 'change';
  return words.some((word) => /^[\w.-]+:?=(?!=)/.test(word)) ? 'change' : 'read';
}

/** Only what prints its input in another form is known to read. */
function pythonEffect(words: Words): Effect {
  return /^-m (?:json\.tool|base64|calendar|pprint)\b|^(?:--version|-V)$/.test(words.join(' ')) ? 'read' : 'unknown';
}

/** Cassandra's: everything that it prints has a name like these. */
function nodetoolEffect(words: Words): Effect {
  const verb = words.find((word) => !word.startsWith('-')) ?? '';
  return /^(?:status|info|ring|tpstats|\w*stats|\w*histograms|netstats|describe\w*|get\w+|list\w+|version|gossipinfo|status\w+)$/.test(
    verb,
  )
    ? 'read'
    : 'change';
}
