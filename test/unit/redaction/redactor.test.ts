import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { redactor } from '#shared/redaction/redactor.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';

const plain = redactor([]);
// Put together here, so that no scanner takes this file for a leak.
const of = (...parts: readonly string[]): string => parts.join('');
const HEX40 = '0123456789abcdef0123456789abcdef01234567';
const LONG = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';

const TOKENS: Readonly<Record<string, string>> = {
  'fly with scheme': of('FlyV1 fm2_', LONG, '==,fm2_', LONG, '/x='),
  'fly macaroon': of('fm1r_', LONG),
  'fly access token': of('fo1_', LONG),
  'supabase token': of('sbp_', HEX40),
  'supabase oauth token': of('sbp_oauth_', HEX40),
  'supabase secret key': of('sb_secret_', LONG),
  jwt: of('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.', 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'),
  'github token': of('ghp_', LONG, LONG),
  'github fine token': of('github_pat_', LONG, '_', LONG),
  'slack token': of('xoxb-', '123456789012-123456789012-', LONG),
  'aws key id': of('AKIA', 'IOSFODNN7EXAMPLE'),
  'stripe key': of('sk_live_', LONG),
};

const secretIn = {
  'postgres://app:hunter2!@db.example.com:5432/app': 'hunter2!',
  'postgres://app:p@ss@db.example.com/app': 'p@ss',
  'redis://:s3cretpw@10.0.0.1:6379': 's3cretpw',
  'https://hooks.slack.com/services/T000/B000/XXXXyyyyZZZZ': 'T000/B000/XXXXyyyyZZZZ',
  'Authorization: Basic dXNlcjpwdw==': 'dXNlcjpwdw==',
  "curl -H 'Authorization: Token abc123' https://x": 'abc123',
  'using Bearer abcdef0123456789': 'abcdef0123456789',
  'PGPASSWORD=hunter2 psql': 'hunter2',
  'DB_PASSWORD = "two words"': 'two words',
  "export API_KEY='k-1-2-3'": 'k-1-2-3',
  '{"token":"abc","n":1}': 'abc',
  '{\\"password\\":\\"abc\\"}': 'abc',
  'password: hunter2': 'hunter2',
  'SECRET_KEY_BASE=4f5e6d': '4f5e6d',
  'aws_secret_access_key = wJalrXUtnFEMI': 'wJalrXUtnFEMI',
  'fly deploy --access-token abc123': 'abc123',
  'curl -u user:pa55word https://x': 'pa55word',
  'mysql -uroot -pHunter2x shop': 'Hunter2x',
  "mysqldump -h db -p'Hunter 2x' shop": 'Hunter 2x',
  'mariadb-dump --user=root -pHunter2x shop': 'Hunter2x',
  'mysqladmin -ppw status': 'pw',
  'mysql -u root -p Hunter2x': 'Hunter2x',
  'sshpass -pHunter2x ssh a@b': 'Hunter2x',
  'sshpass -p abc ssh -p 2222 a@b': 'abc',
  'SSHPASS=Hunter2x sshpass -e ssh a@b': 'Hunter2x',
  'curl -uann:Hunter2x https://x': 'Hunter2x',
  'curl -fsSu ann:Hunter2x https://x': 'Hunter2x',
  'curl "https://x?a=1&b=2" -u "ann:Hunter 2x"': 'Hunter 2x',
  'curl -U proxy:Hunter2x https://x': 'Hunter2x',
  'redis-cli -h r --pass Hunter2x ping': 'Hunter2x',
  'valkey-cli -aHunter2x ping': 'Hunter2x',
  'mongosh -u ann -p Hunter2x': 'Hunter2x',
  'helm registry login -u ann -p Hunter2x reg': 'Hunter2x',
  'sqlcmd -S db -U sa -P Hunter2x': 'Hunter2x',
  'ldapsearch -D cn=a -w Hunter2x': 'Hunter2x',
  'sqlplus -s ann/Hunter2x@db': 'Hunter2x@db',
  'openssl rsa -passin pass:Hunter2x': 'Hunter2x',
  'Password for user bob: hunter2': 'hunter2',
  '[sudo] password for bob: hunter2': 'hunter2',
  "Password for 'https://bob@github.com': hunter2": 'hunter2',
  "Enter passphrase for key '/root/.ssh/id': hunter2": 'hunter2',
  'Enter PEM pass phrase: hunter2': 'hunter2',
  '?x=1&token=abc123&y=2': 'abc123',
  'Set-Cookie: sid=31d4d96e407aad42; Path=/': '31d4d96e407aad42',
};

/** Lines an engineer needs at three in the morning: none of them may lose a character. */
/** Keys of SendGrid after a letter, a digit or an escape. */
const GLUED = ['"line\\nKEY"', '-pKEY', 'keyKEY', '_KEY', '7KEY'].map((text) =>
  text.replace('KEY', `SG.${'aB3_'.repeat(5)}xy.${'Zk9-'.repeat(10)}abc`),
);

const HARMLESS = [
  // The end of an id and the beginning of a file's ending look like the beginning of a SendGrid key.
  'evidence/01M8PXWBVD3Z3QVSGTBX99THSG.log\nThe export is NOT WHOLE.',
  'mysql -u root -p shop < dump.sql',
  'mysqldump -h db -p --single-transaction shop',
  'mysql -P 3307 -h db -p"$DB_PASS" shop',
  'docker run -d --name mysql -p 3306:3306 -p127.0.0.1:33060:33060 mysql:8',
  'docker run --user 1000:1000 redis redis-cli -p 6379 ping',
  'ssh -p 2222 ann@db; sshpass -e ssh ann@db',
  'curl -fsSu "$USER:$PASS" https://x',
  'curl -u ann: https://x',
  'Password for user bob:',
  'Reset the password for bob: done',
  'Password for user bob: expired',
  'FATAL:  password authentication failed for user "bob"',
  'Error: invalid token: unexpected end of input',
  'FATAL: password authentication failed for user "app"',
  'image: registry.fly.io/hotdash:deployment-01HXYZABCDEFGHJKMNPQRSTVWX',
  'ImageRef sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'https://api.fly.io:443/graphql?query=a@b',
  'postgres://db.example.com:5432/app',
  'git@github.com:org/repo.git',
  'postgres://postgres.abcdefghijklmnopqrst@aws-0-eu.pooler.supabase.com:5432/postgres',
  'https://deploy-user-2@git.example.com/org/repo.git',
  'cloning https://service_account_2024@git.example.com/org/repo.git',
  'PGPASSWORD=$DB_PASSWORD psql -h "$HOST"',
  'fly secrets list: NAME DIGEST STATUS',
  'machine 148e21 [app] update finished: success',
  'tokens used: 512, token_count 5',
  'sb_publishable_abc',
  'v10  complete  Release  alice@example.com  2h ago',
];

describe('redaction by shape', () => {
  it.each(Object.entries(TOKENS))('hides a %s wherever it stands', (_name, token) => {
    for (const text of [token, `x ${token} y`, `a="${token}"`, `\u001b[32m${token}\u001b[0m`, `word${token}`]) {
      const { text: clean, count } = plain.redact(text);
      expect(clean).not.toContain(token.slice(-12));
      expect(clean).toContain('[redacted]');
      expect(count).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(secretIn))('in %s hides the secret', (text, secret) => {
    expect(plain.redact(text).text).not.toContain(secret);
    expect(plain.redact(text).text).toContain('[redacted]');
  });

  it.each(Object.entries(secretIn))('in %s as a script of one word hides the secret too', (text, secret) => {
    expect(plain.redact(shellQuote(['bash', '-c', text])).text).not.toContain(secret);
  });

  it.each([
    [
      `sh -c 'printf "Password: "; touch one; touch "two"; echo done'`,
      `sh -c 'printf "Password: "; touch one; touch "two"; echo done'`,
    ],
    [`read -p 'Password: ' P; rm 'x y'`, `read -p 'Password: ' P; rm 'x y'`],
    [`mysql --password='Hunter2 x' 'a b'`, `mysql --password='[redacted]' 'a b'`],
    ['curl -H Authorization:abc123 https://x -o y', 'curl -H Authorization:[redacted] https://x -o y'],
    ['echo "token=$(cat t)" > f; sort "a b"', 'echo "token=$(cat t)" > f; sort "a b"'],
  ])('of the command %s hides the value and nothing else', (command, told) => {
    expect(plain.redact(command).text).toBe(told);
    expect(plain.redact(shellQuote(['bash', '-c', command])).text).toBe(shellQuote(['bash', '-c', told]));
  });

  it.each(GLUED)('hides the key in %s', (line) => {
    expect(plain.redact(line).text).not.toContain('Zk9-Zk9-');
  });

  it.each(HARMLESS)('leaves %s as it is', (line) => {
    expect(plain.redact(line)).toEqual({ text: line, count: 0 });
  });

  it('keeps what stands around a secret', () => {
    expect(plain.redact('postgres://app:hunter2@db/app and PGPASSWORD=x1 psql').text).toBe(
      'postgres://app:[redacted]@db/app and PGPASSWORD=[redacted] psql',
    );
  });

  it('hides a private key over its lines, and no more', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEpAIBAAKCAQEA', 'abcd', '-----END RSA PRIVATE KEY-----'].join(
      '\n',
    );
    expect(plain.redact(`before\n${key}\nafter`).text).toBe('before\n[redacted]\nafter');
  });

  it('a key frame that is never closed does not hide the rest of a long output', () => {
    const rest = Array.from({ length: 500 }, (_, n) => `line ${n}`).join('\n');
    const { text } = plain.redact(`-----BEGIN PRIVATE KEY-----\n${rest}`);
    expect(text).not.toContain('line 50\n');
    expect(text).toContain('line 499');
  });
});

describe('redaction of known values', () => {
  const value = fc
    .string({ minLength: 6, maxLength: 40, unit: 'grapheme' })
    .filter((text) => text.trim().length >= 6 && !/[\r\n]/.test(text) && !'[redacted]'.includes(text.trim()));

  it('hides the value, in a URL, in JSON, in base64 and inside a longer base64', () => {
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
        const { redact } = redactor([secret]);
        const inside = Buffer.from(`${before}${secret}${after}`).toString('base64');
        const middle = (text: string): string => text.slice(4, -4);
        expect(redact(`${before}${secret}${after}`).text).not.toContain(secret.trim());
        expect(redact(`x=${encodeURIComponent(secret.trim())}`).text).not.toContain(encodeURIComponent(secret.trim()));
        expect(redact(JSON.stringify({ a: secret })).text).not.toContain(JSON.stringify(secret).slice(1, -1));
        if (secret.trim().length < 12 || secret.trim() !== secret) return;
        const alone = Buffer.from(secret).toString('base64');
        expect(redact(alone).text).not.toContain(middle(alone));
        expect(redact(inside).text).not.toBe(inside);
      }),
    );
  });

  it('hides every line of a value of several lines', () => {
    const { redact } = redactor(['first-line-of-it\nsecond-line-of-it\n']);
    expect(redact('a first-line-of-it\nb second-line-of-it').text).toBe('a [redacted]\nb [redacted]');
  });

  it('leaves short values alone', () => {
    expect(redactor(['1', 'prod']).redact('1 prod').count).toBe(0);
  });

  it('finds nothing the second time', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.values(TOKENS), ...Object.keys(secretIn), 'redacted', '[redacted]', '\n', ' ', '='),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(value, { maxLength: 3 }), (pieces, secrets) => {
        const { redact } = redactor(secrets);
        const once = redact(pieces.join('')).text;
        expect(redact(once)).toEqual({ text: once, count: 0 });
      }),
      { numRuns: 1000 },
    );
  });

  it('changes no text that holds no secret', () => {
    const word = fc
      .stringMatching(/^[a-z0-9./]{1,12}$/)
      .filter((text) => !/pass|pwd|secret|token|key|auth|bearer|cookie/.test(text));
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(' ', '\n', ': ', ', '), (words, between) => {
        const text = words.join(between);
        expect(plain.redact(text)).toEqual({ text, count: 0 });
      }),
    );
  });
});

