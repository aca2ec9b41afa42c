import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainRun } from '#shared/platforms/registry.ts';

interface Recorded {
  readonly tool: string;
  readonly version: string;
  readonly call: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly means: string;
}

/** What real tools printed; recorded by `ROLLBOOK_RECORD=1 npm run test:tools -- failures`. */
const RECORDED = JSON.parse(
  readFileSync(new URL('../../fixtures/tools/failures.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

const explain = (tool: string, code: number, stderr: string, stdout = '') =>
  explainRun(`/usr/bin/${tool}`, { kind: 'code', code }, stdout, stderr);

describe('what real tools printed', () => {
  it.each(RECORDED.map((row) => [`${row.tool} ${row.version}: ${row.call}`, row] as const))(
    '%s',
    (_name, { tool, code, stdout, stderr, means }) => {
      const explained = explain(tool, code, stderr, stdout);
      expect(explained?.code).toBe(means);
      expect(explained?.sentence).toMatch(/\.$/);
      expect(explained?.next).toMatch(/\.$/);
    },
  );

  it('covers every tool', () => {
    expect(new Set(RECORDED.map(({ tool }) => tool))).toEqual(
      new Set(['curl', 'git', 'npm', 'psql', 'pg_dump', 'pg_restore', 'supabase']),
    );
  });
});

describe('what the sources say they print', () => {
  it.each([
    ['supabase', 'Invalid access token format. Must be like `sbp_0102...1920`.', 'login-expired'],
    ['supabase', 'unexpected list backup status 401: {"message":"Unauthorized"}', 'login-expired'],
    ['supabase', 'Confirmation required: Restore the database. Nothing was changed.', 'not-confirmed'],
    ['supabase', 'context canceled', 'not-confirmed'],
    ['supabase', 'Invalid project ref format. Must be like `abcdefghijklmnopqrst`.', 'project-not-named'],
    ['supabase', 'IPv6 is not supported on your current network: dial tcp', 'no-ipv6'],
    [
      'supabase',
      'failed to connect to postgres: server error (FATAL: password authentication failed)',
      'password-wrong',
    ],
    ['supabase', 'failed to list physical backups: TransportError', 'no-network'],
    ['git', 'fatal: Authentication failed for https://example.com/shop.git', 'login-expired'],
    ['git', 'git@example.com: Permission denied (publickey).', 'login-expired'],
    ['npm', 'npm error code E401', 'login-expired'],
    ['psql', 'ERROR:  canceling statement due to lock timeout', 'lock-timeout'],
    ['psql', 'ERROR:  permission denied for table orders', 'not-permitted'],
    ['pg_dump', 'pg_dump: error: aborting because of server version mismatch', 'version-mismatch'],
  ])('%s: %s', (tool, stderr, code) => {
    expect(explain(tool, 1, stderr)?.code).toBe(code);
  });

  it.each([
    [52, 'connection-lost'],
    [56, 'connection-lost'],
    [60, 'certificate'],
  ])('curl, exit code %d', (exitCode, code) => {
    expect(explain('curl', exitCode, '')?.code).toBe(code);
  });
});

describe('what stands in the way is no missing network', () => {
  it.each([
    ['git', 'Host key verification failed.\nfatal: Could not read from remote repository.', 'host-key'],
    ['git', '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.', 'host-key-changed'],
    [
      'git',
      "fatal: unable to access 'https://git.pier.internal/deck.git/': SSL certificate problem: unable to get local issuer certificate",
      'certificate',
    ],
    [
      'git',
      "fatal: unable to access 'https://git.pier.internal/deck.git/': server certificate verification failed. CAfile: none CRLfile: none",
      'certificate',
    ],
    [
      'git',
      "fatal: unable to access 'https://git.pier.internal/deck.git/': Received HTTP code 407 from proxy after CONNECT",
      'proxy-login',
    ],
    [
      'git',
      "fatal: unable to access 'https://git.pier.internal/deck.git/': CONNECT tunnel failed, response 407",
      'proxy-login',
    ],
    ['git', "fatal: unable to access 'https://x/': Could not resolve proxy: proxy.pier.internal", 'no-proxy'],
    ['git', "fatal: unable to access 'https://x/': The requested URL returned error: 403", 'login-expired'],
    ['git', "fatal: unable to access 'https://x/': The requested URL returned error: 503", 'server-errors'],
    ['git', "fatal: unable to access 'https://x/': Could not resolve host: x", 'no-network'],
    ['git', "fatal: detected dubious ownership in repository at '/srv/deck'", 'foreign-folder'],
    ['curl', 'curl: (56) Received HTTP code 407 from proxy after CONNECT', 'proxy-login'],
    ['curl', 'curl: (56) CONNECT tunnel failed, response 407', 'proxy-login'],
    ['curl', 'curl: (22) The requested URL returned error: 407', 'proxy-login'],
    ['curl', 'curl: (60) SSL certificate problem: self-signed certificate in certificate chain', 'certificate'],
    ['npm', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['npm', 'npm error code E407', 'proxy-login'],
    [
      'psql',
      'psql: error: connection to server at "db" (192.0.2.7), port 5432 failed: SSL error: certificate verify failed',
      'certificate',
    ],
    ['psql', 'psql: error: root certificate file "/home/amy/.postgresql/root.crt" does not exist', 'certificate'],
    ['psql', 'psql: error: connection to server at "h" failed: FATAL:  Tenant or user not found', 'tenant-unknown'],
    [
      'psql',
      'psql: error: connection to server at "h" failed: FATAL:  sorry, too many clients already',
      'too-many-connections',
    ],
    [
      'pg_dump',
      'pg_dump: error: connection to server at "h" failed: FATAL:  remaining connection slots are reserved for non-replication superuser connections',
      'too-many-connections',
    ],
    [
      'psql',
      'psql: error: connection to server at "h" failed: FATAL:  the database system is in recovery mode',
      'starting',
    ],
    ['psql', 'ERROR:  cannot execute UPDATE in a read-only transaction', 'read-only'],
    [
      'psql',
      'psql: error: connection to server at "h" (2600:1f18::1), port 5432 failed: Network is unreachable',
      'no-ipv6',
    ],
    ['psql', 'psql: error: connection to server at "h" (10.1.2.3), port 5432 failed: No route to host', 'no-network'],
    [
      'supabase',
      'pg_dump: error: connection to server at "db.abc.supabase.co" (2600:1f18::1), port 5432 failed: Network is unreachable',
      'no-ipv6',
    ],
    [
      'supabase',
      'failed to connect to postgres: server error (FATAL: Tenant or user not found (SQLSTATE XX000))',
      'tenant-unknown',
    ],
    ['fly', 'Error: failed to launch VM: insufficient memory available to fulfill request', 'no-capacity'],
    ['fly', 'Error: Post "https://api.fly.io/graphql": Proxy Authentication Required', 'proxy-login'],
    ['ssh', 'Host key verification failed.', 'host-key'],
    ['kubectl', 'Unable to connect to the server: x509: certificate signed by unknown authority', 'certificate'],
    ['helm', 'Error: Get "https://k8s": proxyconnect tcp: dial tcp: lookup proxy: no such host', 'no-proxy'],
  ])('%s: %s', (tool, stderr, code) => {
    expect(explain(tool, 1, stderr)?.code).toBe(code);
  });

  it('is not read from what curl fetched or an npm script printed', () => {
    expect(explain('curl', 22, 'curl: (22) The requested URL returned error: 500', 'self-signed')?.code).toBe(
      'http-error',
    );
    expect(explain('npm', 1, 'SELF_SIGNED_CERT_IN_CHAIN', '> smoke\n> node smoke.cjs')?.code).toBe('script-failed');
  });
});

describe('exit code 127', () => {
  it('of fly, silent, is an interruption; of a shell that says so, a program that is not there', () => {
    expect(explain('flyctl', 127, '')?.code).toBe('interrupted');
    expect(explain('bash', 127, 'bash: line 1: fly: command not found')?.code).toBe('tool-missing');
    expect(explain('bash', 127, '')).toBeNull();
  });
});

describe('a tool that was ended by a signal', () => {
  it.each(['fly', 'psql', 'supabase', 'curl', 'git', 'npm'])('%s was interrupted', (tool) => {
    expect(explainRun(`/usr/bin/${tool}`, { kind: 'signal', signal: 'SIGINT' }, '', '')?.code).toBe('interrupted');
  });
});

describe('nobody knows', () => {
  it('what another program meant, what a silent failure meant, or why something worked', () => {
    expect(explain('shopctl', 1, 'Access token not provided')).toBeNull();
    expect(explain('supabase', 1, 'something new')).toBeNull();
    expect(explain('git', 0, 'fatal: not a git repository')).toBeNull();
    expect(explainRun('', { kind: 'lost' }, '', '')).toBeNull();
    expect(explainRun('simulated:curl', { kind: 'code', code: 22 }, '', '')?.code).toBe('http-error');
    expect(
      explainRun(String.raw`C:\tools\git.exe`, { kind: 'code', code: 128 }, '', 'fatal: not a git repository')?.code,
    ).toBe('no-repository');
  });
});
