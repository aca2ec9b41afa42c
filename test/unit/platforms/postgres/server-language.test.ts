/** Failures as a server with another `lc_messages` prints them. */
import { describe, expect, it } from 'vitest';
import { explainDatabaseFailure } from '#shared/platforms/postgres/errors.ts';
import { inEnglish } from '#shared/platforms/postgres/server-language.ts';

const explained = (stderr: string) => explainDatabaseFailure({ kind: 'code', code: 3 }, '', stderr);

describe('a server that speaks another language', () => {
  it.each([
    ['lock-timeout', 'psql:down.sql:3: FEHLER:  storniere Anfrage wegen Zeitüberschreitung einer Sperre'],
    ['statement-timeout', 'FEHLER:  storniere Anfrage wegen Zeitüberschreitung der Anfrage'],
    ['cancelled', 'FEHLER:  storniere Anfrage wegen Benutzeraufforderung'],
    [
      'password-wrong',
      'psql: error: connection to server at "db" (10.0.0.7), port 5432 failed: FATAL:  Passwort-Authentifizierung für Benutzer »ann« fehlgeschlagen',
    ],
    ['no-database', 'psql: error: connection to server failed: FATAL:  Datenbank »shop« existiert nicht'],
    [
      'too-many-connections',
      'psql: error: connection to server failed: FATAL:  tut mir leid, schon zu viele Verbindungen',
    ],
    [
      'starting',
      'psql: error: connection to server failed: FATAL:  das Datenbanksystem ist im Wiederherstellungsmodus',
    ],
    ['read-only', 'FEHLER:  INSERT kann nicht in einer Read-Only-Transaktion ausgeführt werden'],
    ['disk-full', 'FEHLER:  konnte Datei »base/5/1259« nicht erweitern: No space left on device'],
    ['no-history', 'FEHLER:  Relation »supabase_migrations.schema_migrations« existiert nicht\nLINE 1: select'],
    ['not-permitted', 'pg_dump: error: query failed: FEHLER:  keine Berechtigung für Tabelle orders'],
    ['lock-timeout', "ERREUR:  annulation de la requête à cause du délai écoulé pour l'obtention des verrous"],
    ['no-database', 'psql: error: connection to server failed: FATAL:  no existe la base de datos «shop»'],
    ['statement-timeout', 'ERROR:  ステートメントのタイムアウトのためステートメントをキャンセルしています'],
  ])('%s: %s', (code, text) => {
    expect(explained(text)?.code).toBe(code);
  });

  it('is quoted with its own words where nothing is known of them', () => {
    const found = explained('psql:/x/a.sql:7: FEHLER:  Spalte »a« existiert nicht');
    expect(found).toMatchObject({ code: 'sql-error' });
    expect(found?.sentence).toContain('in line 7 of the file: Spalte »a« existiert nicht');
  });

  it('keeps the values', () => {
    expect(inEnglish('FEHLER:  Relation »public.orders« existiert nicht')).toBe(
      'ERROR:  relation "public.orders" does not exist',
    );
  });
});

describe('a printed SQLSTATE', () => {
  it.each([
    ['lock-timeout', 'ERRO:  55P03: cancelando comando por causa do tempo de espera'],
    ['too-many-connections', 'psql: error: connection failed: FATAL:  53300: desculpe, muitos clientes conectados'],
    ['not-permitted', 'BŁĄD:  42501'],
  ])('%s: %s', (code, text) => {
    expect(explained(text)?.code).toBe(code);
  });

  it('is no part of the message', () => {
    expect(explained('ERROR:  42703: column "a" does not exist')?.sentence).toContain(': column "a" does not exist');
  });
});
