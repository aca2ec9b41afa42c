import { describe, expect, it } from 'vitest';
import { secretsOf } from '#shared/redaction/secret-names.ts';

const RANDOM = 'aB3dE6gH9jK2mN5pQ8sT1v';

describe('secrets of an environment', () => {
  it.each([
    'PGPASSWORD',
    'DB_PASS',
    'MYSQL_PWD',
    'STRIPE_KEY',
    'APP_KEY',
    'SSH_PRIVATE_KEY',
    'SESSION_SECRET',
    'FLY_API_TOKEN',
    'NPM_AUTH',
    'GOOGLE_APPLICATION_CREDENTIALS_JSON',
    'ROLLBOOK_SLACK_WEBHOOK',
    'JWT_SALT',
    'SENTRY_DSN',
    'CONN_STR',
    'GPG_PASSPHRASE',
    'VAULT_BEARER',
    // Nothing in this name, but the value.
    'HARMLESS',
  ])('%s is one', (name) => {
    expect(secretsOf({ [name]: RANDOM })).toEqual([RANDOM]);
  });

  it('are addresses with a password, whatever they are called', () => {
    const address = 'postgres://app:hunter2hunter2@db.example.com/app';
    expect(secretsOf({ PRIMARY: address, PUBLIC_URL: 'https://example.com/app' })).toEqual([address]);
  });

  it.each([
    ['PWD', '/home/ann/projects/hotdash'],
    ['SSH_AUTH_SOCK', '/tmp/ssh-XXXX/agent.4711'],
    ['GIT_AUTHOR_NAME', 'Ann Example'],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/home/ann/key.json'],
    ['XKB_KEYMAP', 'us-intl'],
    ['CACHE_KEY', 'v1-linux-x64-4711'],
    ['AWS_ACCESS_KEY_ID_FILE', '~/.aws/key'],
    ['GIT_COMMIT', '0123456789abcdef0123456789abcdef01234567'],
    ['IMAGE', 'registry.fly.io/hotdash:deployment-01HXYZABCDEFGHJKMNPQRSTVWX'],
    ['RUN_ID', '8d3f2a10-1c2b-4d5e-9f60-718293a4b5c6'],
    ['USE_TOKEN', 'true'],
    ['LS_COLORS', 'rs=0:di=01;34:ln=01;36'],
    ['PATH', '/usr/local/bin:/usr/bin:/bin'],
  ])('%s=%s is none', (name, value) => {
    expect(secretsOf({ [name]: value })).toEqual([]);
  });

  it('are none where the same word stands under a harmless name', () => {
    expect(secretsOf({ PGUSER: 'postgres', PGPASSWORD: 'postgres' })).toEqual([]);
  });
});
