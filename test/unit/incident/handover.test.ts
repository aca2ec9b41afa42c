import { describe, expect, it } from 'vitest';
import { handedOverText } from '#shared/incident/topics/handover.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const GIVEN = { handoverId: 'h-1', by: 'amy', host: 'a', to: 'bo', reason: 'shift' };
const ITEM: PayloadOf<'action-item.set'> = {
  itemId: 'a-1',
  what: 'Alert on 503',
  type: 'detect',
  owner: 'Amy',
  due: '',
  priority: null,
  link: '',
  done: false,
};

describe('a handover', () => {
  it('makes this copy read-only until it is taken over', () => {
    const story = new IncidentEvents();
    expect(handedOverText({ handedOver: reduce(story.events)?.handedOver ?? null })).toBeNull();
    story.add('handover.given', GIVEN);
    const state = reduce(story.events);
    expect(state?.handedOver).toMatchObject({ handoverId: 'h-1', to: 'bo' });
    expect(handedOverText({ handedOver: state?.handedOver ?? null })).toBe(
      'amy handed it over to bo; import the bundle here to take it back',
    );
    story.add('handover.taken', { ...GIVEN, fromHost: 'a', fromBy: 'amy', by: 'bo', host: 'b' });
    expect(reduce(story.events)?.handedOver).toBeNull();
  });
});

describe('action items', () => {
  it('are set as a whole, keep their order, and can be removed', () => {
    const story = new IncidentEvents()
      .add('action-item.set', ITEM)
      .add('action-item.set', { ...ITEM, itemId: 'a-2', what: 'second' })
      .add('action-item.set', { ...ITEM, done: true })
      .add('action-item.removed', { itemId: 'a-3', reason: '' });
    expect(reduce(story.events)?.actionItems.map(({ itemId, done }) => [itemId, done])).toEqual([
      ['a-1', true],
      ['a-2', false],
    ]);
    story.add('action-item.removed', { itemId: 'a-1', reason: 'twice' });
    expect(reduce(story.events)?.actionItems.map(({ what }) => what)).toEqual(['second']);
  });
});
