// What the desk's server finds wrong in a form: it refuses with a field's name, where a resident is answered with reasons.
import type { Fault } from '#lib/api/fault';
import type { ReasonFragment } from '#lib/gql/graphql';

/** What a refusal says of a field, as that field shows it. */
export const saidOf = (fault: Fault | undefined, field: string): ReasonFragment[] =>
  fault?.trouble === 'invalid' && fault.field === field && fault.said
    ? [{ code: 'OTHER', message: fault.said, field, range: null }]
    : [];

/** Whether a refusal is shown at none of these fields, and is to be told below the form. */
export const isBeyond = (fault: Fault | undefined, fields: readonly string[]): fault is Fault =>
  fault !== undefined && fields.every((field) => saidOf(fault, field).length === 0);
