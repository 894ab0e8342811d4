import { type Operation, operation, plainText } from './operation.ts';

/** `GET /`: what there is, for whoever looks with a browser or curl. */
export const welcome = (others: readonly Operation[]): Operation =>
  operation({
    method: 'get',
    path: '/',
    id: 'welcome',
    tag: 'about',
    summary: 'What there is here',
    answers: { 200: { description: 'A page of text', mediaType: 'text/plain' } },
    async handle(_, { architecture, bus }) {
      const width = Math.max(...others.map(({ path }) => path.length));
      const lines = others.map(
        ({ method, path, summary }) =>
          `  ${method.toUpperCase().padEnd(6)} ${path.padEnd(width)}  ${summary}`,
      );
      return plainText(
        `A shop, and how its customers are told: ${architecture}, ${bus} bus.\n\n${lines.join('\n')}\n`,
      );
    },
  });
