import { useState } from 'react';
import type { ActionItem } from '#shared/incident/state.ts';
import { newIntentId } from '../../stores/core.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionItemEdit } from './ActionItemEdit.tsx';

interface ActionItemsProps {
  readonly items: readonly ActionItem[];
  readonly readOnly: boolean;
}

/** The action items, one card each. A new one is saved once it says what will be done. */
export function ActionItems({ items, readOnly }: ActionItemsProps) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const known = new Set(items.map(({ itemId }) => itemId));
  const fresh = added.filter((itemId) => !known.has(itemId)).map(emptyItem);
  const open = items.filter(({ done }) => !done).length;
  return (
    <fieldset className="stack" aria-label="Action items">
      <legend className="report__section">
        Action items <span className="soft small">{items.length === 0 ? '' : `${open} of ${items.length} open`}</span>
      </legend>
      <p className="soft small">What will be done so that it does not happen again, or is noticed sooner?</p>
      {[...items, ...fresh].map((item, index) => (
        <ActionItemEdit
          key={item.itemId}
          number={index + 1}
          item={item}
          fresh={!known.has(item.itemId)}
          readOnly={readOnly}
          onDrop={() => setAdded(added.filter((itemId) => itemId !== item.itemId))}
        />
      ))}
      {readOnly ? null : (
        <div>
          <Button onClick={() => setAdded([...added, newIntentId()])}>Add an action item</Button>
        </div>
      )}
    </fieldset>
  );
}

const emptyItem = (itemId: string): ActionItem => ({
  itemId,
  what: '',
  type: null,
  owner: '',
  due: '',
  priority: null,
  link: '',
  done: false,
});
