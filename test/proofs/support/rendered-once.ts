import type { Content } from '../../../src/notifications/index.ts';
import { createTemplates, type Templates } from '../../../src/notifications/index.ts';

/** The shop's own, each rendered once, without attachments: what a message says is tested elsewhere, and takes time. */
export function renderedOnce(): Templates {
  const { families, render } = createTemplates();
  const rendered = new Map<string, Content>();
  return {
    ...(families && { families }),
    render(request) {
      const key = `${request.type} ${request.family} ${request.locale}`;
      const content = rendered.get(key) ?? render(request);
      rendered.set(key, content);
      return content;
    },
  };
}
