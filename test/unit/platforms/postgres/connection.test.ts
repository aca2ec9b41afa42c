import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionEnvironment, readConnection } from '#shared/platforms/postgres/connection.ts';
import { isTyped, mismatches, targetOf } from '#shared/platforms/postgres/target.ts';

const REF = 'abcdefghijklmnopqrst';
const read = (text: string) => readConnection(text, 'DATABASE_URL');

describe('a connection string', () => {
  it('is taken apart, its project recognised', () => {
    expect(read(`postgresql://postgres:p%40ss@db.${REF}.supabase.co:5432/postgres?sslmode=require`)).toEqual({
      host: `db.${REF}.supabase.co`,
      port: 5432,
      user: 'postgres',
      password: 'p@ss',
      database: 'postgres',
      sslmode: 'require',
      project: REF,
    });
    expect(read(`postgres://postgres.${REF}:x@aws-0-us-east-1.pooler.supabase.com/postgres`).project).toBe(REF);
    expect(read(`postgres://postgres.${REF}:x@elsewhere.example/postgres`).project).toBeNull();
    expect(read('postgres://u:p@[::1]:5433/d')).toMatchObject({ host: '::1', port: 5433 });
    expect(read('postgres://u:a@b@h/d')).toMatchObject({ host: 'h', password: 'a@b' });
  });

  it('brings any password through, and puts it nowhere but PGPASSWORD', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (password) => {
        fc.pre(!/[\0\r\n]/.test(password) && password.isWellFormed());
        const connection = read(`postgresql://u:${encodeURIComponent(password)}@127.0.0.1/d`);
        expect(connection.password).toBe(password);
        expect(connectionEnvironment(connection, 'rollbook 1')).toEqual({
          PGHOST: '127.0.0.1',
          PGPORT: '5432',
          PGUSER: 'u',
          PGDATABASE: 'd',
          PGCONNECT_TIMEOUT: '10',
          PGCLIENTENCODING: 'UTF8',
          PGAPPNAME: 'rollbook 1',
          PGPASSWORD: password,
        });
      }),
    );
  });

  it('to another machine is never in plain text', () => {
    const { PGSSLMODE } = connectionEnvironment(read('postgres://u:p@db.example/d'), 'a');
    expect(PGSSLMODE).toBe('require');
  });

  it.each([
    ['postgres://u:p@h:6543/d', 'not-allowed'],
    ['mysql://u:p@h/d', 'bad-arguments'],
    ['host=h user=u', 'bad-arguments'],
    ['postgres://u:p@/d', 'bad-arguments'],
    ['postgres://u:p@h', 'bad-arguments'],
    ['postgres://h/d', 'bad-arguments'],
    ['postgres://u:p@a,b/d', 'bad-arguments'],
    ['postgres://u:%zz@h/d', 'bad-arguments'],
    ['postgres://u:p@h/d?host=other', 'bad-arguments'],
    ['postgres://u:p@h/d?port=6543', 'bad-arguments'],
    ['postgres://u:p@h/d?sslmode=perhaps', 'bad-arguments'],
    ['postgres://u:secret%0Aword@h/d', 'bad-arguments'],
  ])('%s is refused', (text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('is never quoted in what is said about it', () => {
    for (const text of ['postgres://u:hunter2@a,b/d', 'postgres://u:hunter2@h:6543/d', 'x://u:hunter2@h/d']) {
      let said = '';
      try {
        read(text);
      } catch (thrown) {
        said = JSON.stringify(thrown) + String(thrown);
      }
      expect(said).not.toBe('');
      expect(said).not.toContain('hunter2');
    }
  });
});

describe('the target', () => {
  const server = {
    database: 'postgres',
    user: 'u',
    address: '10.0.0.1',
    port: 5432,
    version: '15.8',
    standby: false,
  };
  const target = targetOf(read(`postgresql://u:p@db.${REF}.supabase.co/postgres`), server);

  it('is the declared one, or every difference is said', () => {
    const declared = { url: 'DATABASE_URL', project: REF, host: null, name: 'postgres' };
    expect(mismatches(target, server, declared)).toEqual([]);
    expect(mismatches(target, server, { ...declared, project: 'z'.repeat(20) })).toHaveLength(1);
    expect(mismatches(target, { ...server, standby: true }, { ...declared, host: 'h', name: 'n' })).toHaveLength(3);
  });

  it('is confirmed by the end of the part that can be wrong', () => {
    for (const typed of [REF, 'qrst', ' QRST ', 'mnopqrst']) expect(isTyped(target, typed)).toBe(true);
    for (const typed of ['', 'rst', 'postgres', 'abcd', `x${REF}`]) expect(isTyped(target, typed)).toBe(false);
    expect(isTyped({ project: null, name: 'app' }, 'app')).toBe(true);
    expect(isTyped({ project: null, name: 'app' }, 'pp')).toBe(false);
  });
});