describe('hostile text', () => {
  /** Steps of a backtracking pattern grow with the square; a thousandfold margin tells the two apart on any machine. */
  const shapes = [
    'eyJ',
    '://',
    '://a:',
    'password=',
    '"password":"',
    'Authorization: ',
    '--token ',
    'a',
    '=',
    '-----BEGIN PRIVATE KEY-----\n',
    'sk-ant-',
    'SG.a.',
    'api_key: ',
    'api_key:',
    '{token: x ',
    '%3A',
    '%25%33%41',
    'https://a@',
    'Basic a',
    'aB3d',
    'aB3dE6gH9jK2mN5p\n',
    'mysql -p',
    '"token":\n',
    '\\n',
    'a\r',
    'fm2_',
    '-u a:',
    'mysql -',
    'curl -u ',
    'docker login -p',
    'sqlplus -s ',
    'password for ',
    ' ',
    '\t',
    '"',
    "'",
    '\\"',
    'Bearer ',
    '[redacted]',
  ];

  it.each(shapes)('of %j a million characters are done with at once', (shape) => {
    const text = shape.repeat(Math.ceil(1_000_000 / shape.length));
    expect(typeof plain.redact(text).text).toBe('string');
    expect(typeof plain.redact(`${text}\u0000`).text).toBe('string');
  });
});
