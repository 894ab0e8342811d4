/** Everything of a page that is markup: its tags, with the names of their attributes. What is in the attributes is text. */
export const tagsOf = (page: string): string[] =>
  [...page.matchAll(/<(?:"[^"]*"|[^">])*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));

/** What attributes of this name hold, as a browser reads it. */
export const attributesOf = (page: string, name: string): string[] =>
  [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => unescaped(value));

/** The text of a page, as it is read. */
export const textOf = (page: string): string => unescaped(page.replace(/<(?:"[^"]*"|[^">])*>/g, ' '));

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const unescaped = (text: string): string =>
  text.replace(/&(#?\w+);/g, (_, name: string) => names[name] ?? '?');
