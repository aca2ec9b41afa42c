/** Shapes that carry the same meaning as colors do. 16 by 16, drawn in the current color. */
import type { ReactNode } from 'react';

const tick = <path d="M4.2 8.4l2.5 2.5 5-5.6" fill="none" strokeWidth="1.9" />;

const hollow = (
  <rect x="1.5" y="1.5" width="13" height="13" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
);
const solid = <rect x="0.8" y="0.8" width="14.4" height="14.4" rx="2" fill="currentColor" />;

const SHAPES = {
  'solid-tick': (
    <>
      {solid}
      <g stroke="var(--surface)">{tick}</g>
    </>
  ),
  solid,
  'hollow-tick': (
    <>
      {hollow}
      <g stroke="currentColor">{tick}</g>
    </>
  ),
  'hollow-slash': (
    <>
      {hollow}
      <path d="M4.5 11.5l7-7" stroke="currentColor" strokeWidth="1.9" />
    </>
  ),
  hollow,
  cross: (
    <>
      <path d="M4.9 0.8h6.2l4.1 4.1v6.2l-4.1 4.1H4.9L0.8 11.1V4.9z" fill="currentColor" />
      <path d="M5 5l6 6M11 5l-6 6" stroke="var(--surface)" strokeWidth="2" />
    </>
  ),
  stop: (
    <>
      <path d="M4.9 0.8h6.2l4.1 4.1v6.2l-4.1 4.1H4.9L0.8 11.1V4.9z" fill="currentColor" />
      <path d="M4 8h8" stroke="var(--surface)" strokeWidth="2.4" />
    </>
  ),
  broken: (
    <>
      <path d="M8 0.8L15.2 8 8 15.2 0.8 8z" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M6.5 4l2.6 3-2.4 2 2.2 3" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  question: (
    <>
      <path d="M8 1.2L15.2 14.4H0.8z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
      <path d="M8 5.8v4M8 11.2v1.6" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 4v4.3l2.8 1.7" fill="none" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  arrow: <path d="M3 1.5l10.5 6.5L3 14.5z" fill="currentColor" />,
  ring: <circle cx="8" cy="8" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  disc: <circle cx="8" cy="8" r="6.8" fill="currentColor" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 1.6a6.4 6.4 0 0 1 0 12.8z" fill="currentColor" />
    </>
  ),
  triangle: <path d="M8 1L15.4 14.6H0.6z" fill="currentColor" />,
  diamond: <path d="M8 0.6L15.4 8 8 15.4 0.6 8z" fill="currentColor" />,
  'hollow-diamond': <path d="M8 1.6L14.4 8 8 14.4 1.6 8z" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  octagon: <path d="M4.9 0.8h6.2l4.1 4.1v6.2l-4.1 4.1H4.9L0.8 11.1V4.9z" fill="currentColor" />,
  dot: <circle cx="8" cy="8" r="2.6" fill="currentColor" />,
  star: <path d="M8 1l2.1 4.6 5 .6-3.7 3.4 1 5L8 12.1l-4.4 2.5 1-5L.9 6.2l5-.6z" fill="currentColor" />,
  'hollow-star': (
    <path
      d="M8 2l1.8 4 4.3.5-3.2 3 .9 4.3L8 11.6l-3.8 2.2.9-4.3-3.2-3 4.3-.5z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    />
  ),
} as const satisfies Record<string, ReactNode>;

export type ShapeName = keyof typeof SHAPES;

export function Shape({ name }: { readonly name: ShapeName }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
