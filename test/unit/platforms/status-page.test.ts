import { describe, expect, it } from 'vitest';
import { providerText, readSummary } from '#shared/platforms/status-page.ts';

const summary = (more: object, indicator = 'none'): string =>
  JSON.stringify({ status: { indicator, description: 'Partial System Outage' }, ...more });

describe('what a status page says', () => {
  it('all is well', () => expect(readSummary(summary({ incidents: [] }))).toEqual({ kind: 'operational' }));

  it('names each unresolved incident and the maintenance under way, and nothing that is over', () => {
    const body = summary({
      incidents: [
        { name: 'Elevated errors in ams', status: 'investigating' },
        { name: 'Old trouble', status: 'resolved' },
      ],
      scheduled_maintenances: [
        { name: 'Registry move', status: 'in_progress' },
        { name: 'Next week', status: 'scheduled' },
      ],
    });
    expect(readSummary(body)).toEqual({ kind: 'incident', names: ['Elevated errors in ams', 'Registry move'] });
  });

  it('says the state in its own words where no incident is named', () => {
    expect(readSummary(summary({}, 'major'))).toEqual({ kind: 'incident', names: ['Partial System Outage'] });
  });

  it('takes hostile words for one plain line', () => {
    const standing = readSummary(
      summary({ incidents: [{ name: `a\u202e\nb${'x'.repeat(9_000)}`, status: 'identified' }] }),
    );
    expect(standing.kind === 'incident' && standing.names[0]).toMatch(/^a bx{157}$/);
  });

  it.each(['', '<html>', '[]', '{"status":{}}', 'null'])('%j is no summary', (body) => {
    expect(readSummary(body)).toMatchObject({ kind: 'unasked' });
  });

  it('in words', () => {
    const status = { id: 'fly', title: 'Fly.io', page: '', askedAt: 0 } as const;
    expect(providerText({ ...status, standing: { kind: 'operational' } })).toBe('Fly.io: operational');
    expect(providerText({ ...status, standing: { kind: 'unasked', why: 'no answer within 5 s' } })).toBe(
      'Fly.io: could not be asked (no answer within 5 s)',
    );
  });
});
