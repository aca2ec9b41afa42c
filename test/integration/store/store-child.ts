/**
 * A second process with the same data folder: `node store-child.ts ROLE FOLDER INCIDENT [NUMBER]`.
 * Prints one JSON value a line, after the store has acknowledged it.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openStore } from '#core/store/open.ts';
import { toFailure } from '#shared/api/result.ts';

const [role = '', folder = '', incidentId = '', number = '0'] = process.argv.slice(2);
const say = (value: unknown): void => void writeSync(1, `${JSON.stringify(value)}\n`);
const open = (readOnly = false) => openStore({ folder, session: `child-${process.pid}`, boot: 'boot-1', readOnly });
const draft = (text: string) => ({ at: 1, mono: 1, actor: 'child', kind: 'note.added', v: 1, payload: { text } });

const ROLES: Readonly<Record<string, () => Promise<void>>> = {
  /** Appends one event to the given head, when it is told to go. */
  async once() {
    const store = await open();
    const go = once(process.stdin, 'data');
    say('ready');
    await go;
    const done = await store.append(incidentId, Number(number), [draft('once')]).then(({ head }) => head, toFailure);
    say(done);
    await store.close();
  },

  /** Appends NUMBER events while other processes do the same. After a conflict it reads the head again. */
  async share() {
    const store = await open();
    const go = once(process.stdin, 'data');
    say('ready');
    await go;
    let conflicts = 0;
    for (let mine = 0; mine < Number(number); ) {
      const done = await store
        .append(incidentId, store.head(incidentId).seq, [draft(`${process.pid}/${mine}`)])
        .catch(toFailure);
      if ('code' in done && done.code !== 'conflict') throw new Error(done.message);
      if ('code' in done) conflicts += 1;
      else mine += 1;
    }
    say({ conflicts });
    await store.close();
  },

  /** Appends until it is killed or a write fails, and prints each seq. */
  async forever() {
    const store = await open();
    await store.leases.take(incidentId);
    for (let seq = store.head(incidentId).seq; ; seq += 1) {
      try {
        const { head } = await store.append(incidentId, seq, [draft('x'.repeat(500)), draft('and its twin')]);
        seq = head.seq - 1;
        say(head.seq);
      } catch (thrown) {
        say(toFailure(thrown));
        return;
      }
    }
  },

  /** Opens the store as a user without rights on the folder; root gives up its rights first. */
  async unprivileged() {
    new Database(':memory:').close();
    if (process.getuid?.() === 0) process.seteuid?.(Number(number));
    say(await open().then(() => 'opened', toFailure));
    const store = await open(true);
    say(store.verify(incidentId));
    await store.close();
  },
};

const act = ROLES[role];
if (act === undefined) throw new Error(`no such role: ${role}`);
await act();
