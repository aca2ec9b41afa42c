import type { ComponentProps, ReactNode } from 'react';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly look?: 'plain' | 'primary' | 'armed' | 'danger' | 'quiet' | 'square';
  /** The key that does the same. It is shown, and announced by assistive technology apart from the name. */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

const LOOK = {
  plain: 'button',
  primary: 'button button--primary',
  armed: 'button button--primary button--armed',
  danger: 'button button--danger',
  quiet: 'button button--quiet',
  square: 'button button--quiet button--square',
} as const;

export function Button({ look = 'plain', shortcut, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={LOOK[look]}
      {...(shortcut ? { 'aria-keyshortcuts': spoken(shortcut) } : {})}
    >
      {children}
      {shortcut ? <Key>{shortcut}</Key> : null}
    </button>
  );
}

/** A picture of a key, drawn by the styles: it is no part of the text and the name of its button. */
export function Key({ children }: { readonly children: string }) {
  return <kbd className="key" aria-hidden="true" data-key={children} />;
}

const spoken = (shortcut: string): string => shortcut.replace('Ctrl', 'Control');
