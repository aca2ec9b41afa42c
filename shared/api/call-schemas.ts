/** Schemas that several calls share. */
import { z } from 'zod';

/** github.com/ulid/spec */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The id of an incident, a run or a piece of evidence. */
export const ulidSchema = z.string().regex(ULID, 'is not a Rollbook id');

/** The sender makes a new one for each intent; a repeated one returns the first result. */
export const intentIdSchema = z.string().regex(ULID, 'is not a ULID: 26 characters, new for each intent');

/** The id of a runbook, step, service or the like. */
export const id = z.string().min(1).max(300);

/** The answers to the questions of a runbook's adoption, by question id. */
export const answersSchema = z.record(id, z.string().max(4_000));

/** A result is made by the core itself, so only its TypeScript type is checked. */
export const made = <T>() => z.custom<T>((value) => value !== undefined);
