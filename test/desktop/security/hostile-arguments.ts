/** Invalid arguments for the calls of the API, made from their schemas: each field wrong in every way. */
import { z } from 'zod';

interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly items?: Shape;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as unknown as Shape;

/** A value that the schema accepts. */
function sample(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  const choice = shape.anyOf?.[0] ?? shape.oneOf?.[0];
  if (choice !== undefined) return sample(choice);
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.properties ?? {})
          .filter(([name]) => shape.required?.includes(name) === true)
          .map(([name, inside]) => [name, sample(inside)]),
      );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return Math.max(1, shape.minimum ?? 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return 'x'.repeat(Math.max(1, shape.minLength ?? 1));
  }
}

const WRONG: readonly unknown[] = [
  null,
  undefined,
  true,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.5,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  'x'.repeat(100_000),
  '\0',
  '../../../../etc/passwd',
  '__proto__',
  [],
  [[[[]]]],
  {},
  { toString: 1, length: -1 },
];

/** Values that are no argument objects at all. */
const NOT_AN_OBJECT: readonly unknown[] = [null, undefined, 'text', 7, true, [], [{}]];

function* wrongFields(shape: Shape): Generator {
  const right = sample(shape) as Record<string, unknown>;
  for (const [name, inside] of Object.entries(shape.properties ?? {})) {
    const { [name]: _left, ...without } = right;
    yield without;
    for (const wrong of WRONG) yield { ...right, [name]: wrong };
    if (inside.maxLength !== undefined) yield { ...right, [name]: 'x'.repeat(inside.maxLength + 1) };
    if (inside.maximum !== undefined) yield { ...right, [name]: inside.maximum + 1 };
    if (inside.minimum !== undefined) yield { ...right, [name]: inside.minimum - 1 };
    for (const choice of [...(inside.anyOf ?? []), ...(inside.oneOf ?? [])]) {
      if (choice.type === 'object') for (const wrong of wrongFields(choice)) yield { ...right, [name]: wrong };
    }
  }
}

/** All values made from a schema that it refuses, and one that is far too large. */
export function refusedArguments(schema: z.ZodType): readonly unknown[] {
  const made = [...NOT_AN_OBJECT, ...wrongFields(shapeOf(schema))];
  return made.filter((args) => !schema.safeParse(args).success);
}
