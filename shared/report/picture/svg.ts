/** Builders of SVG text. Every value from outside goes through them, so that none can leave its place. */
import { visible } from '#shared/words/visible.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** `content` is markup that these builders made. */
export const element = (name: string, attributes: Attributes, ...content: readonly string[]): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(valueText(value))}"`);
  return content.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${content.join('')}</${name}>`;
};

export const text = (value: string): string => escaped(visible(value));

const valueText = (value: string | number): string =>
  typeof value === 'string' ? visible(value) : String(Math.round(value * 10) / 10);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

export const cut = (value: string, most: number): string =>
  value.length <= most ? value : `${value.slice(0, Math.max(1, most - 1))}…`.toWellFormed();
