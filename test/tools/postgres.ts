/**
 * A PostgreSQL server for tests: the programs of Debian's `postgresql` package with a temporary data folder, on a free
 * port of 127.0.0.1, with a password. It ends with the test process, however that ends.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGES = '/usr/lib/postgresql';

export interface Postgres {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Folder with psql, pg_dump and pg_restore of the server's version. */
  readonly bin: string;
  url(database: string, port?: number): string;
  /** Runs SQL as the owner, and answers psql's output without headings. */
  sql(database: string, sql: string): Promise<string>;
  /** Creates a database. */
  create(database: string): Promise<void>;
  /** Runs SQL in a transaction of another session, which stays open until it is released. */
  hold(database: string, sql: string): { readonly held: Promise<void>; release(): Promise<void> };
  /** Resolves when a session is running a query that contains these words. */
  untilActive(database: string, words: string): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of the server's programs, or why there is none. Root on Debian installs them. */
export function findPostgres(): { readonly bin: string } | { readonly missing: string } {
  const bin = installed();
  if (bin !== null) return { bin };
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    return { missing: `no PostgreSQL server in ${PACKAGES}; install Debian's package "postgresql"` };
  }
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
    env: environment,
    encoding: 'utf8',
    timeout: 5 * 60_000,
  });
  const now = installed();
  return now === null ? { missing: `apt-get could not install postgresql: ${done.stderr.slice(-300)}` } : { bin: now };
}

function installed(): string | null {
  if (!existsSync(PACKAGES)) return null;
  const versions = readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a));
  const bins = versions.map((version) => join(PACKAGES, version, 'bin'));
  return bins.find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'pg_dump'))) ?? null;
}

/** `initdb` refuses to run as root, so root runs everything as the package's user, or as nobody. */
function account(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string, name: string): number | null => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout.trim()) : null;
  };
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [id('-u', name), id('-g', name)];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('no unprivileged user to run PostgreSQL as');
}

/** `tls`: with a new certificate, made by openssl. */
export async function startPostgres(bin: string, { tls = false } = {}): Promise<Postgres> {
  const as = account();
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-pg-'));
  const data = join(folder, 'data');
  const user = 'hotdash_owner';
  const password = 'cmVk-Lantern/7 %40 hill';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  chmodSync(folder, 0o700);
  if (as !== null) for (const path of [folder, passwordFile]) chownSync(path, as.uid, as.gid);
  const options = { cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' }, ...as };
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '-N'],
    options,
  );
  const port = await freePort();
  const secure = tls ? await certificate(folder, options) : {};
  // The shell reads a pipe from this process. When the pipe closes, it stops the server.
  const script =
    '"$0" "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; cd / && rm -rf "$ROLLBOOK_PG_FOLDER"';
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    fsync: 'off',
    ...secure,
  };
  const server = spawn(
    '/bin/sh',
    [
      '-c',
      script,
      join(bin, 'postgres'),
      '-D',
      data,
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    {
      ...options,
      env: { ...options.env, ROLLBOOK_PG_FOLDER: folder },
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  const over = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.unref();
  const sql = async (database: string, text: string): Promise<string> => {
    const env = { ...options.env, PGPASSWORD: password, PGCONNECT_TIMEOUT: '5' };
    const args = [
      '-X',
      '-q',
      '-At',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      user,
      '-d',
      database,
    ];
    return (await run(join(bin, 'psql'), [...args, '-c', text], { env })).stdout.trim();
  };
  await untilReady(bin, port);
  const encoded = encodeURIComponent(password);
  return {
    port,
    user,
    password,
    bin,
    url: (database, at = port) => `postgresql://${user}:${encoded}@127.0.0.1:${at}/${database}`,
    sql,
    create: async (database) => void (await sql('postgres', `create database ${database}`)),
    hold: (database, text) => {
      const env = { ...options.env, PGPASSWORD: password };
      const args = ['-X', '-q', '-At', '-h', '127.0.0.1', '-p', String(port), '-U', user, '-d', database];
      const client = spawn(join(bin, 'psql'), args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
      const ended = new Promise<void>((resolve) => client.once('exit', () => resolve()));
      const held = new Promise<void>((resolve) => client.stdout.once('data', () => resolve()));
      client.stdin.write(`begin; ${text}; select 'held';\n`);
      const release = async (): Promise<void> => {
        client.stdin.end();
        await ended;
      };
      return { held, release };
    },
    untilActive: async (database, words) => {
      const query = `select count(*) from pg_stat_activity where state = 'active' and query like '%${words}%' and pid <> pg_backend_pid()`;
      while ((await sql(database, query)) === '0') await new Promise((resolve) => setTimeout(resolve, 50));
    },
    stop: async () => {
      server.stdin.end();
      await over;
    },
  };
}

/** The settings of a server with a self-signed certificate. */
async function certificate(
  folder: string,
  options: Parameters<typeof run>[2],
): Promise<Readonly<Record<string, string>>> {
  const [key, own] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '2', '-keyout', key, '-out', own];
  await run('openssl', ['req', '-new', '-x509', '-nodes', '-newkey', 'rsa:2048', ...subject], options);
  chmodSync(key, 0o600);
  return { ssl: 'on', ssl_key_file: key, ssl_cert_file: own };
}

/** Ports below those that systems assign automatically. */
const PORTS = { first: 10_000, count: 20_000 };

/**
 * A free port that depends on the process id. Automatically assigned ones (port 0) could be given to another process
 * between this check and the server's start.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = PORTS.first + ((process.pid + tries * 997) % PORTS.count);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free for PostgreSQL');
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** pg_isready waits up to a second at a time. */
async function untilReady(bin: string, port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = await run(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-t', '1']).then(
      () => true,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`PostgreSQL did not answer on port ${port}`);
}
