import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { Button } from './Button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * The browser's own modal dialog: it traps the focus, closes on Esc, and needs no inline styles, which the page's policy
 * refuses. The element marked `data-first-focus` gets the focus.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // In a layout effect, so that no key pressed in between reaches the screen behind it.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    }
    return () => element?.close();
  }, []);
  return createPortal(
    <dialog className="dialog" ref={dialog} aria-labelledby={heading} onCancel={onClose}>
      <div className="dialog__body">
        <div className="dialog__head">
          <h2 id={heading}>{title}</h2>
          <Button look="quiet" shortcut="Esc" onClick={onClose}>
            Close
          </Button>
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
