/** Where the pages are, and what they ask; ids may hold anything. */

/** A browser takes these for steps up and down, however they are written. */
const isStep = (id: string): boolean => /^\.{0,2}$/.test(id);

/** Undefined: no path of the API can hold the id, so that there is nothing to lead to. */
export const inboxLink = (customerId: string): string | undefined =>
  isStep(customerId) ? undefined : `/inbox/${encodeURIComponent(customerId)}`;

export const mailLink = (customer: string, delivery: string): string =>
  `/mail?${new URLSearchParams({ customer, delivery })}`;

export const explainLink = (id: string, customer?: string): string =>
  `/explain?${new URLSearchParams({ id, ...(customer !== undefined && { customer }) })}`;

export const flowLink = (correlationId: string): string =>
  isStep(correlationId)
    ? `/flow?${new URLSearchParams({ correlation: correlationId })}`
    : `/flow/${encodeURIComponent(correlationId)}`;

/** An id in a path of the API. */
export const inPath = (id: string): string => encodeURIComponent(id);
