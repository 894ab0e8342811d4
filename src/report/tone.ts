/** How something is meant, from good to bad. What it looks like is the printers' affair. */
export type Tone = 'strong' | 'muted' | 'good' | 'mild' | 'warning' | 'grave' | 'bad';
